using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>
/// A heating curve through two points: no heat needed at room temperature outside, <paramref name="DesignSupply"/> at <paramref name="DesignOutdoor"/>.
/// Supply = room + (design supply − room) · slope · ((room − outdoor) / (room − design outdoor))^(1/exponent),
/// because a radiator emits with the power "exponent" of its excess temperature (EN 442-2).
/// </summary>
/// <param name="Exponent">1.3 for radiators, 1.1 for floor heating.</param>
/// <param name="Slope">Correction of the whole curve, 1 as designed.</param>
/// <param name="Boost">What is added while rooms warm up: hot and short beats cool and long.</param>
public sealed record HeatingCurve(
    Celsius DesignOutdoor, Celsius DesignSupply, double Exponent, double Slope, Celsius Lowest, Celsius Highest, Kelvin Boost)
{
    public static readonly HeatingCurve Radiators = new(new(-9), new(70), 1.3, 1.0, new(25), new(75), new(20));

    /// <summary>Floor heating: water of at most 45 °C for the sake of feet and screed (EN 1264), and no boost, which would arrive hours late.</summary>
    public static readonly HeatingCurve Floor = new(new(-9), new(40), 1.1, 1.0, new(20), new(45), new(0));

    /// <summary>How warm the water must be so that a room holds this temperature in this weather.</summary>
    public Celsius Supply(Celsius outdoor, Celsius room)
    {

        // A curve designed for weather as warm as the room has no slope to speak of; one kelvin keeps it finite.
        var load = Math.Max((room - outdoor).Difference, 0) / Math.Max((room - DesignOutdoor).Difference, 1);
        var excess = (DesignSupply - room).Difference * Slope * Math.Pow(load, 1 / Exponent);
        return (room + excess.Kelvin).Within(Lowest, Highest);
    }
}
