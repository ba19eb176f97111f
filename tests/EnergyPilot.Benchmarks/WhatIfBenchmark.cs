using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Seasons;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claim: what a question answers on the learned models agrees with what the virtual school does when the change is really made, in sign and
/// within its range, and the answer for a season of seven months takes at most 2 s on one core. Compared: the gas of two whole runs of the gateway's own loop.
/// </summary>
internal static class WhatIfBenchmark
{
    private static readonly DateOnly From = new(2025, 10, 1), To = new(2026, 2, 28), QuickTo = new(2025, 11, 30), SeasonEnd = new(2026, 4, 30);
    private static readonly Progress<double> Quiet = new();

    private static readonly ImmutableArray<ZoneId> Classes = [new("cp"), new("ce1"), new("ce1-ce2"), new("ce2"), new("cm1"), new("cm2")];

    private static readonly (string Name, Alteration Change)[] Questions =
    [
        ("classes 18 °C", new SetpointChange(Classes, SetpointKind.Comfort, new(18))),
        ("classes 20 °C", new SetpointChange(Classes, SetpointKind.Comfort, new(20))),
        ("corridor 15 °C", new SetpointChange([new("hall")], SetpointKind.Comfort, new(15))),
        ("no start before 06:00", new StartChange([], TimeSpan.FromHours(6))),
        ("nights at 14 °C", new SetpointChange([], SetpointKind.Reduced, new(14))),
        ("absences at 12 °C", new SetpointChange([], SetpointKind.Absence, new(12))),
        ("a week closed at 12 °C", new ClosedDaysChange([], new(2025, 11, 3), new(2025, 11, 9), new(12))),
        ("classes end an hour earlier", new HoursChange(Classes, TimeSpan.Zero, TimeSpan.FromHours(-1))),
    ];

    public static async Task<int> Run(Effort effort)
    {
        if (!ConfigFolder.Load(ConfigFolder.DemoSite).TryGet(out var site)) throw new InvalidOperationException("The demo site has mistakes.");
        var plan = new SeasonPlan(site, From, effort == Effort.Quick ? QuickTo : To, TimeSpan.FromMinutes(1), TypicalYear.Uccle, Seed: 1);
        var book = new QuartersInMemory();
        var learner = new Learner(site, book);
        var real = await Real(plan, learner);
        var zones = Grounded(site, learner.Knowledge, book, plan.End);
        var unscaled = new Grounds(site, Weather(plan), plan.Start + SeasonPlan.Settling, zones, null);
        var grounds = unscaled with { Past = new MeteredPast(plan.Start + SeasonPlan.Settling, plan.End, real.GasKwh) };

        var inRange = 0;
        Console.WriteLine($"{"question",-30}{"gas before",12}{"real saved",12}{"answered",12}{"from",10}{"to",10}{"unscaled",12}{"cold K·h real",15}{"answered",10}");
        foreach (var (name, change) in Questions)
        {
            var question = new Question([change]);
            var changed = await Real(plan with { Site = question.Applied(site) }, new Learner(question.Applied(site), new QuartersInMemory()));
            var (answer, plain) = (Answered(grounds, question), Answered(unscaled, question));
            var saved = real.GasKwh - changed.GasKwh;
            if (saved >= answer.Saved.EnergyKwh.Low && saved <= answer.Saved.EnergyKwh.High) inRange++;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-30}{real.GasKwh,12:0}{saved,12:0}{answer.Saved.EnergyKwh.Middle,12:0}{answer.Saved.EnergyKwh.Low,10:0}{answer.Saved.EnergyKwh.High,10:0}{plain.Saved.EnergyKwh.Middle,12:0}{Cold(changed) - Cold(real),15:0}{-answer.Saved.ColdKelvinHours.Middle,10:0}"));
        }

        var seconds = SeasonSeconds(site, zones);
        var factor = Answered(grounds, new Question([Questions[0].Change])).Factor;
        Console.WriteLine(JsonSerializer.Serialize(new { questions = Questions.Length, in_range = inRange, factor = Math.Round(factor, 2), season_seconds = Math.Round(seconds, 2) }));
        return 0;
    }

    private static Task<SeasonResult> Real(SeasonPlan plan, Learner learner) =>
        SeasonRun.Of(plan, new Contender("pilot", Pilot.Decide, Schooling.EveryEvening), learner, Quiet, CancellationToken.None);

    private static double Cold(SeasonResult result) => result.Zones.Sum(z => z.ColdKelvinHours);

    private static Answer Answered(Grounds grounds, Question question)
    {
        var study = new Study(grounds, question);
        return Verdicts.Of(study, [.. study.Runs()]);
    }

    private static ZoneGrounds[] Grounded(Site site, Knowledge knowledge, QuartersInMemory book, DateTimeOffset at) =>
    [
        .. site.Zones.Select(z => new ZoneGrounds(
            z.Id, ModelSpread.Of(knowledge.Zones[z.Id], book.Since(z.Id, at - Lesson.Window), site.TimeZone), 1)),
    ];

    // As the outdoor sensor of the virtual school would have it; its models know no sun.
    private static SeasonWeather Weather(SeasonPlan plan)
    {
        var hours = (int)Math.Round((plan.End - plan.Start).TotalHours);
        return new SeasonWeather(plan.Start, [.. Enumerable.Range(0, hours).Select(h => new HourWeather(plan.Weather.At(plan.Start.AddHours(h + 0.5)).TemperatureC, double.NaN))], hours / 24, 0);
    }

    private static double SeasonSeconds(Site site, ZoneGrounds[] zones)
    {
        var plan = new SeasonPlan(site, From, SeasonEnd, TimeSpan.FromMinutes(1), TypicalYear.Uccle, Seed: 1);
        var grounds = new Grounds(site, Weather(plan), plan.Start + SeasonPlan.Settling, zones, null);
        var begin = Stopwatch.GetTimestamp();
        Answered(grounds, new Question([Questions[0].Change]));
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
