using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class ZoneLoops
{
    private static readonly ControlSettings Settings = new();
    private static readonly LoopSettings Loop = Of(Settings);
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly Celsius Target = new(19);

    [Theory]
    [InlineData(1.01, 1)]
    [InlineData(5, 1)]
    [InlineData(-1.01, 0)]
    [InlineData(-5, 0)]
    public void Far_from_its_setpoint_a_zone_is_simply_on_or_off(double error, double duty) => Step(ZoneMemory.New, error).PulseDuty.ShouldBe(duty);

    [Theory]
    [InlineData(0, 0.15)]
    [InlineData(0.3, 0.3)]
    [InlineData(0.9, 0.4)]
    public void It_comes_back_from_afar_with_a_share_that_is_usual(double integral, double after)
    {
        var before = ZoneMemory.New with { Integral = integral };
        Step(before, 3).Integral.ShouldBe(after);
        Step(before, -3).Integral.ShouldBe(after);
    }

    [Theory]
    [InlineData(0.25, 0.5, 0.5, 0.25 + 0.5 * 0.5 / 6)]     // 0.5/K · 0.5 K + 0.25 = 0.5; the integral grows by Kp·e·Tc/Ti = 0.25/6
    [InlineData(0.25, 0, 0.25, 0.25)]
    [InlineData(0.4, -0.5, 0.15, 0.4 - 0.5 * 0.5 / 6)]
    [InlineData(0.6, 1, 1, 0.6)]                           // saturated and still driven into it: no wind-up
    [InlineData(0.3, -1, 0, 0.3)]
    [InlineData(0.05, -0.1, 0, 0.05)]
    [InlineData(0.89, 0.2, 1, 0.9)]                        // the integral never exceeds 0.9
    [InlineData(0.01, -0.019, 0, 0.01 - 0.5 * 0.019 / 6)]
    public void Near_it_the_loop_is_proportional_and_integral(double integral, double error, double duty, double after)
    {
        var next = Step(ZoneMemory.New with { Integral = integral }, error);
        next.PulseDuty.ShouldBe(duty, 1e-9);
        next.Integral.ShouldBe(after, 1e-9);
        next.PulseStart.ShouldBe(Start);
    }

    [Theory]
    [InlineData(0.079, 0)]
    [InlineData(0.081, 0.081)]
    [InlineData(0.919, 0.919)]
    [InlineData(0.921, 1)]
    public void Pulses_too_short_for_a_valve_are_none_and_pauses_too_short_are_none(double wish, double duty) =>
        Step(ZoneMemory.New with { Integral = wish }, 0).PulseDuty.ShouldBe(duty, 1e-12);

    [Fact]
    public void A_pulse_once_begun_is_finished_whatever_the_room_does_near_its_setpoint()
    {
        var begun = Step(ZoneMemory.New with { Integral = 0.3 }, 0.2);
        for (var minute = 1; minute < 30; minute++)
            Step(begun, 0.9 - 0.06 * minute, minute).ShouldBe(begun);
        Step(begun, 0.2, 30).ShouldNotBe(begun);
    }

    [Fact]
    public void The_integral_grows_once_per_cycle_however_often_the_loop_runs()
    {
        var memory = ZoneMemory.New with { Integral = 0.2 };
        for (var seconds = 0; seconds < 3600; seconds += 10)
            memory = ZoneLoop.Step(Loop, Start.AddSeconds(seconds), memory, Target, new Celsius(18.6), WarmUp.Holding);
        memory.Integral.ShouldBe(0.2 + 2 * 0.5 * 0.4 / 6, 1e-9);
    }

    [Fact]
    public void Warming_up_heats_fully_until_a_quarter_kelvin_below_the_setpoint()
    {
        ZoneLoop.Step(Loop, Start, ZoneMemory.New, Target, new Celsius(18.74), WarmUp.Climbing).PulseDuty.ShouldBe(1);
        ZoneLoop.Step(Loop, Start, ZoneMemory.New, Target, new Celsius(18.76), WarmUp.Climbing).PulseDuty.ShouldBe(0.15 + 0.5 * 0.24, 1e-9);
    }

    [Fact]
    public void The_open_phase_comes_first_and_lasts_its_share()
    {
        var open = Enumerable.Range(0, 60).Select(minute => ZoneLoop.OpenNow(Loop, Start.AddMinutes(minute), 0.4)).ToArray();
        open.ShouldBe([.. Enumerable.Repeat(1.0, 12), .. Enumerable.Repeat(0.0, 18), .. Enumerable.Repeat(1.0, 12), .. Enumerable.Repeat(0.0, 18)]);
        ZoneLoop.OpenNow(Loop, Start.AddMinutes(29.9), 1).ShouldBe(1);
        ZoneLoop.OpenNow(Loop, Start, 0).ShouldBe(0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(30)]
    public void All_zones_and_every_restart_share_the_same_cycles(int minutes)
    {
        var settings = Settings with { PulseCycle = TimeSpan.FromMinutes(minutes) };
        var starts = new HashSet<DateTimeOffset>();
        for (var offset = 0; offset < 24 * 60; offset += 7)
        {
            // A restart in the middle of a cycle: nothing is remembered, but the cycle is the one of everybody else.
            var at = Start.AddMinutes(offset).ToOffset(TimeSpan.FromHours(offset % 3));
            var begun = ZoneLoop.Step(Of(settings), at, ZoneMemory.New with { Integral = 0.5 }, Target, Target, WarmUp.Holding).PulseStart;
            (at - begun).ShouldBeInRange(TimeSpan.Zero, settings.PulseCycle - TimeSpan.FromTicks(1));
            starts.Add(begun);
        }

        foreach (var start in starts) (start.UtcTicks % settings.PulseCycle.Ticks).ShouldBe(0);
    }

    [Fact]
    public void Duty_and_integral_stay_shares_for_any_room_and_any_past() => Law.Holds(chance =>
    {
        var settings = Settings with { Gain = 0.1 + 2 * chance.NextDouble(), IntegralTime = TimeSpan.FromMinutes(chance.Next(10, 1440)), PulseCycle = TimeSpan.FromMinutes(chance.Next(5, 120)) };
        var memory = ZoneMemory.New with { Integral = chance.NextDouble(), PulseDuty = chance.NextDouble() };
        var at = Start;
        for (var i = 0; i < 50; i++)
        {
            at += TimeSpan.FromMinutes(chance.Next(1, 60));
            memory = ZoneLoop.Step(Of(settings), at, memory, Target, new Celsius(19 + 6 * (chance.NextDouble() - 0.5)), chance.Next(2) == 0 ? WarmUp.Holding : WarmUp.Climbing);
            memory.PulseDuty.ShouldBeInRange(0, 1);
            memory.Integral.ShouldBeInRange(0, 1);
        }
    }, cases: 500);

    private static LoopSettings Of(ControlSettings settings) => new(new LoopTuning(settings.Gain, settings.IntegralTime), settings.PulseCycle);

    private static ZoneMemory Step(ZoneMemory before, double error, double minute = 0) =>
        ZoneLoop.Step(Loop, Start.AddMinutes(minute), before, Target, Target - error.Kelvin, WarmUp.Holding);
}
