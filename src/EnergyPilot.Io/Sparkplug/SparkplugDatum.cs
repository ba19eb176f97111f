namespace EnergyPilot.Io.Sparkplug;

/// <summary>One change of one metric.</summary>
/// <param name="Alias">The number that the birth gave to the metric; 0 when it has none, then <see cref="Name"/> counts.</param>
/// <param name="Value">Its value; <see cref="SparkplugScalar.None"/> when it has none now.</param>
/// <param name="At">When it was measured; not before 1970.</param>
public readonly record struct SparkplugDatum(ulong Alias, SparkplugScalar Value, DateTimeOffset At)
{
    /// <summary>The metric's name, where it has no alias.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is late data, not the present value.</summary>
    public bool IsHistorical { get; init; }

    /// <summary>How good the value is; null says nothing, which means good.</summary>
    public SparkplugQuality? Quality { get; init; }
}
