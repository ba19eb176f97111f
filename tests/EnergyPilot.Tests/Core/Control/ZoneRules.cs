using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class ZoneRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9), Night = DemoWorld.Tuesday.AddHours(21);

    // Too far from Monday for any warm-up.
    private static readonly DateTimeOffset FridayNight = DemoWorld.Tuesday.AddDays(3).AddHours(21);

    [Fact]
    public void An_open_window_pauses_a_room_in_use_for_half_an_hour_at_most()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5) { [DemoWorld.Window] = 1 };
        var opened = world.Decide(Lesson);
        opened.Demand(DemoWorld.Cp).ShouldSatisfyAllConditions(d => d.Heat.ShouldBe(Share.None), d => d.Reason.Code.ShouldBe(ReasonCode.WindowOpen));
        world.Run(Lesson, TimeSpan.FromMinutes(29), Memory.Empty).Demand(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.WindowOpen);
        world.Run(Lesson, TimeSpan.FromMinutes(30), Memory.Empty).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
    }

    [Fact]
    public void A_shut_window_ends_the_pause_at_once()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5) { [DemoWorld.Window] = 1 };
        var memory = world.Run(Lesson, TimeSpan.FromMinutes(5), Memory.Empty).Memory;
        world[DemoWorld.Window] = 0;
        world.Decide(Lesson.AddMinutes(6), memory).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
    }

    [Fact]
    public void A_window_open_at_night_pauses_an_empty_room_until_it_comes_near_its_frost_limit()
    {
        var world = new DemoWorld(rooms: 12, outdoor: 14) { [DemoWorld.Window] = 1 };
        var night = world.Run(FridayNight, TimeSpan.FromHours(2), Memory.Empty);
        night.Target(DemoWorld.Cp).Mode.ShouldBe(Mode.Absence);
        night.Demand(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.WindowOpen);
        world[DemoWorld.Cp] = 8.01;
        world.Decide(FridayNight.AddHours(2), night.Memory).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.None);
        world[DemoWorld.Cp] = 7.99;
        world.Decide(FridayNight.AddHours(2), night.Memory).Demand(DemoWorld.Cp).Heat.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Who_stays_after_hours_and_asks_for_warmth_is_not_left_cold_by_a_window_contact()
    {
        var world = new DemoWorld(rooms: 14, outdoor: 5) { [DemoWorld.Window] = 1 };
        world.Wishes.Add(Wish(19, Night, Night.AddHours(4)));
        world.Run(Night, TimeSpan.FromMinutes(29), Memory.Empty).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.None);
        world.Run(Night, TimeSpan.FromMinutes(30), Memory.Empty).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
    }

    [Fact]
    public void A_window_left_open_is_an_alarm_after_half_an_hour_and_keeps_its_beginning()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5) { [DemoWorld.Window] = 1 };
        world.Run(Lesson, TimeSpan.FromMinutes(29), Memory.Empty).Alarm(ReasonCode.WindowLeftOpen).ShouldBeNull();
        foreach (var minutes in (int[])[30, 60])
            world.Run(Lesson, TimeSpan.FromMinutes(minutes), Memory.Empty).Alarm(ReasonCode.WindowLeftOpen)
                .ShouldNotBeNull().ShouldSatisfyAllConditions(a => a.Since.ShouldBe(Lesson), a => a.Subject.ShouldBe("cp"));
    }

    [Theory]
    [InlineData(15.1, SummerState.Heating, SummerState.Resting)]
    [InlineData(14.9, SummerState.Heating, SummerState.Heating)]
    [InlineData(14.9, SummerState.Resting, SummerState.Resting)]
    [InlineData(13.1, SummerState.Resting, SummerState.Resting)]
    [InlineData(12.9, SummerState.Resting, SummerState.Heating)]
    public void Heating_rests_above_15_degrees_and_wakes_below_13(double outdoor, SummerState before, SummerState after)
    {
        var memory = Memory.Empty with { At = Lesson, OutdoorDay = outdoor, OutdoorFiltered = outdoor, Resting = before };
        var decision = new DemoWorld(rooms: 17, outdoor).Decide(Lesson, memory);
        decision.Memory.Resting.ShouldBe(after);
        decision.Demand(DemoWorld.Cp).Heat.Value.ShouldBe(after == SummerState.Resting ? 0 : 1);
        decision.Demand(DemoWorld.Cp).Reason.Code.ShouldBe(after == SummerState.Resting ? ReasonCode.SummerRest : ReasonCode.FarBelowTarget);
    }

    [Fact]
    public void Summer_rest_neither_stops_a_wish_by_hand_nor_frost_protection()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 20) { [DemoWorld.Library] = 5.5 };
        world.Wishes.Add(Wish(21, Lesson, Lesson.AddHours(1)));
        var decision = world.Decide(Lesson);
        decision.Memory.Resting.ShouldBe(SummerState.Resting);
        decision.Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
        decision.Output(DemoWorld.Library.Points.Valve[0]).ShouldSatisfyAllConditions(o => o.Value.ShouldBe(1), o => o.Priority.ShouldBe(Priority.LifeSafety));
        decision.Output(DemoWorld.Release).Priority.ShouldBe(Priority.LifeSafety);
        decision.Output(DemoWorld.Site.Circuits[0].Pump[0]).ShouldSatisfyAllConditions(o => o.Value.ShouldBe(1), o => o.Priority.ShouldBe(Priority.LifeSafety));
    }

    [Fact]
    public void A_summer_rest_ends_when_nobody_can_see_the_weather_any_more()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 20);
        var summer = world.Decide(Lesson);
        world[DemoWorld.Site.Outdoor[0]] = double.NaN;
        world.Run(Lesson, TimeSpan.FromMinutes(30), summer.Memory).Memory.Resting.ShouldBe(SummerState.Resting);
        var blind = world.Run(Lesson, TimeSpan.FromHours(24), summer.Memory);
        blind.Memory.Resting.ShouldBe(SummerState.Heating);
        blind.Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
    }

    [Fact]
    public void A_lost_outdoor_sensor_does_not_make_a_cold_day_warmer()
    {
        var world = new DemoWorld(rooms: 17, outdoor: -8);
        var cold = world.Decide(Lesson);
        world[DemoWorld.Site.Outdoor[0]] = double.NaN;
        world.Run(Lesson, TimeSpan.FromHours(12), cold.Memory).Memory.OutdoorFiltered.ShouldBe(-8, 1e-9);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(double.MaxValue)]
    [InlineData(double.NaN)]
    public void A_weather_that_cannot_have_been_is_forgotten(double remembered)
    {
        var memory = Memory.Empty with { At = Lesson, OutdoorDay = remembered, OutdoorFiltered = remembered };
        var decision = new DemoWorld(rooms: 17, outdoor: 3).Decide(Lesson.AddSeconds(10), memory);
        (decision.Memory.OutdoorFiltered, decision.Memory.OutdoorDay).ShouldBe((3, 3));
    }

    [Fact]
    public void Frost_takes_a_zone_below_6_degrees_and_lets_it_go_a_kelvin_and_a_half_higher()
    {
        var world = new DemoWorld(rooms: 20, outdoor: 4);
        var memory = Memory.Empty;
        foreach (var (room, frost) in (ReadOnlySpan<(double, FrostState)>)[(6.1, FrostState.Safe), (5.9, FrostState.Protecting), (7.4, FrostState.Protecting), (7.5, FrostState.Safe), (6.1, FrostState.Safe)])
        {
            world[DemoWorld.Cp] = room;
            var decision = world.Decide(Night, memory);
            decision.Memory.Zones[DemoWorld.Cp.Id].Frost.ShouldBe(frost, $"{room} °C");
            (decision.Alarm(ReasonCode.ZoneFreezing) is { Severity: Severity.Critical }).ShouldBe(frost == FrostState.Protecting);
            memory = decision.Memory;
        }
    }

    [Fact]
    public void A_freezing_zone_whose_sensor_dies_keeps_some_warm_water()
    {
        var world = new DemoWorld(rooms: 20, outdoor: 4) { [DemoWorld.Cp] = 5 };
        var freezing = world.Decide(FridayNight);
        world[DemoWorld.Cp] = double.NaN;
        var blind = world.Decide(FridayNight.AddMinutes(1), freezing.Memory);
        blind.Demand(DemoWorld.Cp).Heat.Value.ShouldBe(0.2);
        blind.Output(DemoWorld.Release).Value.ShouldBe(1);
        blind.Alarm(ReasonCode.ZoneFreezing).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(22, 0.8)]
    [InlineData(14, 0.3)]
    [InlineData(8, 0)]
    public void A_wish_for_a_blind_zone_counts_even_when_the_others_rest(double wish, double heat)
    {
        var world = new DemoWorld(rooms: 20, outdoor: 10) { [DemoWorld.Cp] = double.NaN };
        world.Wishes.Add(Wish(wish, Night, Night.AddHours(1)));
        world.Decide(Night).Demand(DemoWorld.Cp).ShouldSatisfyAllConditions(d => d.Heat.Value.ShouldBe(heat), d => d.Reason.Code.ShouldBe(ReasonCode.BlindFollowsWeather));
    }

    [Theory]
    [InlineData(61, ReasonCode.BlindFollowsOthers)]
    [InlineData(-31, ReasonCode.BlindFollowsOthers)]
    [InlineData(59, ReasonCode.TooWarm)]
    public void A_room_of_61_degrees_is_a_broken_sensor(double says, ReasonCode reason)
    {
        var world = new DemoWorld(rooms: 15, outdoor: 5) { [DemoWorld.Cp] = says };
        var decision = world.Run(Lesson, TimeSpan.FromMinutes(3), Memory.Empty);
        decision.Demand(DemoWorld.Cp).Reason.Code.ShouldBe(reason);
        (decision.Alarm(ReasonCode.SensorImplausible) is not null).ShouldBe(reason != ReasonCode.TooWarm);
    }

    [Fact]
    public void A_warm_up_begins_when_its_lead_says_so_and_is_not_given_up()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5);
        var use = DemoWorld.Tuesday.AddDays(1).AddHours(8.5);
        var supply = DemoWorld.Site.Circuits[0].Curve.Supply(new(5), new(19)).Degrees + DemoWorld.Site.Circuits[0].Curve.Boost.Difference;
        var lead = OptimalStart.Of(ZoneModel.Prior, new ZoneState(17, 17, 17), 5, Math.Min(supply, 75), 19, EmitterResponse.Radiators).Lead;
        lead.TotalHours.ShouldBeInRange(1, 8);

        world.Decide(use - lead - TimeSpan.FromMinutes(1)).Target(DemoWorld.Cp).Mode.ShouldBe(Mode.Reduced);
        var begun = world.Decide(use - lead);
        begun.Target(DemoWorld.Cp).ShouldSatisfyAllConditions(t => t.Reason.Code.ShouldBe(ReasonCode.WarmingUp), t => t.Setpoint.ShouldBe(new(19)), t => t.NextChange.ShouldBe(use));
        world[DemoWorld.Cp] = 21;
        world.Decide(use - lead + TimeSpan.FromMinutes(6), begun.Memory).Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.WarmingUp);
        world.Decide(use - lead + TimeSpan.FromMinutes(6)).Target(DemoWorld.Cp).Mode.ShouldBe(Mode.Reduced);
    }

    [Fact]
    public void Of_two_wishes_the_newest_counts_and_each_ends_at_its_end()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5);
        world.Wishes.AddRange([Wish(20, Night.AddHours(-1), Night.AddHours(3)), Wish(21, Night, Night.AddHours(1)) with { Id = 2 }]);
        world.Decide(Night).Target(DemoWorld.Cp).Setpoint.ShouldBe(new(21));
        world.Decide(Night.AddHours(1)).Target(DemoWorld.Cp).Setpoint.ShouldBe(new(20));
        world.Decide(Night.AddHours(3)).Target(DemoWorld.Cp).Priority.ShouldBe(Priority.Schedule);
    }

    [Theory]
    [InlineData(40, 22)]
    [InlineData(-40, 5)]
    public void A_wish_is_held_within_the_limits_of_the_school(double wish, double setpoint)
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5);
        world.Wishes.Add(Wish(wish, Night, Night.AddHours(1)));
        world.Decide(Night).Target(DemoWorld.Cp).Setpoint.Degrees.ShouldBe(setpoint);
    }

    private static Override Wish(double setpoint, DateTimeOffset from, DateTimeOffset until) => new(1, DemoWorld.Cp.Id, new(setpoint), "directrice", from, until, "");
}
