using System.Diagnostics.CodeAnalysis;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Simulation;

/// <summary>What can be broken in the virtual school, by name, for tests and demonstrations.</summary>
public enum FaultKind
{
    /// <summary>A device that no longer answers, or a sensor whose cable is off. Subject: device.</summary>
    Silent,

    /// <summary>A device whose answers arrive damaged. Subject: device.</summary>
    CrcErrors,

    /// <summary>A temperature sensor that shows its power-on value, 85.0 °C. Subject: device.</summary>
    PowerOnValue,

    /// <summary>A zone valve that stays where it is. Subject: zone.</summary>
    StuckValve,

    /// <summary>A window that stays open. Subject: zone.</summary>
    WindowOpen,

    /// <summary>A boiler that is locked out and says so. No subject.</summary>
    BoilerLockedOut,

    /// <summary>Two zones whose sensors were wired to each other's terminals. Subject: both zones, "cp+ce1".</summary>
    SwappedSensors,

    /// <summary>A sensor that shows 3 K too much. Subject: zone.</summary>
    SensorOffset,

    /// <summary>A sensor that shows the same value for ever. Subject: zone.</summary>
    StuckSensor,
}

/// <summary>One thing that is broken: what, and where.</summary>
public sealed record Fault(FaultKind Kind, string Subject)
{
    private static readonly (string Name, FaultKind Kind)[] Names =
    [
        ("silent", FaultKind.Silent), ("crc-errors", FaultKind.CrcErrors), ("power-on-value", FaultKind.PowerOnValue),
        ("stuck-valve", FaultKind.StuckValve), ("window-open", FaultKind.WindowOpen), ("boiler-locked-out", FaultKind.BoilerLockedOut),
        ("swapped-sensors", FaultKind.SwappedSensors), ("sensor-offset", FaultKind.SensorOffset), ("stuck-sensor", FaultKind.StuckSensor),
    ];

    // Pairs of zones are many.
    private const int MostNamed = 40;

    /// <summary>All names, for help texts.</summary>
    public static string Known => string.Join(", ", Names.Select(n => n.Kind == FaultKind.BoilerLockedOut ? n.Name : $"{n.Name}:SUBJECT"));

    /// <summary>What is wrong with this fault on this site, as a sentence: a subject that the site does not have. Empty when nothing is.</summary>
    public string MismatchWith(Site site)
    {
        var (kind, known) = Kind switch
        {
            FaultKind.BoilerLockedOut => ("", [Subject]),
            FaultKind.SwappedSensors => ("pair of zones", from one in site.Zones from other in site.Zones where one != other select $"{one.Id}+{other.Id}"),
            FaultKind.StuckValve or FaultKind.WindowOpen or FaultKind.SensorOffset or FaultKind.StuckSensor => ("zone", site.Zones.Select(z => z.Id.Name)),
            _ => ("device", site.Devices.Select(d => d.Id)),
        };
        return known.Contains(Subject) ? "" : $"The site has no {kind} '{Subject}'; it has {string.Join(", ", known.Take(MostNamed))}.";
    }

    /// <summary>Reads "silent:meter-gas", "window-open:cp", "boiler-locked-out".</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Fault? fault)
    {
        var parts = text.Split(':', 2);
        fault = null;
        foreach (var (name, kind) in Names)
            if (name == parts[0] && (kind == FaultKind.BoilerLockedOut) == (parts.Length == 1))
                fault = new Fault(kind, parts.Length == 2 ? parts[1] : "");
        return fault is not null;
    }
}
