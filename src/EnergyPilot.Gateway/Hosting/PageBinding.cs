using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Gives the pages what the store knows, and the store what people do on the pages, with the audit line that belongs to it.</summary>
internal static class PageBinding
{
    private static readonly HttpContextAccessor Request = new();

    // From where the request came that asks for a deed, so that no deed can forget to say it.
    private static string Origin => Request.HttpContext is { } context ? Identity.OriginOf(context) : "page";

    // More in a month is a fault that repeats itself; the newest tell of it.
    private const int MostAlarms = 300;

    public static PageDesk Desk(LiveSite live, Store store, TimeProvider time) => new()
    {
        History = (point, from, to, resolution) => store.Samples.Series(point, from, to, resolution),
        OpenAlarms = () => store.Alarms.Open(),
        Alarms = (from, to, subject) => store.Alarms.Newest(from, to, subject, MostAlarms),
        Alarm = store.Alarms.Find,
        Acknowledge = (id, note, visitor) => Acknowledge(store, time, id, note, visitor),
        PastOverrides = (from, to) => store.Overrides.Between(from, to),
        Site = () => live.Site.With(store.Uses.Exceptions),
        Series = (point, from, to) => [.. store.Samples.Series(point, from, to, Resolution.Raw).Select(s => new Web.Sample(s.At, s.Mean))],
        Changes = (zone, from, to, slice) => Changes(store, zone, from, to, slice),
        Growth = store.Samples.Energy,
        Index = store.Samples.Index,
        HourlyMeans = (point, from, to) => [.. store.Samples.Series(point, from, to, Resolution.Hour).Select(s => new Web.Sample(s.At, s.Mean))],
        MadeUpUntil = () => store.Samples.MadeUpUntil,
        Ledger = (from, to) => store.Ledger.Days(from, to),
        Overrides = at => store.Overrides.Active(at),
        AddOverride = wish => Add(store, time, wish),
        CancelOverride = (id, who, at) => Cancel(store, id, who, at),
        Uses = () => store.Uses.Uses,
        RemoveUse = (id, who) => CalendarBinding.Remove(store, id, new Visitor(who, Role.Staff, Origin), time.GetUtcNow()),
        Answers = () => store.Uses.Answers,
        Answer = (question, reply, who) => Answer(store, time, question, reply, who),
        Mornings = (from, to) => store.Mornings.Between(from, to),
        Planner = store.Planner.Load,
    };

    private static List<Change> Changes(Store store, ZoneId zone, DateTimeOffset from, DateTimeOffset to, Slice slice) =>
        [.. store.Decisions.Newest(CyclePoints.Setpoint(zone), from, to, slice.Skip, slice.Take)
            .Select(c => new Change(c.At, new Celsius(c.Value), c.Priority, c.Reason))];

    // One wish of a kind per zone: the newer one takes the place of the older, which ends now. What the city wished goes on afterwards.
    private static void Add(Store store, TimeProvider time, Override wish)
    {
        var now = time.GetUtcNow();
        store.Overrides.Replace(wish, new AuditEntry(now, wish.Owner, Origin, "override", wish.Zone.Name, "", $"{wish.Setpoint} until {wish.Until:u} {wish.Note}".TrimEnd()));
    }

    // First the use, then the answer: between the two a question is asked once too often, and no use is lost.
    private static bool Answer(Store store, TimeProvider time, UseQuestion question, UseReply reply, string who)
    {
        // Somebody was quicker, or pressed twice: one use is enough.
        if (store.Uses.Answers.Any(a => a.Zone == question.Zone && a.Day == question.Day && a.Hours == question.Hours)) return true;
        var now = time.GetUtcNow();
        if (reply != UseReply.No && !store.Uses.TryAdd(reply == UseReply.EveryWeek ? question.Weekly : question.Once, who, now)) return false;
        store.Uses.Answer(new UseAnswer(question.Zone, reply, question.Day, question.Hours, who, now));
        store.Audit.Write(new AuditEntry(now, who, Origin, "question answered", question.Zone.Name, string.Create(CultureInfo.InvariantCulture, $"{question.Day:yyyy-MM-dd} {HoursText.Of([question.Hours])}"), reply.ToString()));
        return true;
    }

    private static bool Acknowledge(Store store, TimeProvider time, long id, string note, Visitor visitor)
    {
        if (store.Alarms.Find(id) is not { } entry) return false;
        var now = time.GetUtcNow();
        return store.Alarms.Acknowledge(id, new Acknowledgement(now, visitor.Name, note), new AuditEntry(now, visitor.Name, visitor.From, "alarm acknowledged", entry.Alarm.Key, "", note));
    }

    private static void Cancel(Store store, long id, string who, DateTimeOffset at)
    {
        var ended = store.Overrides.Active(at).FirstOrDefault(o => o.Id == id);
        if (ended is null || !store.Overrides.Cancel(id, who, at)) return;
        store.Audit.Write(new AuditEntry(at, who, Origin, "override ended", ended.Zone.Name, $"{ended.Setpoint} until {ended.Until:u}", ""));
    }
}
