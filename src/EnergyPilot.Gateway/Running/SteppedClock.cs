namespace EnergyPilot.Gateway.Running;

/// <summary>A clock that stands still until it is told to go on: simulated seasons and the fast demo run on it.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public void Advance(TimeSpan step) => Interlocked.Add(ref ticks, step.Ticks);
}
