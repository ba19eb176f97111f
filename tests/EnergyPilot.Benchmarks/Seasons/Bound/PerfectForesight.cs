namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>
/// What nobody can beat: the least heat into the rooms, straight and without loss, that keeps people at 19 °C and the building
/// at 8 °C, by somebody who knows the building, the weather and every child beforehand.
/// </summary>
internal static class PerfectForesight
{
    // The study's figure for an ideal condensing boiler.
    private const double IdealEfficiency = 0.90;

    private const double LargestGap = 0.01;

    public static SeasonResult Season(SeasonRun run, IProgress<double> progress)
    {
        var begin = ThreadTime.Now;
        var problem = KnownFuture.Of(run.Building, run.Days);
        var solution = new InteriorPoint(problem);
        solution.Run(progress);
        var gap = 1 - solution.LowerBound() / solution.Objective();
        if (!(Math.Abs(gap) < LargestGap)) throw new InvalidOperationException($"The bound is not proven: {gap:P2} between it and the best course found.");
        var heat = solution.HeatKwh / run.Building.FloorM2;
        return new SeasonResult
        {
            Building = run.Building.Name,
            Controller = run.Controller.Name,
            Days = run.Days,
            EnergyKwhPerM2 = heat / IdealEfficiency,
            HeatKwhPerM2 = heat,
            Efficiency = IdealEfficiency,
            ColdKelvinHours = solution.ColdKelvins * problem.HoursPerStep / problem.Zones,
            ProvenWithin = Math.Abs(gap),
            StudySeconds = (ThreadTime.Now - begin).TotalSeconds,
            Seconds = (ThreadTime.Now - begin).TotalSeconds,
        };
    }
}
