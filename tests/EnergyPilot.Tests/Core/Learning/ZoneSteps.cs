using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class ZoneSteps
{
    // Figures of the design study for the prior.
    [Theory]
    [InlineData(20, 20, 19, 0, 18.619, 19.597, 18.796)]
    [InlineData(16, 16, 16, 0.6, 18.173, 16.356, 15.801)]
    public void One_hour_at_five_degrees(double air, double fast, double deep, double emission, double airAfter, double fastAfter, double deepAfter)
    {
        var after = ZoneModel.Prior.Step(new ZoneState(air, fast, deep), new ZoneDrive { Outdoor = 5, Emission = emission }, 1);
        after.Air.ShouldBe(airAfter, 5e-4);
        after.Fast.ShouldBe(fastAfter, 5e-4);
        after.Deep.ShouldBe(deepAfter, 5e-4);
    }

    [Fact]
    public void It_agrees_with_a_slow_and_exact_solution() => Law.Holds(chance =>
    {
        var (model, state, drive) = (RandomZone.Of(chance, 2), RandomZone.State(chance), RandomZone.Drive(chance));
        var (fast, slow) = (state, state);
        for (var i = 0; i < 8; i++)
        {
            fast = model.Step(fast, drive, 0.25);
            slow = SlowZone.After(model, slow, drive, 0.25);
        }

        // The error of the midpoint rule is that of a step of 5 min; a quarter of a kelvin only where the air follows within minutes.
        var tolerance = 0.02 + 0.002 * Math.Pow(model.AirToFast + model.AirToOutdoor, 2) * (1 + model.Heating / 20);
        fast.Air.ShouldBe(slow.Air, tolerance);
        fast.Fast.ShouldBe(slow.Fast, tolerance);
        fast.Deep.ShouldBe(slow.Deep, tolerance);
    }, cases: 300);

    [Fact]
    public void Without_heat_no_temperature_leaves_those_that_were_there() => Law.Holds(chance =>
    {
        var (model, state) = (RandomZone.Of(chance), RandomZone.State(chance));
        var outdoor = -20 + 50 * chance.NextDouble();
        var low = Math.Min(Math.Min(state.Air, state.Fast), Math.Min(state.Deep, outdoor)) - 1e-9;
        var high = Math.Max(Math.Max(state.Air, state.Fast), Math.Max(state.Deep, outdoor)) + 1e-9;
        for (var i = 0; i < 20; i++)
        {
            state = model.Step(state, new ZoneDrive { Outdoor = outdoor }, 1.5 * chance.NextDouble());
            state.Air.ShouldBeInRange(low, high);
            state.Fast.ShouldBeInRange(low, high);
            state.Deep.ShouldBeInRange(low, high);
        }
    });

    [Fact]
    public void More_heat_is_never_colder() => Law.Holds(chance =>
    {
        var (model, state, drive) = (RandomZone.Of(chance), RandomZone.State(chance), RandomZone.Drive(chance));
        var warmer = drive with { Emission = drive.Emission + chance.NextDouble(), People = 1, SunWest = drive.SunWest + chance.NextDouble() };
        var (less, more) = (state, state);
        for (var i = 0; i < 20; i++)
        {
            (less, more) = (model.Step(less, drive, 0.25), model.Step(more, warmer, 0.25));
            more.Air.ShouldBeGreaterThanOrEqualTo(less.Air);
            more.Fast.ShouldBeGreaterThanOrEqualTo(less.Fast);
            more.Deep.ShouldBeGreaterThanOrEqualTo(less.Deep);
        }
    });

    [Fact]
    public void However_silly_the_figures_are_they_stay_numbers() => Law.Holds(chance =>
    {
        var model = RandomZone.Of(chance);
        var silly = Math.Pow(10, 9 * chance.NextDouble());
        var state = model.Step(new ZoneState(silly, -silly, 0), new ZoneDrive(-silly, silly, 0, silly, 0, 1, -silly), 40 * chance.NextDouble());
        double.IsFinite(state.Air + state.Fast + state.Deep).ShouldBeTrue();
    });

    [Fact]
    public void The_map_of_a_step_is_the_step() => Law.Holds(chance =>
    {
        var (model, state, drive, hours) = (RandomZone.Of(chance), RandomZone.State(chance), RandomZone.Drive(chance), 0.01 + chance.NextDouble());
        var direct = model.Step(state, drive, hours);
        var mapped = ZoneTransition.Of(model, hours).Apply(state, drive.Outdoor, model.Heat(drive));
        mapped.Air.ShouldBe(direct.Air, 1e-9);
        mapped.Fast.ShouldBe(direct.Fast, 1e-9);
        mapped.Deep.ShouldBe(direct.Deep, 1e-9);
    });

    [Fact]
    public void The_steady_rise_is_where_a_zone_settles() => Law.Holds(chance =>
    {
        var model = RandomZone.Of(chance, 1);
        var state = new ZoneState(10, 10, 10);
        for (var i = 0; i < 3000; i++) state = model.Step(state, new ZoneDrive { Disturbance = 1 }, 1);
        state.Air.ShouldBe(model.SteadyRise, 1e-3 * model.SteadyRise);
    }, cases: 50);

    [Fact]
    public void Nothing_is_allocated()
    {
        var state = new ZoneState(20, 20, 19);
        state = ZoneModel.Prior.Step(state, default, 0.25);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) state = ZoneModel.Prior.Step(state, new ZoneDrive { Outdoor = i % 10 }, 0.25);
        var after = GC.GetAllocatedBytesForCurrentThread();
        after.ShouldBe(before);
        state.Air.ShouldBeInRange(0, 20);
    }
}
