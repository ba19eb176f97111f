namespace EnergyPilot.Io.Modbus;

/// <summary>
/// When to try again after failures: at once after the first, then after pauses that double from 0.25 s to 30 s.
/// Each pause is cut by a random part of up to a half, so that gateways cut off together do not come back together;
/// with <paramref name="spread"/> the first try is put off too, by a random part of it.
/// </summary>
internal sealed class Backoff(TimeProvider time, Random random, TimeSpan spread = default)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int failures;
    private long since;
    private TimeSpan pause;

    public bool IsPausing => pause > TimeSpan.Zero && time.GetElapsedTime(since) < pause;

    public void Failed()
    {
        failures++;
        since = time.GetTimestamp();
        pause = failures == 1 ? spread * random.NextDouble() : Jittered(Math.Min(First * Math.Pow(2, Math.Min(failures - 2, 20)) / Longest, 1) * Longest);
    }

    public void Succeeded()
    {
        failures = 0;
        pause = TimeSpan.Zero;
    }

    private TimeSpan Jittered(TimeSpan whole) => whole * (1 - random.NextDouble() / 2);
}
