using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>Gives samples the segment of the clock in which they were taken, and segments their row in the file.</summary>
internal sealed class Segments(TimeProvider time)
{
    // A clock that cannot tell counts as right: a simulated one always is.
    private readonly ClockSegment plain = new(Guid.NewGuid().ToString("N"), time.GetUtcNow(), TimeSpan.Zero, ClockQuality.Trusted);
    // A clock that jumps all the time must not fill the memory.
    private const int MostRecent = 50;

    private readonly List<(ClockSegment Segment, long Id)> written = [];
    private readonly List<ClockSegment> recent = [];

    public ClockSegment Now => (time as ISegmentedClock)?.Segment ?? plain;

    /// <param name="now">The segment in which they were taken: they may be written later than the clock was set.</param>
    public void Stamp(Span<Sample> samples, ClockSegment now)
    {
        foreach (ref var sample in samples) sample = sample with { Clock = now.Quality, Boot = now.Boot, Monotonic = now.MonotonicAt(sample.At) };
        if (samples.Length > 0 && (recent.Count == 0 || recent[^1] != now)) recent.Add(now);
        if (recent.Count > MostRecent) recent.RemoveAt(0);
    }

    /// <summary>What waits in memory and was taken before the clock was set gets its right time.</summary>
    public void Restamp(Span<Sample> samples, DateTimeOffset zero)
    {
        var boot = Now.Boot;
        foreach (ref var sample in samples)
            if (sample.Boot == boot && sample.Clock == ClockQuality.Free)
                sample = sample with { At = zero + sample.Monotonic, Clock = ClockQuality.Restamped };
        recent.Add(new ClockSegment(boot, zero, TimeSpan.Zero, ClockQuality.Restamped));
    }

    /// <summary>A transaction begins: what an earlier one that failed wrote is not there.</summary>
    public void Begin() => written.Clear();

    public long IdFor(SqliteConnection connection, Sample sample)
    {
        foreach (var (segment, id) in written)
            if (IsOf(segment, sample)) return id;
        var own = recent.FindLast(s => IsOf(s, sample)) ?? plain;
        var found = connection.Query(
            "SELECT id FROM segment WHERE boot = @boot AND begun = @begun AND monotonic = @monotonic AND clock = @clock", row => row.GetInt64(0), Arguments(own));
        var row = found is [var known] ? known : connection.Number(
            "INSERT INTO segment (boot, begun, monotonic, clock) VALUES (@boot, @begun, @monotonic, @clock) RETURNING id", Arguments(own));
        written.Add((own, row));
        return row;
    }

    private static (string, object?)[] Arguments(ClockSegment segment) =>
    [
        ("@boot", segment.Boot), ("@begun", segment.Begun.Milliseconds()), ("@monotonic", (long)segment.Monotonic.TotalMilliseconds), ("@clock", (int)segment.Quality),
    ];

    private static bool IsOf(ClockSegment segment, Sample sample) =>
        segment.Boot == sample.Boot && segment.Quality == sample.Clock && segment.MonotonicAt(sample.At) == sample.Monotonic;
}
