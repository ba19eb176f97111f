using System.Collections.Immutable;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sky;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>Requests that the tests of the planner start from.</summary>
internal static class Requests
{
    /// <summary>A Monday in January, ten in the evening.</summary>
    public static readonly DateTimeOffset Evening = new(2027, 1, 11, 22, 0, 0, TimeSpan.Zero);

    public static readonly ZoneModel Study = ZoneModel.Of([1, 0.12, 11, 0.5, 0.5, 0.5, 2, 0.6, 0.2, 0.1, 0.03]);

    public static PlannedZone Zone(string name = "room", double watts = 5000, double air = 13.5) => new(
        new ZoneId(name), Study, new ZoneState(air, air + 0.3, air + 0.5), 0, 0, watts, 12, [Use(8, 16.5)]);

    /// <summary>Hours of the day after the evening.</summary>
    public static PlannedUse Use(double from, double until, double lowest = 19.5, double highest = double.PositiveInfinity, double people = 0) =>
        new(Evening.Date.AddDays(1).AddHours(from).ToUtc(), Evening.Date.AddDays(1).AddHours(until).ToUtc(), lowest, highest, people);

    public static PlanRequest Of(params ImmutableArray<PlannedZone> zones) => new(
        Evening, zones, PlannedPlant.Boiler, PlanGoal.Energy, Outlook.None, new WhenUnknown(3, 0.1, 227), new Place(50.69, 3.17));

    /// <summary>An outlook from prices by hours after the evening.</summary>
    public static Outlook Prices(Func<int, double> euro, int hours = 72) => new(
        Evening, [.. Enumerable.Range(0, hours).Select(h => new OutlookHour(double.NaN, double.NaN, euro(h), double.NaN))]);

    private static DateTimeOffset ToUtc(this DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
