using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Seasons;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.WhatIf;

namespace EnergyPilot.Tests.Gateway.WhatIf;

/// <summary>The answer beside what the virtual school does when the change is really made: the whole gateway loop, some winter days. The verb what-if of the benchmarks runs five months of eight questions.</summary>
public sealed class VirtualSchoolTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_agrees_with_the_virtual_school()
    {
        var site = Seasons.Site;
        var plan = new SeasonPlan(site, new DateOnly(2027, 1, 11), new DateOnly(2027, 1, 15), TimeSpan.FromMinutes(1), TypicalYear.Uccle, Seed: 1);
        var book = new QuartersInMemory();
        var learner = new Learner(site, book);
        var real = await Run(plan, learner);
        var question = new Question([new SetpointChange(Seasons.Classes, SetpointKind.Comfort, new(17))]);
        var cooler = await Run(plan with { Site = question.Applied(site) }, new Learner(question.Applied(site), new QuartersInMemory()));

        var hours = Enumerable.Range(0, (int)(plan.End - plan.Start).TotalHours).Select(h => new HourWeather(plan.Weather.At(plan.Start.AddHours(h + 0.5)).TemperatureC, double.NaN));
        var zones = site.Zones.Select(z => new ZoneGrounds(z.Id, ModelSpread.Of(learner.Knowledge.Zones[z.Id], book.Since(z.Id, plan.Start), site.TimeZone), 1)).ToArray();
        var grounds = new Grounds(site, new SeasonWeather(plan.Start, [.. hours], 5, 0), plan.Start + SeasonPlan.Settling, zones, null);
        var answer = grounds.Answered([.. question.Changes]);

        var saved = real.GasKwh - cooler.GasKwh;
        TestContext.Current.TestOutputHelper?.WriteLine($"really {saved:0} of {real.GasKwh:0} kWh, answered {answer.Saved.EnergyKwh} of {answer.Before.EnergyKwh.Middle:0}");
        saved.ShouldBeGreaterThan(0);
        answer.Outcome.ShouldBe(Outcome.Saves);
        saved.ShouldBeInRange(answer.Saved.EnergyKwh.Low, answer.Saved.EnergyKwh.High);
    }

    private static Task<SeasonResult> Run(SeasonPlan plan, Learner learner) =>
        SeasonRun.Of(plan, new Contender("pilot", Pilot.Decide, Schooling.EveryEvening), learner, new Progress<double>(), Stop);
}
