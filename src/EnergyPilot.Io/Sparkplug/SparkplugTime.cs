namespace EnergyPilot.Io.Sparkplug;

/// <summary>Timestamps of payloads and metrics: milliseconds since 1970-01-01 UTC, whatever the local time (payloads-timestamp-in-UTC, payloads-metric-timestamp-in-UTC).</summary>
public static class SparkplugTime
{
    private static readonly ulong Latest = (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The milliseconds of an instant. Before 1970 it throws.</summary>
    public static ulong Milliseconds(DateTimeOffset at) => checked((ulong)at.ToUnixTimeMilliseconds());

    /// <summary>The instant; false when it lies beyond the year 9999.</summary>
    public static bool TryRead(ulong milliseconds, out DateTimeOffset at)
    {
        var isIn = milliseconds <= Latest;
        at = isIn ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : default;
        return isIn;
    }
}
