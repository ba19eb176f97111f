using System.ComponentModel;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>The calendars that were imported; and one that lies on the gateway's disk, which is read again whenever it changes.</summary>
internal static class SourcesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/calendar/sources", All).Needs(Role.Staff).WithName("Calendars").WithSummary("The calendars that were imported, by name");
        api.MapPost("/calendar/sources", Follow).Needs(Role.Installer).WithName("FollowCalendar")
            .WithSummary("Imports an iCalendar file on the gateway's disk and follows it from then on; with preview it only says what would come of it");
        api.MapDelete("/calendar/sources/{name}", Forget).Needs(Role.Staff).WithName("ForgetCalendar").WithSummary("Takes an imported calendar away with all that came from it");
    }

    private static SourceRow[] All(CalendarDesk calendars) => [.. calendars.Sources().Select(SourceRow.Of)];

    private static async Task<Results<Ok<ImportAnswer>, AgainstRules, NotNow>> Follow(CalendarToFollow asked, Visit visit, CalendarDesk calendars, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(asked.Path)) return new AgainstRules("path: found nothing, allowed is the whole path of a file .ics on the gateway's disk.");
        if (!ImportForm.IsPlace(asked.Elsewhere ?? "", visit.Site)) return new AgainstRules($"elsewhere: allowed is nothing, {ImportForm.Everywhere} or a zone of the school.");
        var form = new ImportForm(asked.Path.Trim(), asked.WholeDaysAreClosed ? nameof(WholeDays.Closed) : nameof(WholeDays.LeftOut), asked.Elsewhere ?? "");
        var (source, file, mistakes) = await form.Read(null, visit, stop);
        if (!mistakes.IsEmpty) return new AgainstRules(string.Join(' ', mistakes.Select(m => m.Told(visit.Reader))));
        var plan = ImportPlan.Of(file, source, visit.Site, DateOnly.FromDateTime(visit.Site.Local(visit.Reader.Now)));
        if (!asked.Preview && !calendars.Import(source, plan, visit.Visitor)) return new NotNow(CalendarApi.TooMany);
        return TypedResults.Ok(ImportAnswer.Of(source, plan));
    }

    private static Results<NoContent, NothingFound> Forget([Description("What the calendar is called")] string name, Visit visit, CalendarDesk calendars)
    {
        if (calendars.Sources().All(s => s.Name != name)) return new NothingFound("imported calendar", name);
        calendars.Forget(name, visit.Visitor);
        return TypedResults.NoContent();
    }
}

/// <summary>A calendar on the gateway's disk.</summary>
/// <param name="WholeDaysAreClosed">Whether entries without hours are days on which nobody comes; else they are left out.</param>
/// <param name="Elsewhere">The zone of entries whose place is none of the school's, or * for the whole school; usually they are left out.</param>
internal sealed record CalendarToFollow(string Path, bool WholeDaysAreClosed = false, string? Elsewhere = null, bool Preview = false);

/// <summary>A calendar that was imported.</summary>
/// <param name="Path">Where it lies and is read again; null when it was sent once.</param>
/// <param name="Zones">Where entries take place that name no zone of the school.</param>
internal sealed record SourceRow(string Name, string? Path, string WholeDays, string[] Zones, string AddedBy, DateTimeOffset ReadAt, int Added, int LeftOut)
{
    public static SourceRow Of(CalendarSource source) => new(
        source.Name, source.Path.Length > 0 ? source.Path : null, source.WholeDays.ToString(), [.. source.Elsewhere.Select(z => z.Name)], source.Owner,
        source.ReadAt.ToUniversalTime(), source.Added, source.LeftOut);
}
