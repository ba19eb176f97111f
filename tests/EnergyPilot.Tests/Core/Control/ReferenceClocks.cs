using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class ReferenceClocks
{
    // Hours of 2026 on the school's clocks; 2026-11-03 is a Tuesday, 2026-12-25 a Friday in the holidays.
    [Theory]
    [InlineData("2026-11-03T04:59:59+01:00", Mode.Reduced, 16)]
    [InlineData("2026-11-03T05:00:00+01:00", Mode.Comfort, 19)]
    [InlineData("2026-11-03T17:59:59+01:00", Mode.Comfort, 19)]
    [InlineData("2026-11-03T18:00:00+01:00", Mode.Reduced, 16)]
    [InlineData("2026-11-07T10:00:00+01:00", Mode.Reduced, 16)]
    [InlineData("2026-11-08T10:00:00+01:00", Mode.Reduced, 16)]
    [InlineData("2026-12-25T10:00:00+01:00", Mode.Comfort, 19)]
    [InlineData("2026-06-03T05:00:00+02:00", Mode.Comfort, 19)]
    public void It_heats_from_5_to_18_on_weekdays_and_knows_no_holidays(string at, Mode mode, double setpoint)
    {
        var target = Decide(19, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Memory.Empty).Target(DemoWorld.Cp);
        (target.Mode, target.Setpoint.Degrees, target.Reason.Code).ShouldBe((mode, setpoint, ReasonCode.ReferenceClock));
    }

    [Theory]
    [InlineData("2026-11-03T04:00:00+01:00", "2026-11-03T05:00:00+01:00")]
    [InlineData("2026-11-03T05:00:00+01:00", "2026-11-03T18:00:00+01:00")]
    [InlineData("2026-11-03T18:00:00+01:00", "2026-11-04T05:00:00+01:00")]
    [InlineData("2026-11-06T18:00:00+01:00", "2026-11-09T05:00:00+01:00")]
    [InlineData("2026-11-07T04:00:00+01:00", "2026-11-09T05:00:00+01:00")]
    [InlineData("2026-11-08T20:00:00+01:00", "2026-11-09T05:00:00+01:00")]
    public void It_says_when_it_will_change(string at, string change) =>
        Decide(19, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Memory.Empty).Target(DemoWorld.Cp).NextChange
            .ShouldBe(DateTimeOffset.Parse(change, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Its_thermostats_switch_three_tenths_of_a_kelvin_around_the_setpoint()
    {
        var memory = Memory.Empty;
        var at = DemoWorld.Tuesday.AddHours(9);
        foreach (var (room, heat) in (ReadOnlySpan<(double, double)>)[(19.2, 0), (18.8, 0), (18.69, 1), (19.2, 1), (19.31, 0), (18.8, 0)])
        {
            var decision = Decide(room, at, memory);
            decision.Demand(DemoWorld.Cp).Heat.Value.ShouldBe(heat, $"{room} °C");
            decision.Supplies[0].Setpoint.ShouldBe(heat > 0 ? new(70) : new(25));
            (memory, at) = (decision.Memory, at.AddMinutes(10));
        }
    }

    [Fact]
    public void A_thermostat_that_cannot_see_heats() => Decide(double.NaN, DemoWorld.Tuesday.AddHours(9), Memory.Empty).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);

    [Fact]
    public void It_never_throws_and_never_says_what_is_no_number() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        var at = RandomWorld.At(chance);
        var decision = ReferenceClock.Decide(site, RandomWorld.Snapshot(chance, site, at), RandomWorld.Memory(chance, site, at));
        foreach (var output in decision.Outputs) site.Points[output.Point].Type.Range.Contains(output.Value).ShouldBeTrue(output.ToString());
        decision.Alarms.SelectMany(a => a.Reason.Facts).ShouldAllBe(f => double.IsFinite(f.Number));
        decision.Commands.SelectMany(c => c.Reason.Facts).ShouldAllBe(f => double.IsFinite(f.Number));
    });

    private static Decision Decide(double room, DateTimeOffset at, Memory memory) =>
        ReferenceClock.Decide(DemoWorld.Site, new DemoWorld(rooms: 22, outdoor: 5) { [DemoWorld.Cp] = room }.At(at), memory);
}
