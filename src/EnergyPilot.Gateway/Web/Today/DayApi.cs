using System.ComponentModel;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Today;

/// <summary>A day of the school as its sheet of paper tells it, for programs.</summary>
internal static class DayApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/days/{day}", Day).WithName("Day").WithSummary("A day on one sheet: the rooms, events, late rooms, alarms and what was held by hand");

    private static Results<Ok<DayAnswer>, BadParameter> Day([Description("A day of the last ten years, today included")] DateOnly day, Visit visit, PageDesk desk) => DaySheet.CanBe(day, visit.Reader)
        ? TypedResults.Ok(DayAnswer.Of(DaySheet.Of(day, visit.Site, desk, visit.Reader.Now), visit))
        : new BadParameter("day", $"{day:yyyy-MM-dd}", "a day of the last ten years, today included");
}

/// <summary>A day. Temperatures are null where nothing was measured.</summary>
/// <param name="Until">The end of the day, or now while it lasts.</param>
internal sealed record DayAnswer(
    DateOnly Day, DateTimeOffset From, DateTimeOffset Until, double? OutdoorMeanC, double? OutdoorLowestC, double? OutdoorHighestC, string[] Events, DayZoneRow[] Zones, MorningAnswer[] Late,
    AlarmAnswer[] Alarms, HeldRow[] ByHand)
{
    public static DayAnswer Of(DaySheet sheet, Visit visit) => new(
        sheet.Day, sheet.From.ToUniversalTime(), sheet.Until.ToUniversalTime(), LearningApi.Known(sheet.Outdoor.Mean), LearningApi.Known(sheet.Outdoor.Min), LearningApi.Known(sheet.Outdoor.Max),
        [.. sheet.Events.Select(e => DayEvents.Words(e, visit))], [.. sheet.Zones.Select(DayZoneRow.Of)], [.. sheet.Late.Select(MorningAnswer.Of)],
        [.. sheet.Alarms.Select(a => AlarmAnswer.Of(a, visit))], [.. sheet.Overrides.Select(HeldRow.Of)]);
}

/// <summary>A zone's day.</summary>
/// <param name="Uses">"08:30–12:00, 13:30–16:30" on the school's clocks; empty when nobody came.</param>
internal sealed record DayZoneRow(string Zone, string Name, string Uses, double? TargetC, double? MeanC, double? LowestC, double? HighestC)
{
    public static DayZoneRow Of(DayZone zone) => new(
        zone.Zone.Id.Name, zone.Zone.Name, DayEvents.Hours(zone.Uses), zone.Uses.IsEmpty ? null : zone.Target.Degrees, LearningApi.Known(zone.Mean), LearningApi.Known(zone.Min), LearningApi.Known(zone.Max));
}

/// <summary>A wish by hand that held on the day, and how it ended.</summary>
/// <param name="EndedBy">Who ended it early; empty when it ended by itself.</param>
internal sealed record HeldRow(OverrideRow Wish, DateTimeOffset Ended, string EndedBy)
{
    public static HeldRow Of(PastOverride past) => new(OverrideRow.Of(past.Wish), past.Ended.ToUniversalTime(), past.EndedBy);
}
