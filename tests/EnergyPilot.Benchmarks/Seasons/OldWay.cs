using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>How a school is heated without us: the reference rows of the study.</summary>
internal sealed record OldWay
{
    /// <summary>Hours of comfort on weekdays; the whole day, every day, when the clock is none.</summary>
    public TimeSpan From { get; init; } = TimeSpan.FromHours(5);

    public TimeSpan To { get; init; } = TimeSpan.FromHours(18);

    public double ComfortC { get; init; } = 20;

    public double SetbackC { get; init; } = 16;

    public ZoneLaw Zones { get; init; }

    public WaterLaw Water { get; init; }

    public int PulseMinutes { get; init; } = 30;

    /// <summary>The study does not say which room has the only thermostat; with the office's it comes nearest to the study's row.</summary>
    public const string ReferenceRoom = "Office";

    /// <summary>Where people leave the heads of radiator valves.</summary>
    public const double ValveHeadC = 22;

    /// <summary>The building as this way finds it: with radiator valves in all rooms but the reference, or without.</summary>
    public SchoolParameters Fitted(SchoolParameters school) => Zones != ZoneLaw.ReferenceRoom ? school : school with
    {
        Zones =
        [
            .. school.Zones.Select(zone => zone.Name == ReferenceRoom ? zone : zone with { Thermostat = new LocalThermostatParameters { InitialSetpointC = ValveHeadC } }),
        ],
    };
}

/// <summary>What opens a zone's valve.</summary>
internal enum ZoneLaw
{
    /// <summary>A thermostat per zone, ±0.3 K.</summary>
    Thermostat,

    /// <summary>PI with a time-proportional valve.</summary>
    Pulses,

    /// <summary>Thermostatic radiator valves; one room's thermostat commands pump and boiler.</summary>
    ReferenceRoom,
}

/// <summary>How warm the boiler's water is.</summary>
internal enum WaterLaw
{
    /// <summary>70 °C.</summary>
    Hot,

    /// <summary>The study's curve on outdoor temperature through a low-pass of 6 h.</summary>
    Curve,
}
