using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What is done with valves: their weekly exercise, and how often they move.</summary>
public sealed class StandingStillRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9), MondayNoon = DemoWorld.Tuesday.AddDays(6).AddHours(12);
    private static readonly Zone Second = DemoWorld.Site.Zones[1];

    [Theory]
    [InlineData(2, 8, 0, 1)]
    [InlineData(-1, 8, 0, 0)]
    [InlineData(5, 8, 0, 0)]
    [InlineData(2, 6.9, 0, 0)]
    [InlineData(2, 8, 1, 0)]
    public void A_valve_that_has_not_moved_for_a_week_is_driven_open_on_monday_noon_while_no_heat_is_made(double minute, double daysStill, double released, double position)
    {
        var at = MondayNoon.AddMinutes(minute);
        var output = Decided(at, daysStill, released).Output(DemoWorld.Valve);
        output.Value.ShouldBe(position);
        if (position > 0) output.Reason.Code.ShouldBe(ReasonCode.Exercised);
    }

    [Fact]
    public void Another_day_s_noon_moves_nothing() => Decided(MondayNoon.AddDays(1).AddMinutes(2), 8, 0).Output(DemoWorld.Valve).Value.ShouldBe(0);

    [Fact]
    public void Valves_are_exercised_one_after_another()
    {
        Decided(MondayNoon.AddMinutes(2), 8, 0).Output(Second.Points.Valve[0]).Value.ShouldBe(0);
        Decided(MondayNoon.AddMinutes(7), 8, 0).Output(Second.Points.Valve[0]).Value.ShouldBe(1);
        Decided(MondayNoon.AddMinutes(7), 8, 0).Output(DemoWorld.Valve).Value.ShouldBe(0);
    }

    [Theory]
    [InlineData(Emitter.Radiators, 4)]
    [InlineData(Emitter.Electric, 8)]
    [InlineData(Emitter.Floor, 2)]
    public void Radiators_are_pulsed_every_half_hour_panels_twice_and_floors_half_as_often(Emitter emitter, int pulses)
    {
        var site = DemoWorld.Site with { Circuits = [.. DemoWorld.Site.Circuits.Select(c => c with { Emitter = emitter })] };
        var world = new DemoWorld(rooms: 18.7, outdoor: 5);
        var (memory, before, openings) = (Memory.Empty, 1.0, 0);
        for (var minute = -60; minute < 120; minute++)
        {
            var decision = Pilot.Decide(site, world.At(Lesson.AddMinutes(minute)), memory);
            var value = decision.Output(DemoWorld.Valve).Value;
            if (minute >= 0 && value > before) openings++;
            (memory, before) = (decision.Memory, value);
        }

        openings.ShouldBe(pulses);
    }

    [Fact]
    public void A_room_that_gets_all_it_can_and_stays_far_too_cold_makes_nobodys_water_hotter_and_is_reported()
    {
        var hopeless = new DemoWorld(rooms: 19.5, outdoor: 5) { [DemoWorld.Cp] = 16 }.Run(Lesson.AddHours(-1), TimeSpan.FromHours(4), Memory.Empty);

        hopeless.Demand(DemoWorld.Cp).Heat.Value.ShouldBe(1);
        hopeless.Memory.Circuits.Values.ShouldAllBe(c => c.Trim.Offset <= 0);
        hopeless.Alarms.ShouldContain(a => a.Reason.Code == ReasonCode.ZoneCold && a.Subject == "cp");
    }

    private static Decision Decided(DateTimeOffset at, double daysStill, double released) => new DemoWorld(rooms: 22, outdoor: 10).Decide(at, Memory.Empty with
    {
        At = at.AddSeconds(-10),
        Boiler = BoilerMemory.Start with { Released = released, Since = at.AddMinutes(-1) },
        Zones = DemoWorld.Site.Zones.ToDictionary(z => z.Id, _ => ZoneMemory.New with { Valve = 0, ValveSince = at.AddDays(-daysStill) }),
    });
}
