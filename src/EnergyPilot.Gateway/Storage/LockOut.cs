namespace EnergyPilot.Gateway.Storage;

/// <summary>After five failures a minute's wait, then twice as long each time, an hour at most.</summary>
internal static class LockOut
{
    private const int FreeFailures = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1), LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Until when the next try has to wait; the beginning of all clocks when it need not.</summary>
    public static DateTimeOffset After(int failures, DateTimeOffset now) => failures < FreeFailures
        ? DateTimeOffset.UnixEpoch
        : now + TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Clamp(failures - FreeFailures, 0, 6)));

    /// <summary>A lock longer than the longest was set before the clock went back, and counts as over.</summary>
    public static bool Holds(DateTimeOffset until, DateTimeOffset now) => until > now && until <= now + LongestDelay;
}
