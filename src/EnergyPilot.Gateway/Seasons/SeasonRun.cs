using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Seasons;

/// <summary>Which season to run, and how.</summary>
/// <param name="From">First day, local.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Step">Between two cycles.</param>
internal sealed record SeasonPlan(Site Site, DateOnly From, DateOnly To, TimeSpan Step, TypicalYear Weather, ulong Seed)
{
    /// <summary>Time before the first day that is run and not counted, so that walls begin at the temperature they would have.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromDays(7);

    public DateTimeOffset Start => Site.Instant(From.ToDateTime(TimeOnly.MinValue)) - Settling;

    public DateTimeOffset End => Site.Instant(To.AddDays(1).ToDateTime(TimeOnly.MinValue));
}

/// <summary>Runs the very loop of the gateway over a whole season of the virtual school, on a stepped clock, through the same buses.</summary>
internal static class SeasonRun
{
    public static Task<SeasonResult> Of(SeasonPlan plan, Contender contender, IProgress<double> progress, CancellationToken stop) =>
        Of(plan, contender, new Learner(plan.Site, new QuartersInMemory()), progress, stop);

    /// <param name="learner">Goes on from what it knows; knows afterwards what the rooms have learned.</param>
    public static async Task<SeasonResult> Of(SeasonPlan plan, Contender contender, Learner learner, IProgress<double> progress, CancellationToken stop)
    {
        var clock = new SteppedClock(plan.Start);
        var school = new VirtualSchool(plan.Site, plan.Weather, clock, plan.Seed);
        var image = new ProcessImage(plan.Site);
        var buses = FieldBuses.InMemory(school, image);
        var cycle = new Cycle(plan.Site, image, new Outputs(plan.Site, image, FieldBuses.ByPoint(plan.Site, buses), NullLogger.Instance), _ => [], contender.Decide).Knowing(() => learner.Knowledge);
        var drive = new SteppedDrive(clock, buses, cycle);

        await Through(plan.Start + SeasonPlan.Settling, _ => { });
        var tally = new SeasonTally(plan.Site, school.Physics);
        var electricity = school.ElectricityKwh;
        await Through(plan.End, tally.Minute);
        foreach (var bus in buses) await bus.DisposeAsync();
        return tally.Result(contender.Name, school.ElectricityKwh - electricity);

        async Task Through(DateTimeOffset until, Action<DateTimeOffset> minute)
        {
            for (var at = clock.GetUtcNow(); at < until; at = clock.GetUtcNow())
            {
                stop.ThrowIfCancellationRequested();
                var record = await drive.Step(plan.Step, stop);
                if (contender.Schooling == Schooling.EveryEvening) learner.Take(record.Decision);
                if (at.Second == 0) minute(at);
                if (at.TimeOfDay < plan.Step) progress.Report((at - plan.Start) / (plan.End - plan.Start));
            }
        }
    }
}
