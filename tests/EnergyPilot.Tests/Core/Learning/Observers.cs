using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class Observers
{
    private static readonly DateTimeOffset At = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly ObserverState Before = new(At, new ZoneState(19, 18.5, 18), 0.4);
    private static readonly ZoneDrive Cold = new() { Outdoor = 5, Emission = 0.3 };
    private static readonly ZoneState Predicted = ZoneModel.Prior.Step(Before.State, Cold, 0.25);

    [Fact]
    public void An_error_is_shared_out_by_the_gains()
    {
        var after = Next(Predicted.Air + 1);
        after.At.ShouldBe(At.AddMinutes(15));
        Close(after.State, new ZoneState(Predicted.Air + 0.6, Predicted.Fast + 0.15, Predicted.Deep + 0.03));
        after.Disturbance.ShouldBe(0.9 * 0.4 + 0.3, 1e-12);
    }

    [Fact]
    public void An_open_window_moves_the_air_and_teaches_nothing()
    {
        var after = Next(12, QuarterWorth.WindowOpen);
        Close(after.State, Predicted with { Air = 12 });
        after.Disturbance.ShouldBe(0.4);
    }

    [Fact]
    public void Heat_that_did_not_come_is_no_disturbance()
    {
        var after = Next(Predicted.Air - 1, QuarterWorth.Untrusted);
        after.State.Air.ShouldBe(Predicted.Air - 0.6, 1e-12);
        after.Disturbance.ShouldBe(0.36, 1e-12);
    }

    [Fact]
    public void Without_a_sensor_it_predicts_and_without_weather_it_believes_the_sensor()
    {
        Close(Next(double.NaN).State, Predicted);
        var blind = Observer.Next(ZoneModel.Prior, Before, new Quarter(At.AddMinutes(15), 17, Cold with { Outdoor = double.NaN }, QuarterWorth.Good));
        Close(blind.State, Before.State with { Air = 17 });
    }

    [Fact]
    public void A_spike_of_the_sensor_does_not_warm_the_walls() => Close(Next(190).State, new ZoneState(Predicted.Air + 1.8, Predicted.Fast + 0.45, Predicted.Deep + 0.09));

    [Fact]
    public void After_a_short_gap_the_walls_are_remembered_and_after_a_day_or_a_wrong_clock_not()
    {
        Close(Later(180).State, new ZoneState(16, 18.5, 18));
        Close(Later(1500).State, new ZoneState(16, 16, 16));
        Close(Later(-15).State, new ZoneState(16, 16, 16));
        Later(-15).At.ShouldBe(At.AddMinutes(-15));

        static ObserverState Later(int minutes) => Observer.Next(ZoneModel.Prior, Before, new Quarter(At.AddMinutes(minutes), 16, Cold, QuarterWorth.Good));
    }

    [Fact]
    public void It_finds_the_masses_and_a_good_half_of_an_unseen_heat() => Law.Holds(chance =>
    {
        var unseen = 2 * chance.NextDouble() - 1;
        var truth = new ZoneState(20, 19, 17);
        var belief = ObserverState.Of(At, 20);
        for (var i = 1; i <= 96 * 4; i++)
        {
            truth = ZoneModel.Prior.Step(truth, Cold with { Disturbance = unseen }, 0.25);
            belief = Observer.Next(ZoneModel.Prior, belief, new Quarter(At.AddMinutes(15 * i), truth.Air, Cold, QuarterWorth.Good));
        }

        belief.State.Air.ShouldBe(truth.Air, 0.5);
        belief.State.Fast.ShouldBe(truth.Fast, 1);
        belief.Disturbance.ShouldBe(0.6 * unseen, 0.15);
    }, cases: 50);

    [Fact]
    public void No_quarter_makes_it_lose_its_numbers() => Law.Holds(chance =>
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e9, 1e9, 0, 20];
        double Any() => odd[chance.Next(odd.Length)];
        var (belief, at) = (Before, At);
        for (var i = 0; i < 30; i++)
        {
            at = at.AddMinutes(chance.Next(4) == 0 ? chance.Next(-3000, 3000) : 15);
            var worth = (QuarterWorth)chance.Next(3);
            belief = Observer.Next(RandomZone.Of(chance), belief, new Quarter(at, Any(), new ZoneDrive(Any(), Any(), Any(), 0, 0, Any(), Any()), worth));
            double.IsFinite(belief.State.Air + belief.State.Fast + belief.State.Deep + belief.Disturbance).ShouldBeTrue();
        }
    });

    private static ObserverState Next(double room, QuarterWorth worth = QuarterWorth.Good) =>
        Observer.Next(ZoneModel.Prior, Before, new Quarter(At.AddMinutes(15), room, Cold, worth));

    private static void Close(ZoneState actual, ZoneState expected)
    {
        actual.Air.ShouldBe(expected.Air, 1e-9);
        actual.Fast.ShouldBe(expected.Fast, 1e-9);
        actual.Deep.ShouldBe(expected.Deep, 1e-9);
    }
}
