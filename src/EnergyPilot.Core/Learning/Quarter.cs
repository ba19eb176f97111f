namespace EnergyPilot.Core.Learning;

/// <summary>A quarter of an hour of a zone as learning sees it: what acted on it, and its temperature at the end.</summary>
/// <param name="End">On a whole quarter of an hour.</param>
/// <param name="Room">Sensor at the end [°C].</param>
/// <param name="Drive">Means over the quarter; disturbance 0.</param>
/// <param name="Worth">Whether learning may use it.</param>
public readonly record struct Quarter(DateTimeOffset End, double Room, ZoneDrive Drive, QuarterWorth Worth);

/// <summary>Whether a quarter of an hour tells something about the building.</summary>
public enum QuarterWorth
{
    Good,

    /// <summary>A window was open: the model follows the sensor and learns nothing.</summary>
    WindowOpen,

    /// <summary>A reading was missing, or heat was asked for and did not come.</summary>
    Untrusted,
}
