using System.Collections.Immutable;
using System.ComponentModel;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>Which holidays apply, for programs. Whoever changes it says on which version of the site that rests; a change of somebody else meanwhile is a conflict.</summary>
internal static class HolidaysApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/calendar/holidays", Holidays).Needs(Role.Staff).WithName("Holidays").WithSummary("The holiday calendars at hand, until when they are known, and which of them apply");
        api.MapPut("/calendar/holidays", Choose).Needs(Role.Staff).WithName("ChooseHolidays").WithSummary("Lets other holiday calendars apply; with preview it only says which days would change");
    }

    private static HolidaysAnswer Holidays(SiteDesk desk, CalendarsAtHand atHand, Visit visit) => HolidaysAnswer.Of(desk, atHand, visit.Reader.Language.Code);

    private static Results<Ok<HolidaysAnswer>, AgainstRules, Results<NotNow, AgainstRules, NotAllowed, NotKept>> Choose(
        HolidaysChoice choice, SiteDesk desk, CalendarsAtHand atHand, Visit visit, [Description("Only say which days would change")] bool preview = false)
    {
        var calendars = atHand.Read().Calendars;
        if (choice.Calendars is not { } named) return new AgainstRules("calendars: found nothing, allowed is a list of names; an empty one means that no holidays apply.");
        string[] wanted = [.. named.Select(id => id ?? "")];
        if (wanted.FirstOrDefault(id => calendars.All(c => c.Sources[0].Id != id)) is { } unknown) return new AgainstRules(
            $"calendars: there is no calendar “{BadParameter.Shortened(unknown)}”; those at hand are {string.Join(", ", calendars.Select(c => c.Sources[0].Id))}.");
        var site = desk.Current;
        var wish = HolidayWish.Of(site, wanted.Select(id => calendars.First(c => c.Sources[0].Id == id)));
        DayChangeRow[] changes = [.. wish.Changes(site, DateOnly.FromDateTime(site.Local(visit.Reader.Now))).Select(DayChangeRow.Of)];
        var edits = wish.Edits(site, desk.Text).ToArray();
        if (preview) return desk.Preview(edits) is { CanHold: false } wrong ? new AgainstRules(SiteRefusal.Told(wrong, visit.Reader)) : TypedResults.Ok(HolidaysAnswer.Of(desk, atHand, visit.Reader.Language.Code) with { Changes = changes });
        var change = desk.Apply(edits, choice.Version, visit.Visitor, "");
        if (change.IsDone) return TypedResults.Ok(HolidaysAnswer.Of(desk, atHand, visit.Reader.Language.Code) with { Changes = changes });
        return SiteRefusal.Answer(change, visit.Reader);
    }
}

/// <summary>Which holiday calendars are to apply, by their names.</summary>
/// <param name="Version">Of the site; a change must name the one that it was made from.</param>
/// <param name="Calendars">An empty list means that no holidays apply.</param>
internal sealed record HolidaysChoice(long Version, string[] Calendars);

/// <summary>The holiday calendars at hand.</summary>
/// <param name="Version">Of the site.</param>
internal sealed record HolidaysAnswer(long Version, HolidaySourceRow[] Calendars)
{
    /// <summary>Of a choice: the days of the year ahead that it changes.</summary>
    public DayChangeRow[]? Changes { get; init; }

    public static HolidaysAnswer Of(SiteDesk desk, CalendarsAtHand atHand, string language)
    {
        var standing = desk.Current.Calendar.Sources;
        return new(desk.Version, [.. atHand.Read().Calendars.Select(c => HolidaySourceRow.Of(c.Sources[0], language) with { Applies = standing.Any(s => s.Id == c.Sources[0].Id) })]);
    }
}

/// <summary>A holiday calendar.</summary>
/// <param name="Id">What the site file calls it.</param>
/// <param name="Name">What people call it, in the language that was asked for.</param>
/// <param name="Places">The towns or districts that it holds for; empty when its file does not say.</param>
/// <param name="Kind">School or Public.</param>
/// <param name="KnownUntil">Last day that it knows of; null when it ends nowhere.</param>
internal sealed record HolidaySourceRow(string Id, string Name, string Places, string Kind, DateOnly? KnownUntil)
{
    public bool Applies { get; init; }

    public static HolidaySourceRow Of(HolidaySource source, string language) =>
        new(source.Id, source.Title(language), source.Places, source.Kind.ToString(), source.IsOwn ? null : source.KnownUntil);
}

/// <summary>Days in a row that change.</summary>
/// <param name="Days">How many of them somebody usually comes on.</param>
/// <param name="Becomes">DayOff or SchoolDay.</param>
/// <param name="Holiday">The holiday that they get, or that they were.</param>
internal sealed record DayChangeRow(DateOnly First, DateOnly Last, int Days, string Becomes, string Holiday)
{
    public static DayChangeRow Of(HolidayChange change) => new(change.First, change.Last, change.Days, change.Becomes.ToString(), change.Holiday.Name);
}
