namespace EnergyPilot.Tests;

/// <summary>A clock that only moves when told: wall time, monotonic time and timers together.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private TimeSpan elapsed;

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp()
    {
        lock (gate) return elapsed.Ticks;
    }

    /// <summary>Time passes; timers that fall due run in their order, each at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Elapsed() + by;
        while (NextDue(end) is { } timer)
        {
            MoveTo(timer.Due);
            timer.Run();
        }

        MoveTo(end);
    }

    /// <summary>Somebody sets the wall clock: no time passes.</summary>
    public void Jump(DateTimeOffset to)
    {
        lock (gate) now = to;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (gate) timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Elapsed()
    {
        lock (gate) return elapsed;
    }

    private void MoveTo(TimeSpan to)
    {
        lock (gate)
        {
            if (to <= elapsed) return;
            (now, elapsed) = (now + (to - elapsed), to);
        }
    }

    private ManualTimer? NextDue(TimeSpan end)
    {
        lock (gate) return timers.Where(t => t.Due <= end).MinBy(t => t.Due);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public void Run()
        {
            lock (time.gate) Due = period > TimeSpan.Zero ? Due + period : TimeSpan.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : time.elapsed + dueTime;
            }

            return true;
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
