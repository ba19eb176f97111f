using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.WhatIf;

/// <summary>Some weeks of the demonstration school in the weather of Uccle, with rooms that have learned ordinary models.</summary>
internal static class Seasons
{
    public static readonly Site Site = SchoolFiles.DemoSite;

    public static readonly ImmutableArray<ZoneId> Classes = [new("cp"), new("ce1"), new("ce1-ce2"), new("ce2"), new("cm1"), new("cm2")];

    public static readonly ImmutableArray<ZoneId> Hall = [new("hall")];

    /// <summary>November 2026 with a week before it.</summary>
    public static Grounds November => Of(Site, new DateOnly(2026, 11, 1), 30, 14);

    public static Grounds Of(Site site, DateOnly from, int days, double learnedDays)
    {
        var start = site.Instant(from.ToDateTime(TimeOnly.MinValue)).ToUniversalTime();
        var begin = start.AddDays(-7);
        var hours = Enumerable.Range(0, 24 * (days + 7)).Select(h => new HourWeather(TypicalYear.Uccle.At(begin.AddHours(h + 0.5)).TemperatureC, double.NaN));
        return new Grounds(site, new SeasonWeather(begin, [.. hours], 0, days), start, [.. site.Zones.Select(z => new ZoneGrounds(z.Id, ModelSpread.Of(Known(learnedDays, start)), 1))], null);
    }

    public static Answer Answered(this Grounds grounds, params ImmutableArray<Alteration> changes)
    {
        var study = new Study(grounds, new Question(changes));
        return Verdicts.Of(study, [.. study.Runs()]);
    }

    private static Learned Known(double days, DateTimeOffset at) => Learned.Of(ZonePrior.Ordinary, at) with { Days = days, Rmse = 0.3, SdRatios = [.. Enumerable.Repeat(0.3, ZoneModel.Count)] };
}
