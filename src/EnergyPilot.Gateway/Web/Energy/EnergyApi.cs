using System.ComponentModel;
using System.Text;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>Meters by day, week, month and year, their signatures, and today beside a day like it; for programs. Anybody may look, as on the page.</summary>
internal static class EnergyApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/energy", Period).WithName("Energy").WithSummary("What the meters counted in a period, by hour, day or month, with cost, emissions, shares and comparisons");
        api.MapGet("/energy/today", Today).WithName("EnergyToday").WithSummary("Today until the last full hour, beside what a day like this usually takes");
        api.MapGet("/energy/signature", SignatureOf).WithName("EnergySignature").WithSummary("Energy per day against outdoor temperature, for school days and days off");
    }

    /// <summary>The same period as a file for a spreadsheet, in the reader's language.</summary>
    public static void MapFile(IEndpointRouteBuilder app) => app.MapGet("/energy.csv", File);

    private static Results<Ok<EnergyAnswer>, BadParameter, NothingFound> Period(
        EnergyDesk energy, PageDesk desk, [Description("day, week, month or year")] string period = "week", [Description("A day of it; usually today")] string? day = null,
        [Description("Only this meter")] string? meter = null)
    {
        if (!EnergyQuestion.TryLength(period, out var length)) return new BadParameter("period", period, "day, week, month or year");
        var date = energy.Today;
        if (day is not null && !EnergyQuestion.TryDay(day, out date)) return new BadParameter("day", day, $"a day such as 2026-11-16, from {EnergyPeriod.Earliest:yyyy-MM-dd} to {EnergyPeriod.Latest:yyyy-MM-dd}");
        var site = desk.Site();
        if (meter is not null && site.Meters.All(m => m.Id != meter)) return new NothingFound("meter", meter);
        return TypedResults.Ok(EnergyAnswer.Of(EnergyPeriod.Of(length, date), [.. site.Meters.Where(m => meter is null || m.Id == meter)], energy));
    }

    private static TodayAnswer[] Today(EnergyDesk energy, PageDesk desk) => [.. desk.Site().Meters.Select(m => TodayAnswer.Of(m, energy.TodayOf(m)))];

    private static Results<Ok<SignatureAnswer>, NothingFound> SignatureOf(EnergyDesk energy, PageDesk desk, [Description("The meter")] string meter) =>
        desk.Site().Meters.FirstOrDefault(m => m.Id == meter) is { } known
            ? TypedResults.Ok(SignatureAnswer.Of(known, energy.SignatureOf(known)))
            : new NothingFound("meter", meter);

    private static FileContentHttpResult File(EnergyDesk energy, Visit visit, string? period = null, string? day = null)
    {
        var question = EnergyQuestion.Of(visit.Site, energy.Today, period, day, null);
        return TypedResults.File(Encoding.UTF8.GetBytes(EnergyFile.Of(question.Period, energy, visit.Reader)), EnergyFile.ContentType, EnergyFile.Name(question.Period));
    }
}
