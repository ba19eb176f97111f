using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>Calendars that somebody was shown and has not yet confirmed: the newest few, each for a quarter of an hour. What is kept is the plan, not the file.</summary>
internal sealed class PendingImports(TimeProvider time)
{
    private const int Most = 4;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly List<Pending> waiting = [];
    private long last;

    /// <summary>Its number, for the form that confirms it.</summary>
    public long Keep(CalendarSource source, ImportPlan plan, string who)
    {
        lock (gate)
        {
            waiting.RemoveAll(p => p.Who == who || time.GetUtcNow() - p.At > Kept);
            if (waiting.Count >= Most) waiting.RemoveAt(0);
            waiting.Add(new Pending(++last, source, plan, who, time.GetUtcNow()));
            return last;
        }
    }

    /// <summary>Takes what this person was shown under this number; false when it has been forgotten.</summary>
    public bool TryTake(long id, string who, out CalendarSource source, out ImportPlan plan)
    {
        lock (gate)
        {
            var found = waiting.FirstOrDefault(p => p.Id == id && p.Who == who && time.GetUtcNow() - p.At <= Kept);
            if (found is not null) waiting.Remove(found);
            (source, plan) = found is null ? (new CalendarSource("", ""), new ImportPlan([], [])) : (found.Source, found.Plan);
            return found is not null;
        }
    }

    private sealed record Pending(long Id, CalendarSource Source, ImportPlan Plan, string Who, DateTimeOffset At);
}
