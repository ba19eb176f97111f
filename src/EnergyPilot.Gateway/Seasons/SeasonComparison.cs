using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Seasons;

/// <summary>The pilot's season and that of a fixed daily clock, in the same weather with the same people.</summary>
internal sealed record SeasonComparison(SeasonPlan Plan, SeasonResult Pilot, SeasonResult Clock)
{
    /// <summary>Gas saved against the clock, as a share of the clock's.</summary>
    public double Saving => 1 - Pilot.GasKwh / Clock.GasKwh;

    /// <summary>Runs both, side by side on two cores.</summary>
    public static async Task<SeasonComparison> Of(SeasonPlan plan, IProgress<double> pilotProgress, IProgress<double> clockProgress, CancellationToken stop)
    {
        var pilot = Task.Run(() => SeasonRun.Of(plan, new Contender("EnergyPilot", Core.Control.Pilot.Decide, Schooling.EveryEvening), pilotProgress, stop), stop);
        var clock = Task.Run(() => SeasonRun.Of(plan, new Contender("clock", ReferenceClock.Decide, Schooling.None), clockProgress, stop), stop);
        return new SeasonComparison(plan, await pilot, await clock);
    }
}
