using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>The calendar for programs: days and hours are on the school's clocks, as people mean them. Anybody may look; changing is for staff.</summary>
internal static class CalendarApi
{
    private const int LongestDays = 800;
    internal const string TooMany = "There are too many added uses: remove some that are over first.";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/calendar", Calendar).WithName("Calendar").WithSummary("Holidays and events from one day to another");
        api.MapGet("/calendar.ics", Export).WithName("CalendarFile").WithSummary("Own events and holidays as an iCalendar file").Produces<string>(StatusCodes.Status200OK, "text/calendar");
        api.MapPost("/calendar/import", Import).Needs(Role.Staff).WithName("ImportCalendar").WithSummary("Imports an iCalendar file; with preview it only says what would come of it")
            .WithMetadata(new RequestSizeLimitAttribute(CalendarReader.LargestFile)).Accepts<string>("text/calendar");
        api.MapPost("/calendar/events", Add).Needs(Role.Staff).WithName("AddEvent").WithSummary("Adds an event");
        api.MapPut("/calendar/events/{id:long}", Replace).Needs(Role.Staff).WithName("ChangeEvent").WithSummary("Puts another event in the place of one");
        api.MapDelete("/calendar/events/{id:long}", Remove).Needs(Role.Staff).WithName("RemoveEvent").WithSummary("Takes an event away");
    }

    private static Results<Ok<CalendarAnswer>, BadParameter> Calendar(
        PageDesk desk, TimeProvider clock, [Description("First day; usually today")] DateOnly? from = null, [Description("Last day; usually a year after the first")] DateOnly? to = null)
    {
        var site = desk.Site();
        var first = from ?? DateOnly.FromDateTime(site.Local(clock.GetUtcNow()));
        var last = to ?? (first.DayNumber < DateOnly.MaxValue.DayNumber - LongestDays ? first.AddDays(365) : first);
        return last < first || last.DayNumber - first.DayNumber > LongestDays
            ? new BadParameter("to", $"{last:yyyy-MM-dd}", $"{first:yyyy-MM-dd} and at most {LongestDays} days later")
            : TypedResults.Ok(CalendarAnswer.Of(site, desk.Uses(), first, last));
    }

    private static ContentHttpResult Export(HttpResponse response, PageDesk desk, TimeProvider clock)
    {
        var (site, uses) = (desk.Site(), desk.Uses());
        var own = uses.Select(u => u.Occasion).ToHashSet<Occasion>(ReferenceEqualityComparer.Instance);
        response.Headers.ContentDisposition = $"attachment; filename=\"{site.Id}.ics\"";
        return TypedResults.Text(
            CalendarWriter.Write(site, uses, site.Exceptions.Where(e => !own.Contains(e)), site.Calendar.Holidays, clock.GetUtcNow()), "text/calendar; charset=utf-8");
    }

    private static async Task<Results<Ok<ImportAnswer>, BadParameter, AgainstRules, NotNow>> Import(
        HttpRequest request, Visit visit, CalendarDesk calendars, [Description("What the calendar is called; one of this name is replaced")] string name,
        [Description("What becomes of whole days: LeftOut or Closed")] WholeDays wholeDays = WholeDays.LeftOut,
        [Description("The zone of entries whose place is none of the school's, or * for the whole school; usually they are left out")] string elsewhere = "",
        [Description("Only say what would come of it")] bool preview = false, CancellationToken stop = default)
    {
        var site = visit.Site;
        if (!ImportForm.IsPlace(elsewhere, site)) return new BadParameter("elsewhere", elsewhere, $"nothing, {ImportForm.Everywhere} or one of {string.Join(", ", site.Zones.Select(z => z.Id))}");
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = new char[CalendarReader.LargestFile + 1];
        var length = await reader.ReadBlockAsync(text, stop);
        var file = CalendarReader.Read(new string(text, 0, length), site, visit.Reader.Now);
        if (file.Fault != CalendarFault.None) return new AgainstRules($"Not imported: {file.Fault}.");
        var source = new ImportForm("", wholeDays.ToString(), elsewhere).Source(site) with { Name = ImportForm.NameOf(name) };
        var plan = ImportPlan.Of(file, source, site, DateOnly.FromDateTime(site.Local(visit.Reader.Now)));
        if (!preview && !calendars.Import(source, plan, visit.Visitor)) return new NotNow(TooMany);
        return TypedResults.Ok(ImportAnswer.Of(source, plan));
    }

    private static Results<NoContent, AgainstRules, NotNow> Add(EventRow row, Visit visit, CalendarDesk calendars)
    {
        if (!TryRead(row, visit, out var use, out var wrong)) return wrong;
        return calendars.Add(use, visit.Visitor) ? TypedResults.NoContent() : new NotNow(TooMany);
    }

    private static Results<NoContent, NothingFound, AgainstRules> Replace([Description("The number of the event")] long id, EventRow row, Visit visit, CalendarDesk calendars)
    {
        if (!TryRead(row, visit, out var use, out var wrong)) return wrong;
        return calendars.Replace(id, use, visit.Visitor) ? TypedResults.NoContent() : new NothingFound("added event", $"{id}");
    }

    private static Results<NoContent, NothingFound> Remove([Description("The number of the event")] long id, Visit visit, CalendarDesk calendars) =>
        calendars.Remove(id, visit.Visitor) ? TypedResults.NoContent() : new NothingFound("added event", $"{id}");

    // A form offers only zones that there are; a program may name others.
    private static bool TryRead(EventRow row, Visit visit, out Occasion use, [NotNullWhen(false)] out AgainstRules? wrong)
    {
        var reader = visit.Reader;
        List<string> told = row.Form().TryRead(reader, out use, out var mistakes) ? [] : [.. mistakes.Select(m => m.Told(reader))];
        if ((row.Zones ?? []).FirstOrDefault(z => reader.Site.Zones.All(known => known.Id.Name != z)) is { } unknown) told.Add($"zones: there is no zone “{unknown}”.");
        wrong = told.Count == 0 ? null : new AgainstRules(string.Join(' ', told));
        return wrong is null;
    }
}

/// <summary>Holidays and events of some days, and until when holidays are known.</summary>
internal sealed record CalendarAnswer(string[] Calendars, DateOnly? SchoolKnownUntil, DateOnly? PublicKnownUntil, HolidayRow[] Holidays, EventRow[] Events)
{
    public static CalendarAnswer Of(Site site, IReadOnlyList<AddedUse> uses, DateOnly first, DateOnly last)
    {
        var added = EventWords.Added(uses);
        return new(
            [.. site.Calendar.Sources.Select(s => s.Id)], Known(site.Calendar.SchoolKnownUntil), Known(site.Calendar.PublicKnownUntil),
            [.. site.Calendar.Holidays.Where(h => h.First <= last && h.Last >= first).Select(h => new HolidayRow(h.First, h.Last, h.Kind.ToString(), h.Name))],
            [.. site.Exceptions.Where(e => e.First <= last && e.Last >= first).Select(e => added.TryGetValue(e, out var use) ? EventRow.Of(e) with { Id = use.Id, AddedBy = use.Owner, AddedAt = use.At.ToUniversalTime(), Source = use.Source } : EventRow.Of(e))]);
    }

    private static DateOnly? Known(DateOnly until) => until == DateOnly.MaxValue ? null : until;
}

/// <summary>A holiday, both days included.</summary>
internal sealed record HolidayRow(DateOnly First, DateOnly Last, string Kind, string Name);

/// <summary>An event. Without zones it is for the whole school; without a number it stands in the site file, or is to be added.</summary>
/// <param name="Hours">"18:00-21:00, 22:00-23:00" on the school's clocks; empty for whole days.</param>
internal sealed record EventRow(
    string Kind, DateOnly First, DateOnly? Last = null, bool Weekly = false, string Hours = "", string[]? Zones = null, string? Note = null, double? SetpointC = null, bool InSchoolHolidays = false)
{
    public long? Id { get; init; }
    public string? AddedBy { get; init; }
    public DateTimeOffset? AddedAt { get; init; }
    public string? Source { get; init; }

    public static EventRow Of(Occasion use) => new(
        use.Kind.ToString(), use.First, use.Last, use.Rhythm == Rhythm.EveryWeek, HoursText.Of(use.Hours), [.. use.Zones.Select(z => z.Name)], use.Note, use.Setpoint?.Degrees, use.OnHolidays == HolidayUse.AsUsual);

    /// <summary>As if it had been typed: one reading for people and programs.</summary>
    public EventForm Form() => new(
        Note ?? "", Kind ?? "", Zones is null or [] ? EventForm.All : EventForm.Chosen, [.. Zones ?? []], Weekly ? EventForm.Weekly : Last is { } last && last != First ? EventForm.Days : EventForm.Once,
        $"{First:yyyy-MM-dd}", Weekly ? $"{Last:yyyy-MM-dd}" : $"{Last ?? First:yyyy-MM-dd}", Hours ?? "", SetpointC is { } degrees ? FormattableString.Invariant($"{degrees}") : "", InSchoolHolidays);
}

/// <summary>What came, or would come, of an import.</summary>
internal sealed record ImportAnswer(string Name, EventRow[] Added, LeftOutRow[] LeftOut)
{
    public static ImportAnswer Of(CalendarSource source, ImportPlan plan) => new(
        source.Name, [.. plan.Uses.Select(u => EventRow.Of(u.Occasion))], [.. plan.LeftOut.Select(l => new LeftOutRow(l.Title, l.Why.ToString()))]);
}

/// <summary>An entry that was left out.</summary>
internal sealed record LeftOutRow(string Title, string Why);
