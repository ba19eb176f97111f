using System.Collections.Immutable;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Running;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// The one log of what every point was: appended once, folded into roll-ups, read by pages, exports and the uplink.
/// A query first commits what is pending and folds what is unfolded, so its answer is complete; that costs at most one more
/// commit per cycle, and only while somebody looks. <see cref="Cursors"/> read what is committed and cost nothing.
/// </summary>
internal sealed partial class SampleLog : IPending
{
    /// <summary>While the card takes nothing, this many samples wait in memory (some 6 MB, hours of a school); then the oldest go.</summary>
    private const int MostPending = 100_000;

    private const string MadeUp = "made-up-until";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly StoreFile file;
    private readonly GroupCommit commits;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly ExceptionReport report = new();
    private readonly List<Sample> pending = [];
    private ImmutableArray<long> left = [];
    private readonly Dictionary<PointId, long> points = [];
    private readonly Segments segments;

    // True wall time at monotonic zero, while what lies on the card waits to be put right by it.
    private DateTimeOffset zero;
    private bool isSet;

    public SampleLog(StoreFile file, GroupCommit commits, TimeProvider time, ILogger log)
    {
        (this.file, this.commits, this.time, this.log) = (file, commits, time, log);
        segments = new(time);
        commits.Join(this);
    }

    public bool Any => pending.Count > 0 || isSet;

    /// <summary>The stretch of the clock in which the next samples are taken.</summary>
    public ClockSegment Segment => segments.Now;

    public string Boot => segments.Now.Boot;

    /// <summary>The newest committed sample's place in the log; everything up to it survives a power cut.</summary>
    public long LastSequence => file.Read(LastSequenceIn);

    /// <summary>Raised after each commit, under the lock of the file: it must return at once and not throw.</summary>
    public event Action? Committed;

    /// <summary>Raised when samples that are in the log have got their right time; under the same lock, before <see cref="Committed"/>.</summary>
    public event Action? Restamped;

    /// <summary>Samples after this sequence got their right time and may have been read before; none when it is the largest number.</summary>
    public long RestampedAfter => file.Read(connection => Packing.Mark(connection, Restamping.Mark, long.MaxValue));

    /// <summary>Whoever had read them has read them again.</summary>
    public void RestampedRead() => file.Write(connection => Packing.SetMark(connection, Restamping.Mark, long.MaxValue));

    /// <summary>The name of every point that there are, or were, samples of.</summary>
    public ImmutableArray<PointId> Points => file.Read(connection => connection.Query("SELECT name FROM point ORDER BY name", row => new PointId(row.GetString(0))));

    /// <summary>Takes in what is new in this cycle.</summary>
    public void Append(CycleRecord record)
    {
        lock (file.Gate)
        {
            var known = pending.Count;
            foreach (var observation in CyclePoints.Of(record)) report.Take(observation, pending);
            segments.Stamp(CollectionsMarshal.AsSpan(pending)[known..], record.Clock == ClockSegment.Unknown ? segments.Now : record.Clock);
            if (pending.Count > MostPending)
            {
                LogDropped(log, pending.Count - MostPending);
                pending.RemoveRange(0, pending.Count - MostPending);
            }

            commits.Added();
        }
    }

    /// <summary>The history of a point from <paramref name="from"/> (included) to <paramref name="to"/> (not included), in order; buckets by their beginning.</summary>
    public ImmutableArray<SeriesPoint> Series(PointId point, DateTimeOffset from, DateTimeOffset to, Resolution resolution)
    {
        Settle();
        var (first, end, now) = (from.Milliseconds(), to.Milliseconds(), time.GetUtcNow().Milliseconds());
        return file.Read(connection => resolution == Resolution.Raw
            ? RawSamples.Series(connection, Id(connection, point), first, end)
            : RollUps.Read(connection, Id(connection, point), resolution, first, end, PointOf, s => s.At.UtcTicks));

        SeriesPoint PointOf(long start, RollUp state) => new(
            Sql.FromMilliseconds(start), state.MeanUntil(Math.Min(start + Bucket.Length(resolution), Math.Max(now, state.Ends))), state.Min, state.Max);
    }

    /// <summary>What a cumulative point counted between two instants, in the unit of its index (see <see cref="IndexEnergy"/>).</summary>
    public double Energy(PointId point, DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return 0;
        Settle();
        var (first, end) = (from.Milliseconds(), to.Milliseconds());
        return file.Read(connection => IndexEnergy.Between(States(connection, Id(connection, point), first, end), first, end));
    }

    /// <summary>
    /// A cumulative point by the hour between two instants, and what is known nearest before and after them, so that gaps at the ends can be told.
    /// </summary>
    public ImmutableArray<IndexStretch> Index(PointId point, DateTimeOffset from, DateTimeOffset to)
    {
        Settle();
        var (first, end) = (Bucket.Start(from.Milliseconds(), Bucket.Day), Bucket.Start(to.Milliseconds(), Bucket.Day) + Bucket.Day);
        return file.Read(connection =>
        {
            var id = Id(connection, point);
            var (before, after) = RollUps.DaysAround(connection, id, first, end);
            var hours = RollUps.Read(connection, id, Resolution.Hour, first, end, (start, state) => (Start: start, Stretch: state.Count > 0 ? StretchOf(state) : (IndexStretch?)null), s => s.Start);
            return (ImmutableArray<IndexStretch>)[.. Known(before), .. hours.Where(h => h.Stretch is not null).Select(h => h.Stretch.GetValueOrDefault()), .. Known(after)];
        });

        static IEnumerable<IndexStretch> Known(RollUp state) => state.Count > 0 ? [StretchOf(state)] : [];
    }

    /// <summary>
    /// Takes in a past that was not lived through: the hours of whole days (UTC) before everything that there is of these points, packed as days that are over.
    /// </summary>
    /// <param name="end">The end of the last of these days [ms since 1970].</param>
    /// <param name="until">Until when the past is made up, the beginning of the day of the start included.</param>
    public void Prepend(IEnumerable<PastDay> days, long end, DateTimeOffset until) => file.Write(connection =>
    {
        foreach (var day in days)
        {
            var id = IdFor(connection, day.Point);
            Packing.Put(connection, Packing.Key(Resolution.Hour, id, day.Hours[0].Start), PackedDay.Of(day.Hours));
            RollUps.Put(connection, Resolution.Day, Bucket.Start(day.Hours[0].Start, Bucket.Day), id, day.Hours.Aggregate(RollUp.Empty, (all, h) => all.Then(h.State)));
        }

        Packing.SetMark(connection, "packed-until", Math.Max(end, Packing.Until(connection)));
        Packing.SetMark(connection, MadeUp, until.Milliseconds());
        points.Clear();
    });

    /// <summary>Until when the history was made up; null when all of it was measured.</summary>
    public DateTimeOffset? MadeUpUntil => file.Read(connection => Packing.Mark(connection, MadeUp, 0)) is > 0 and var at ? Sql.FromMilliseconds(at) : null;

    /// <summary>What was stored last of this point (by its time); one that was never stored has no sensor.</summary>
    public Reading Latest(PointId point)
    {
        lock (file.Gate)
        {
            commits.Flush();
        }

        var found = file.Read(connection => RawSamples.Latest(connection, Id(connection, point)));
        return found is { } latest ? new(latest.Value, (Reliability)latest.Quality, Sql.FromMilliseconds(latest.At)) : Reading.Unreliable(Reliability.NoSensor, DateTimeOffset.MinValue);
    }

    public void Write(SqliteConnection connection)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO sample (point, at, value, quality, segment) VALUES (@point, @at, @value, @quality, @segment)";
        var (id, at, value, quality) = (insert.Parameters.Add("@point", SqliteType.Integer), insert.Parameters.Add("@at", SqliteType.Integer),
            insert.Parameters.Add("@value", SqliteType.Real), insert.Parameters.Add("@quality", SqliteType.Integer));
        var segment = insert.Parameters.Add("@segment", SqliteType.Integer);
        var quarters = new HashSet<long>();
        var detailFrom = Retention.DetailFrom(connection);
        points.Clear();
        segments.Begin();
        left = isSet ? Restamping.Apply(connection, Boot, zero.Milliseconds(), Segment.Begun.Milliseconds()) : [];
        foreach (var sample in pending)
        {
            (id.Value, at.Value) = (IdFor(connection, sample.Point), sample.At.Milliseconds());
            (value.Value, quality.Value) = (sample.Value.Stored() ?? DBNull.Value, (int)sample.Quality);
            segment.Value = segments.IdFor(connection, sample);
            insert.ExecuteNonQuery();
            quarters.Add(Bucket.Start(sample.At.Milliseconds(), Bucket.Quarter));
        }

        // What comes later than its quarter's samples were kept cannot be folded with them; it must not replace their roll-up.
        foreach (var quarter in quarters.Where(q => q >= detailFrom)) RollUps.Mark(connection, quarter);
    }

    public void Written()
    {
        pending.Clear();
        if (isSet) Restamped?.Invoke();
        isSet = false;
        foreach (var run in left) LogLeft(log, Sql.FromMilliseconds(run));
        left = [];
        Committed?.Invoke();
    }

    /// <summary>
    /// The clock is set: what was taken before in this run of the machine gets its right time (<paramref name="at"/>: true wall time at monotonic zero).
    /// While the card takes nothing, that waits with the samples.
    /// </summary>
    public void Restamp(DateTimeOffset at)
    {
        lock (file.Gate)
        {
            commits.Flush();
            report.Forget();
            segments.Restamp(CollectionsMarshal.AsSpan(pending), at);
            (zero, isSet) = (at, true);
            commits.Flush();
        }
    }

    /// <summary>Drops what is pending and what was heard; the tables are <see cref="Retention"/>'s.</summary>
    public void Forget()
    {
        pending.Clear();
        report.Forget();
    }

    internal static long LastSequenceIn(SqliteConnection connection) => connection.Number("SELECT seq FROM sqlite_sequence WHERE name = 'sample'");

    private static IndexStretch StretchOf(RollUp s) => new(Sql.FromMilliseconds(s.FirstAt), s.First, Sql.FromMilliseconds(s.LastAt), s.Last, s.Rise);

    // A card that takes its time must not make a page wait: its answer then lacks the newest.
    private void Settle()
    {
        if (!file.Gate.TryEnter(Patience)) return;
        try
        {
            commits.Flush();
            file.Write(RollUps.FoldAll);
        }
        catch (SqliteException e)
        {
            LogNotFolded(log, e);
        }
        finally
        {
            file.Gate.Exit();
        }
    }

    /// <summary>Whole days in the middle, quarters of the first and last day, and the days around: few rows for any span.</summary>
    private static ImmutableArray<RollUp> States(SqliteConnection connection, long point, long from, long to)
    {
        var (first, last) = (Bucket.Start(from, Bucket.Day), Bucket.Start(to, Bucket.Day));
        var (before, after) = RollUps.DaysAround(connection, point, first, last + Bucket.Day);
        return [before, .. Fine(first), .. Days(first + Bucket.Day, last), .. first == last ? [] : Fine(last), after];

        IEnumerable<RollUp> Days(long begin, long end) => RollUps.Read(connection, point, Resolution.Day, begin, end).Select(d => d.State);

        // Quarters go after some years; hours stay.
        IEnumerable<RollUp> Fine(long day)
        {
            var quarters = RollUps.Read(connection, point, Resolution.Quarter, day, day + Bucket.Day);
            return (quarters.IsEmpty ? RollUps.Read(connection, point, Resolution.Hour, day, day + Bucket.Day) : quarters).Select(q => q.State);
        }
    }

    private static long Id(SqliteConnection connection, PointId point) =>
        connection.Number("SELECT id FROM point WHERE name = @name", ("@name", point.Name));

    private long IdFor(SqliteConnection connection, PointId point)
    {
        if (points.TryGetValue(point, out var id)) return id;
        connection.Execute("INSERT OR IGNORE INTO point (name) VALUES (@name)", ("@name", point.Name));
        return points[point] = Id(connection, point);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The history could not be written for too long: the oldest {Count} samples in memory are dropped")]
    private static partial void LogDropped(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A run of the machine that went by its own clock from {Since} is too long to be moved before this one; its history stays there, marked as of a free clock")]
    private static partial void LogLeft(ILogger log, DateTimeOffset since);

    [LoggerMessage(Level = LogLevel.Error, Message = "Roll-ups could not be folded; the answer lacks the newest")]
    private static partial void LogNotFolded(ILogger log, Exception e);
}
