using System.Collections.Immutable;
using System.ComponentModel;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>Week programmes and setpoints for programs. Whoever changes them says on which version of the site that rests; a change of somebody else meanwhile is a conflict.</summary>
internal static class ProgrammeApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/zones/{id}/programme", Programme).WithName("ZoneProgramme").WithSummary("The week of a zone");
        api.MapPut("/zones/{id}/programme", SetProgramme).Needs(Role.Staff).WithName("SetZoneProgramme").WithSummary("Another week, for all zones that share it or for this one alone");
        api.MapGet("/zones/{id}/setpoints", Setpoints).WithName("ZoneSetpoints").WithSummary("How warm a zone is kept");
        api.MapPut("/zones/{id}/setpoints", SetSetpoints).Needs(Role.Staff).WithName("SetZoneSetpoints").WithSummary("Other setpoints, for a zone or for the whole site");
    }

    private static Results<Ok<WeekRow>, NothingFound> Programme([Description("The zone")] string id, SiteDesk desk) =>
        Find(desk, id) is { } zone ? TypedResults.Ok(WeekRow.Of(zone, desk)) : new NothingFound("zone", id);

    private static Results<Ok<WeekRow>, NothingFound, AgainstRules, Results<NotNow, AgainstRules, NotAllowed, NotKept>> SetProgramme([Description("The zone")] string id, WeekRow row, SiteDesk desk, Visit visit)
    {
        if (Find(desk, id) is not { } zone) return new NothingFound("zone", id);
        if (row.Days is not { Length: 7 }) return new AgainstRules($"days: found {row.Days?.Length ?? 0} texts, allowed is seven, Monday first.");
        var form = new ProgrammeForm([.. row.Days.Select(d => d ?? "")], row.OnlyThisZone, row.InSchoolHolidays);
        if (!form.TryRead(visit.Reader, out var days, out var mistakes)) return Told(mistakes, visit.Reader);
        var change = desk.Apply(form.Edits(desk.Current, zone, days), row.Version, visit.Visitor, "");
        if (change.IsDone) return TypedResults.Ok(WeekRow.Of(Find(desk, id) ?? zone, desk));
        return SiteRefusal.Answer(change, visit.Reader);
    }

    private static Results<Ok<SetpointRow>, NothingFound> Setpoints([Description("The zone")] string id, SiteDesk desk) =>
        Find(desk, id) is { } zone ? TypedResults.Ok(SetpointRow.Of(zone, desk)) : new NothingFound("zone", id);

    private static Results<Ok<SetpointRow>, NothingFound, AgainstRules, Results<NotNow, AgainstRules, NotAllowed, NotKept>> SetSetpoints([Description("The zone")] string id, SetpointRow row, SiteDesk desk, Visit visit)
    {
        if (Find(desk, id) is not { } zone) return new NothingFound("zone", id);
        var form = new SetpointForm(Text(row.ComfortC), Text(row.ReducedC), Text(row.AbsenceC), Text(row.FrostC), row.WholeSite);
        if (!form.TryRead(desk.Current.Control, out var wanted, out var mistakes)) return Told(mistakes, visit.Reader);
        var change = desk.Apply(form.Edits(zone, wanted), row.Version, visit.Visitor, "");
        if (change.IsDone) return TypedResults.Ok(SetpointRow.Of(Find(desk, id) ?? zone, desk));
        return SiteRefusal.Answer(change, visit.Reader);
    }

    private static Zone? Find(SiteDesk desk, string id) => desk.Current.Zones.FirstOrDefault(z => z.Id.Name == id);

    private static string Text(double degrees) => FormattableString.Invariant($"{degrees}");

    private static AgainstRules Told(ImmutableArray<Mistake> mistakes, Reader reader) =>
        new(string.Join(' ', mistakes.Select(m => m.Told(reader))));
}

/// <summary>A zone's week, hours on the school's clocks.</summary>
/// <param name="Version">Of the site; a change must name the one that it was made from.</param>
/// <param name="Days">"08:30-12:00, 13:30-16:30", Monday first; empty when nobody comes.</param>
/// <param name="OnlyThisZone">When changing: whether the zone gets a programme of its own.</param>
internal sealed record WeekRow(long Version, string[] Days, bool InSchoolHolidays, bool OnlyThisZone = false)
{
    public string? Programme { get; init; }
    public string[]? SharedBy { get; init; }

    public static WeekRow Of(Zone zone, SiteDesk desk)
    {
        var form = ProgrammeForm.Of(zone, DayText.Of);
        return new(desk.Version, [.. form.Days], form.InHolidays, false) { Programme = zone.Programme.Id, SharedBy = [.. desk.Current.Zones.Where(z => z.Programme.Id == zone.Programme.Id).Select(z => z.Id.Name)] };
    }
}

/// <summary>A zone's setpoints [°C].</summary>
/// <param name="WholeSite">When changing: whether they are for the whole site.</param>
internal sealed record SetpointRow(long Version, double ComfortC, double ReducedC, double AbsenceC, double FrostC, bool WholeSite = false)
{
    public static SetpointRow Of(Zone zone, SiteDesk desk) => new(
        desk.Version, zone.Setpoints.Comfort.Degrees, zone.Setpoints.Reduced.Degrees, zone.Setpoints.Absence.Degrees, zone.Setpoints.Frost.Degrees, false);
}
