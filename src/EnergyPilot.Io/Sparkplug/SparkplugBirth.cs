using System.Collections.Immutable;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>What an edge node says of itself and its devices: everything that it will ever report in this birth, with the present values.</summary>
/// <param name="Node">The node's own metrics; bdSeq and Node Control/Rebirth are added.</param>
/// <param name="Devices">Its devices.</param>
public sealed record SparkplugBirth(ImmutableArray<SparkplugBirthMetric> Node, ImmutableArray<SparkplugDevice> Devices)
{
    /// <summary>
    /// Throws <see cref="ArgumentException"/> with the place when the specification forbids something: names and identifiers that are
    /// empty, not UTF-8 or differ in their case only, an alias given twice, a value that is not of its type.
    /// </summary>
    public void Check() => SparkplugBirthCheck.Require(this);
}

/// <summary>A device behind the node.</summary>
/// <param name="Id">Its identifier: without +, / and #.</param>
/// <param name="Metrics">All that it will ever report.</param>
public sealed record SparkplugDevice(string Id, ImmutableArray<SparkplugBirthMetric> Metrics);

/// <summary>A metric as it is born.</summary>
/// <param name="Name">Its name, folders divided by slashes.</param>
/// <param name="Alias">Its number, unique in the node; 0 for none.</param>
/// <param name="Type">What its values are; no table and no template.</param>
/// <param name="Value">Its present value; <see cref="SparkplugScalar.None"/> when it has none.</param>
/// <param name="At">When that was measured; not before 1970.</param>
public sealed record SparkplugBirthMetric(string Name, ulong Alias, SparkplugType Type, SparkplugScalar Value, DateTimeOffset At)
{
    /// <summary>Quality, engineering unit, range, tags.</summary>
    public ImmutableArray<(string Name, SparkplugScalar Value)> Properties { get; init; } = [];
}
