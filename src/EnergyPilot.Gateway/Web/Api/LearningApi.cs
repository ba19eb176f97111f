using System.ComponentModel;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Running;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>What was learned and forecast, for programs: times in UTC, units in the names, null where nothing is known.</summary>
internal static class LearningApi
{
    private const int MostDays = 1100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/mornings", Mornings).WithName("Mornings").WithSummary("How earlier forecasts came true");
        api.MapGet("/forecast", Forecast).WithName("Forecast").WithSummary("When each zone will start for its next use, and how warm it will be");
        api.MapGet("/model", Model).WithName("Model").WithSummary("What each zone has learned");
        api.MapGet("/planner", Planner).WithName("Planner").WithSummary("Whether the planner commands, what it plans and would have saved");
    }

    private static Results<Ok<MorningsAnswer>, BadParameter> Mornings(PageDesk desk, TimeProvider clock, [Description("How far back, 1 to 1100")] int days = 14)
    {
        if (days is < 1 or > MostDays) return BadParameter.Outside("days", days, 1, MostDays);
        var now = clock.GetUtcNow();
        var mornings = desk.Mornings(now.AddDays(-days), now);
        var score = MorningScore.Of(mornings);
        return TypedResults.Ok(new MorningsAnswer(
            score.Count, Known(score.MeanErrorK), Known(score.Error95K), score.Late, [.. mornings.Select(MorningAnswer.Of)]));
    }

    private static ForecastAnswer[] Forecast(LiveView live) => live.Latest is { } record
        ? [.. record.Site.Zones.Select(zone => ForecastAnswer.Of(zone.Id.Name, record.Decision.Memory.Of(zone.Id).Arrival.Newest, record.Site.PeriodOf(zone, record.Decision.At).ComfortOf(zone).Degrees))]
        : [];

    private static ModelAnswer[] Model(LiveView live) => live.Latest is { } record
        ? [.. record.Site.Zones.Where(z => record.Snapshot.Knowledge.Zones.ContainsKey(z.Id)).Select(z => ModelAnswer.Of(z.Id.Name, record.Snapshot.Knowledge.Zones[z.Id]))]
        : [];

    private static Results<Ok<PlannerAnswer>, NotNow> Planner(LiveView live, PageDesk desk) =>
        live.Latest is { } record ? TypedResults.Ok(PlannerAnswer.Of(record.Snapshot.Knowledge, desk.Planner())) : NotNow.NoCycle;

    internal static double? Known(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;

    internal static DateTimeOffset? Known(DateTimeOffset at) => at == DateTimeOffset.MinValue || at == DateTimeOffset.MaxValue ? null : at.ToUniversalTime();
}

/// <summary>The forecasts of some days and what came of them.</summary>
internal sealed record MorningsAnswer(int Scored, double? MeanErrorK, double? Error95K, int Late, MorningAnswer[] Mornings);

/// <summary>One zone and use: as forecast when the last use ended, and as it came.</summary>
internal sealed record MorningAnswer(
    string Zone, DateTimeOffset Use, DateTimeOffset Made, DateTimeOffset ExpectedStart, DateTimeOffset? Began, DateTimeOffset ExpectedReady, DateTimeOffset? Ready,
    double? TargetC, double? ExpectedC, double? RoomC, double? ErrorK)
{
    public static MorningAnswer Of(Morning morning) => new(
        morning.Zone.Name, morning.Forecast.Use.ToUniversalTime(), morning.Forecast.Made, morning.Forecast.Start, LearningApi.Known(morning.Began), morning.Forecast.Ready,
        LearningApi.Known(morning.Ready), LearningApi.Known(morning.Target), LearningApi.Known(morning.Forecast.Room), LearningApi.Known(morning.Room),
        LearningApi.Known(morning.Room - morning.Forecast.Room));
}

/// <summary>What is expected of a zone's next use; nulls while none is near enough.</summary>
internal sealed record ForecastAnswer(string Zone, DateTimeOffset? Made, DateTimeOffset? NextUse, DateTimeOffset? Start, DateTimeOffset? Ready, double? ExpectedC, double TargetC)
{
    public static ForecastAnswer Of(string zone, ArrivalForecast forecast, double target) => new(
        zone, LearningApi.Known(forecast.Made), LearningApi.Known(forecast.Use), LearningApi.Known(forecast.Start), LearningApi.Known(forecast.Ready),
        LearningApi.Known(forecast.Room), target);
}

/// <summary>What a zone has learned.</summary>
internal sealed record ModelAnswer(
    string Zone, bool HasLearned, double GoodDays, double? ErrorK, DateTimeOffset Updated, DateTimeOffset LastAttempt, string LastVerdict, ParameterAnswer[] Parameters)
{
    public static ModelAnswer Of(string zone, Learned learned) => new(
        zone, learned.HasLearned, Math.Round(learned.Days, 2), LearningApi.Known(learned.Rmse), learned.Updated, learned.LastAttempt, learned.LastVerdict.ToString(),
        [.. Parameter.All.Select((p, i) => new ParameterAnswer(p.Name, Math.Round(learned.Model.Values[i], 5), p.Unit, learned.Knows(i)))]);
}

/// <summary>One parameter of a zone's model.</summary>
internal sealed record ParameterAnswer(string Name, double Value, string Unit, bool IsKnown);

/// <summary>Whether the planner commands and why, what it expects, and what it would have saved while it did not command.</summary>
internal sealed record PlannerAnswer(
    string Role, string Reason, DateTimeOffset? Made, double? SupplyC, double? ExpectedKwh, double? ExpectedEuro,
    double ShadowPlannedEuro, double ShadowRuledEuro, double ShadowPlannedColdKh, double ShadowRuledColdKh, PlannedZoneAnswer[] Zones)
{
    public static PlannerAnswer Of(Knowledge known, PlannerHistory history) => new(
        known.Planner.Role.ToString(), known.Planner.Reason.ToString(), known.Plan?.At, known.Plan is { } p ? LearningApi.Known(p.Supply) : null,
        known.Plan is { } q ? LearningApi.Known(q.Expected.EnergyKwh) : null, known.Plan is { } r ? LearningApi.Known(r.Expected.Euro) : null,
        Math.Round(history.Planned.Euro, 2), Math.Round(history.Ruled.Euro, 2), Math.Round(history.PlannedColdKh, 1), Math.Round(history.RuledColdKh, 1),
        known.Plan is { } plan ? [.. plan.Zones.Select(z => new PlannedZoneAnswer(z.Zone.Name, [.. z.Steps.Select(s => new PlannedStepAnswer(s.From, Math.Round(s.Emission, 3), Math.Round(s.Operative, 2)))]))] : []);
}

/// <summary>A zone's plan.</summary>
internal sealed record PlannedZoneAnswer(string Zone, PlannedStepAnswer[] Steps);

/// <summary>One step of it: heat as a share of nominal, felt temperature at its end.</summary>
internal sealed record PlannedStepAnswer(DateTimeOffset From, double Heat, double OperativeC);
