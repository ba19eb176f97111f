using System.Collections.Immutable;
using System.Threading.Channels;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Learning;

/// <summary>
/// What a gateway has learned, and its evening lessons: one zone after the other, so that memory holds the quarters of one. The control only ever
/// reads <see cref="Knowledge"/>. A lesson that fails costs that zone its evening and nothing else; what a person changes at the terminal is noticed within a quarter of an hour.
/// </summary>
internal sealed partial class Lessons(LiveSite live, Store store, ILogger<Lessons> log)
{
    private readonly Channel<DateTimeOffset> due = Channel.CreateBounded<DateTimeOffset>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly Lock gate = new();
    private readonly Dictionary<ZoneId, DateTimeOffset> failed = [];
    private volatile Knowledge knowledge = Knowledge.None;
    private long version = -1;

    /// <summary>What the next cycle may know.</summary>
    public Knowledge Knowledge => knowledge;

    /// <summary>The instants at which it is worth looking whether a lesson is due.</summary>
    public ChannelReader<DateTimeOffset> Due => due.Reader;

    /// <summary>A cycle has run. Costs it nothing.</summary>
    public void After(Decision decision)
    {
        if (!decision.Quarters.IsEmpty) due.Writer.TryWrite(decision.At);
    }

    /// <summary>There is a new outlook.</summary>
    public void Expect(Outlook outlook)
    {
        lock (gate) knowledge = knowledge with { Outlook = outlook };
    }

    /// <summary>Takes up what was learned before; a zone of which nothing is known begins with the prior.</summary>
    public void Resume(DateTimeOffset at) => Try(() =>
    {
        var stored = store.Knowledge.Load();
        var isNew = stored.School != live.Site.Name || stored.TimeZone != live.Site.TimeZone.Id || live.Site.Zones.Any(z => !stored.Zones.ContainsKey(z.Id));
        if (isNew) stored = store.Knowledge.Change(at, Complete);
        Take(stored);

        SchoolKnowledge Complete(SchoolKnowledge now) => live.Site.Zones.Where(z => !now.Zones.ContainsKey(z.Id)).Aggregate(
            now with { School = live.Site.Name, TimeZone = live.Site.TimeZone.Id }, (all, z) => all.With(z.Id, Learned.Of(ZonePrior.Ordinary, at)));
    });

    /// <summary>Notices what a person changed, and teaches what is due this evening.</summary>
    public void Hold(DateTimeOffset at, CancellationToken stop)
    {
        if (Read(() => store.Knowledge.Version, version) != version) Resume(at);
        var lessons = new List<(ZoneId Zone, Learned Before, Learned After)>();
        foreach (var zone in live.Site.Zones)
        {
            if (stop.IsCancellationRequested) return;
            var before = knowledge.Zones.TryGetValue(zone.Id, out var known) ? known : Learned.Of(ZonePrior.Ordinary, DateTimeOffset.MinValue) with { Updated = at };
            if (Lesson.IsDue(live.Site, Tried(zone.Id, before), at) && Taught(zone.Id, before, at) is { } after) lessons.Add((zone.Id, before, after));
        }

        if (lessons.Count == 0) return;
        LogLearned(log, lessons.Count(l => l.After.LastVerdict == Verdict.Accepted), lessons.Count);
        Take(lessons.ToDictionary(l => l.Zone, l => l.After));
        Suspect(at);
        Try(() => Take(store.Knowledge.Change(at, stored => lessons.Aggregate(stored, Merged))));
    }

    // A week of each zone at once; what an installer has swapped shows within days.
    private void Suspect(DateTimeOffset at) => Try(() =>
    {
        var quarters = live.Site.Zones.Select(z => store.Quarters.Since(z.Id, at - Week)).ToArray();
        var pairs = SwapSuspicion.Of(quarters).Select(p => new ZonePair(live.Site.Zones[p.First].Id, live.Site.Zones[p.Second].Id)).ToImmutableArray();
        lock (gate)
            if (!pairs.SequenceEqual(knowledge.Swapped)) knowledge = knowledge with { Swapped = pairs };
    });

    private Learned Tried(ZoneId zone, Learned before) => failed.TryGetValue(zone, out var at) ? before with { LastAttempt = at } : before;

    // Whatever is wrong with a lesson must not end the next ones, let alone the control.
    private Learned? Taught(ZoneId zone, Learned before, DateTimeOffset at)
    {
        try
        {
            var after = Lesson.Of(live.Site, store.Quarters, zone, before, at);
            failed.Remove(zone);
            return after;
        }
        catch (Exception e)
        {
            LogFailed(log, zone.Name, e);
            failed[zone] = at;
            return null;
        }
    }

    // What a person changed while the lesson went on holds; the lesson is lost.
    private static SchoolKnowledge Merged(SchoolKnowledge stored, (ZoneId Zone, Learned Before, Learned After) lesson) =>
        stored.Zones.TryGetValue(lesson.Zone, out var now) && (now.Updated != lesson.Before.Updated || now.LastAttempt != lesson.Before.LastAttempt)
            ? stored
            : stored.With(lesson.Zone, lesson.After);

    private void Take(SchoolKnowledge stored)
    {
        version = store.Knowledge.Version;
        Take(stored.Zones);
    }

    private void Take(IReadOnlyDictionary<ZoneId, Learned> learned)
    {
        lock (gate)
        {
            var zones = new Dictionary<ZoneId, Learned>(knowledge.Zones);
            foreach (var zone in live.Site.Zones)
                if (learned.TryGetValue(zone.Id, out var now)) zones[zone.Id] = now;
            knowledge = knowledge with { Zones = zones };
        }
    }

    private void Try(Action work) => Read(() =>
    {
        work();
        return true;
    }, false);

    private T Read<T>(Func<T> work, T otherwise)
    {
        try
        {
            return work();
        }
        catch (Exception e)
        {
            LogNotKept(log, e);
            return otherwise;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Accepted} of {Zones} zones have learned a better model of themselves this evening")]
    private static partial void LogLearned(ILogger log, int accepted, int zones);

    [LoggerMessage(LogLevel.Error, "The lesson of zone {Zone} failed; it keeps its model and tries again tomorrow")]
    private static partial void LogFailed(ILogger log, string zone, Exception e);

    [LoggerMessage(LogLevel.Error, "What was learned cannot be read or kept; the control goes on with what it has")]
    private static partial void LogNotKept(ILogger log, Exception e);
}
