using EnergyPilot.Benchmarks.Seasons;
using EnergyPilot.Benchmarks.Seasons.Bound;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Benchmarks;

/// <summary>The bench stands on the control study: its reference rows must come out of our physics too, and its bound must be one.</summary>
public sealed class SeasonsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("b")]
    [InlineData("c")]
    public void Row_of_the_study_is_reproduced_within_a_tenth(string controller)
    {
        var result = Season("base", controller, SeasonRun.FullDays);

        result.EnergyKwhPerM2.ShouldBe(StudyFigures.GasKwhPerM2(result), 0.1 * StudyFigures.GasKwhPerM2(result));
        result.Mornings.ShouldBe(600);
    }

    [Fact]
    public void Known_future_is_that_of_the_physics()
    {
        const int Days = 20;
        var building = Buildings.All[0];
        var school = new School(building.School, TypicalYear.Uccle, new PupilPlan(building.People), SeasonRun.October);
        school.Advance(TimeSpan.FromDays(Days));

        var problem = KnownFuture.Of(building, Days);
        var state = problem.Start.ToArray();
        var next = new double[problem.States];
        for (var step = 0; step < problem.Steps; step++)
        {
            problem.Step(step, state, new double[problem.Zones], next, Course.Whole);
            next.CopyTo(state, 0);
        }

        // The physics has radiators too, which exchange a little heat with cold rooms.
        for (var zone = 0; zone < problem.Zones; zone++)
        {
            state[3 * zone].ShouldBe(school.AirTemperatureC[zone], 0.03);
            state[3 * zone + 2].ShouldBe(school.DeepMassTemperatureC[zone], 0.03);
        }
    }

    [Fact]
    public void Bound_is_proven_by_its_dual()
    {
        var problem = KnownFuture.Of(Buildings.All[1], 45);
        var solution = new InteriorPoint(problem);
        solution.Run(new Progress<double>());
        output.WriteLine(FormattableString.Invariant($"{solution.HeatKwh:0.00} kWh, dual {solution.LowerBound():0.00}, {solution.Iterations} iterations"));

        solution.Objective().ShouldBeInRange(solution.LowerBound(), 1.001 * solution.LowerBound());
        solution.ColdKelvins.ShouldBeLessThan(1e-2);
        solution.HeatKwh.ShouldBeGreaterThan(100);
    }

    /// <summary>Half of the air's heat is lost in each step, so heat comes as late as the radiator allows: 0, 0, 4 and 4 kW for 6 K at the end.</summary>
    [Fact]
    public void Bound_heats_as_late_as_it_can()
    {
        var problem = new HeatingProblem(zones: 1, steps: 4);
        for (var step = 0; step < problem.Steps; step++) (problem.A[9 * step], problem.B[3 * step]) = (0.5, 1);
        problem.UpperKw[0] = 4;
        problem.LowerC[3] = 3;
        var solution = new InteriorPoint(problem);
        solution.Run(new Progress<double>());

        solution.HeatKwh.ShouldBe(4, 0.001);
        solution.Inputs.ToArray().ShouldBe([0, 0, 4, 4], 0.01);
    }

    [Fact]
    public void Hourly_prices_have_their_mean_and_two_peaks_and_are_never_negative()
    {
        var hours = Enumerable.Range(0, SeasonRun.FullDays * 24).Select(hour => SeasonRun.October.AddHours(hour)).ToArray();
        var prices = hours.Select(Tariff.Dynamic.EuroPerKwh).ToArray();

        prices.Average().ShouldBe(0.20, 0.005);
        prices.Min().ShouldBeGreaterThanOrEqualTo(0.02);
        Mean(hours, 3).ShouldBeLessThan(0.7 * Mean(hours, 8));
        Mean(hours, 13).ShouldBeLessThan(Mean(hours, 8));
        Mean(hours, 13).ShouldBeLessThan(Mean(hours, 18));
    }

    [Fact]
    public void Holiday_that_nobody_entered_is_missing_from_the_site_and_not_from_the_people()
    {
        var building = Buildings.All[0];
        var site = StudySite.Of(building, StudySite.Study);

        site.Calendar.On(building.MissingHoliday).ShouldBeNull();
        site.Calendar.On(new DateOnly(2026, 4, 6)).ShouldNotBeNull();
        building.People.Closed.ShouldContain(closed => closed.First == building.MissingHoliday);
    }

    private static double Mean(DateTimeOffset[] hours, int hour) =>
        hours.Where(at => at.ToOffset(TimeSpan.FromHours(1)).Hour == hour).Average(Tariff.Dynamic.EuroPerKwh);

    private static SeasonResult Season(string building, string controller, int days) => new SeasonRun(
        Buildings.All.First(known => known.Name == building), Controller.All.First(known => known.Name == controller), days).Go(new Progress<double>());
}
