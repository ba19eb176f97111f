namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// How much of a payload is taken. Reading allocates nothing, so these bound time and stack; what a reader keeps of a payload
/// is at most the payload's size.
/// </summary>
/// <param name="MaxBytes">The largest payload.</param>
/// <param name="MaxMetrics">The most metrics, those inside templates included.</param>
/// <param name="MaxDepth">The most messages within messages; a template within a template takes two. Beyond 64 counts as 64.</param>
public sealed record SparkplugLimits(int MaxBytes, int MaxMetrics, int MaxDepth)
{
    /// <summary>What a gateway takes as a command, with room to spare: 256 kB, 1000 metrics, 16 deep.</summary>
    public static SparkplugLimits Command { get; } = new(256 * 1024, 1000, 16);

    /// <summary>What a host takes as a birth of a large site: 4 MB, 50 000 metrics, 16 deep.</summary>
    public static SparkplugLimits Birth { get; } = new(4 * 1024 * 1024, 50_000, 16);
}
