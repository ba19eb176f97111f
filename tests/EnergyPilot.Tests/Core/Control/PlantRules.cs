using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class PlantRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9), Night = DemoWorld.Tuesday.AddHours(21);

    // Too far from Monday for any warm-up.
    private static readonly DateTimeOffset FridayNight = Night.AddDays(3);
    private static readonly Circuit Wings = DemoWorld.Site.Circuits[0];

    [Fact]
    public void Zones_that_climb_get_the_curve_with_its_boost_and_the_boiler_a_little_more()
    {
        var decision = new DemoWorld(rooms: 15, outdoor: 5).Decide(Lesson);
        var curve = Wings.Curve.Supply(5.0.Celsius, 19.0.Celsius);
        decision.Supplies[0].ShouldSatisfyAllConditions(s => s.Setpoint.ShouldBe(Celsius.Min(curve + new Kelvin(20), new Celsius(75))), s => s.Reason.Code.ShouldBe(ReasonCode.SupplyBoosted), s => s.Demand.ShouldBe(Share.Full));
        decision.Output(DemoWorld.Site.Boiler.Setpoint[0]).Value.ShouldBe(Math.Min(curve.Degrees + 20, 75) + 3, 0.05);
        decision.Output(DemoWorld.Release).Value.ShouldBe(1);
        decision.Output(Wings.Pump[0]).Value.ShouldBe(1);
    }

    [Fact]
    public void A_school_that_is_warm_enough_rests()
    {
        var decision = new DemoWorld(rooms: 22, outdoor: 5).Decide(Lesson);
        foreach (var output in decision.Outputs) output.Value.ShouldBe(DemoWorld.Site.Boiler.Setpoint.Contains(output.Point) ? 25 : 0, output.ToString());
        decision.Supplies.ShouldAllBe(s => s.Reason.Code == ReasonCode.CircuitRests && s.Demand == Share.None);
    }

    [Fact]
    public void One_small_room_that_is_nearly_warm_is_not_worth_a_burner_start_but_keeps_a_burner_running()
    {
        // 0.5/K · 0.1 K + 0.15 = 0.2 of 5.8 kW is less than a tenth of the smallest burner power, 24 kW.
        var world = new DemoWorld(rooms: 22, outdoor: 5) { [DemoWorld.Cp] = 18.9 };
        var resting = Memory.Empty with { Boiler = BoilerMemory.Start with { Released = 0, Since = Lesson.AddHours(-1) } };
        var running = resting with { Boiler = BoilerMemory.Start with { Released = 1, Since = Lesson.AddHours(-1) } };
        world.Decide(Lesson, resting).Output(DemoWorld.Release).ShouldSatisfyAllConditions(o => o.Value.ShouldBe(0), o => o.Reason.Code.ShouldBe(ReasonCode.NoHeatAskedFor));
        world.Decide(Lesson, running).Output(DemoWorld.Release).Value.ShouldBe(1);
        world[DemoWorld.Cp] = 18.6;
        world.Decide(Lesson, resting).Output(DemoWorld.Release).Value.ShouldBe(1);
    }

    [Fact]
    public void A_blind_room_in_the_cold_is_worth_a_burner_start()
    {
        var world = new DemoWorld(rooms: 22, outdoor: -5) { [DemoWorld.Cp] = double.NaN };
        var resting = Memory.Empty with { Boiler = BoilerMemory.Start with { Released = 0, Since = Night.AddHours(-1) } };
        var decision = world.Decide(Night, resting);
        decision.Demand(DemoWorld.Cp).Heat.Value.ShouldBe(0.2);
        decision.Output(DemoWorld.Valve).Value.ShouldBe(1);
        decision.Output(DemoWorld.Release).Value.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 0, ReasonCode.BoilerMinimumOn, 4.9)]
    [InlineData(0, 1, ReasonCode.BoilerMinimumOff, 9.9)]
    public void A_boiler_keeps_its_minimum_times(double released, double wanted, ReasonCode reason, double minutes)
    {
        var world = new DemoWorld(rooms: wanted > 0 ? 15 : 22, outdoor: 5);
        var memory = Memory.Empty with { Boiler = BoilerMemory.Start with { Released = released, Since = Lesson } };
        world.Decide(Lesson.AddMinutes(minutes), memory).Output(DemoWorld.Release).ShouldSatisfyAllConditions(o => o.Value.ShouldBe(released), o => o.Reason.Code.ShouldBe(reason));
        world.Decide(Lesson.AddMinutes(minutes + 0.1), memory).Output(DemoWorld.Release).Value.ShouldBe(wanted);
    }

    [Fact]
    public void A_pump_runs_on_after_the_last_demand()
    {
        var memory = new DemoWorld(rooms: 18.5, outdoor: 5).Decide(Lesson).Memory;
        var warm = new DemoWorld(rooms: 22, outdoor: 5);
        warm.Decide(Lesson.AddMinutes(4.9), memory).Output(Wings.Pump[0]).ShouldSatisfyAllConditions(o => o.Value.ShouldBe(1), o => o.Reason.Code.ShouldBe(ReasonCode.PumpOverrun));
        warm.Decide(Lesson.AddMinutes(5), memory).Output(Wings.Pump[0]).Value.ShouldBe(0);
    }

    [Theory]
    [InlineData(-3.1, 4, 1)]
    [InlineData(-3.1, 5, 0)]
    [InlineData(-2.9, 4, 0)]
    public void In_hard_frost_the_pumps_run_five_minutes_of_every_hour(double outdoor, int minute, double pump) =>
        new DemoWorld(rooms: 22, outdoor).Decide(Lesson.AddMinutes(minute)).Output(Wings.Pump[0]).Value.ShouldBe(pump);

    [Fact]
    public void Frost_water_is_hot_but_spares_a_floor()
    {
        var floor = DemoWorld.Site with { Circuits = [Wings with { Curve = Wings.Curve with { DesignSupply = new(40), Highest = new(45) } }, .. DemoWorld.Site.Circuits[1..]] };
        var world = new DemoWorld(rooms: 20, outdoor: 4) { [DemoWorld.Cp] = 5 };
        world.Decide(FridayNight).Supplies[0].ShouldSatisfyAllConditions(s => s.Setpoint.ShouldBe(new(60)), s => s.Reason.Code.ShouldBe(ReasonCode.SupplyForFrost));
        Pilot.Decide(floor, world.At(FridayNight), Memory.Empty).Supplies[0].Setpoint.ShouldBe(new(45));
    }

    [Fact]
    public void A_mixing_valve_opens_on_cold_supply_closes_on_hot_and_gives_boiler_water_when_blind()
    {
        var world = new DemoWorld(rooms: 15, outdoor: 5) { [Wings.Supply[0]] = 30 };
        var cold = world.Decide(Lesson).Output(Wings.MixingValve[0]).Value;
        world[Wings.Supply[0]] = 75;
        var hot = world.Decide(Lesson).Output(Wings.MixingValve[0]).Value;
        world[Wings.Supply[0]] = double.NaN;
        (cold, world.Decide(Lesson).Output(Wings.MixingValve[0]).Value).ShouldBe((100, 100));
        hot.ShouldBeLessThan(50);
    }

    [Fact]
    public void Valves_without_positions_are_held_though_a_valve_with_positions_moves_in_the_same_zone()
    {
        var gym = DemoWorld.Gym with { Points = DemoWorld.Gym.Points with { Valve = [DemoWorld.Gym.Points.Valve[0], DemoWorld.Valve] } };
        var site = DemoWorld.Site with { Zones = [gym] };
        var memory = Memory.Empty;
        var world = new DemoWorld(rooms: 22, outdoor: 5);
        for (var minute = 0; minute <= 60; minute++)
        {
            world[gym] = 18 - (minute % 3);
            memory = Pilot.Decide(site, world.At(Lesson.AddMinutes(minute)), memory).Memory;
        }

        world[gym] = 20.9;
        var warm = Pilot.Decide(site, world.At(Lesson.AddMinutes(64)), memory);
        warm.Output(DemoWorld.Valve).Value.ShouldBe(0);
        memory.Zones[gym.Id].Valve.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_boiler_that_is_released_and_stays_cold_is_an_alarm_after_its_patience()
    {
        var world = new DemoWorld(rooms: 15, outdoor: 5);
        foreach (var sensor in DemoWorld.Site.Boiler.Supply) world[sensor] = 20;
        world.Run(Lesson, TimeSpan.FromMinutes(19), Memory.Empty).Alarm(ReasonCode.BoilerNotStarting).ShouldBeNull();
        world.Run(Lesson, TimeSpan.FromMinutes(20), Memory.Empty).Alarm(ReasonCode.BoilerNotStarting).ShouldNotBeNull().Since.ShouldBe(Lesson);
    }

    [Fact]
    public void Trouble_becomes_an_alarm_once_it_has_lasted()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 5) { [DemoWorld.Site.Outdoor[0]] = double.NaN, [DemoWorld.Library] = double.NaN, [DemoWorld.Site.Meters[0].Index] = double.NaN };
        var short1 = world.Run(Lesson, TimeSpan.FromMinutes(1), Memory.Empty);
        var long2 = world.Run(Lesson, TimeSpan.FromMinutes(2), Memory.Empty);
        foreach (var code in (ReasonCode[])[ReasonCode.OutdoorLost, ReasonCode.SensorLost, ReasonCode.MeterSilent])
        {
            short1.Alarm(code).ShouldBeNull();
            long2.Alarm(code).ShouldNotBeNull().Since.ShouldBe(Lesson);
        }

        world.Run(Lesson, TimeSpan.FromMinutes(59), Memory.Empty).Alarms.ShouldNotContain(a => a.Reason.Code == ReasonCode.ZoneCold);
        world.Run(Lesson, TimeSpan.FromMinutes(60), Memory.Empty).Alarms.ShouldContain(a => a.Reason.Code == ReasonCode.ZoneCold && a.Subject == "cp");
    }

    [Fact]
    public void Trouble_that_went_away_begins_anew()
    {
        var world = new DemoWorld(rooms: 19, outdoor: 5) { [DemoWorld.Fault] = 1 };
        var locked = world.Decide(Lesson);
        locked.Alarm(ReasonCode.BoilerLockedOut).ShouldNotBeNull().Since.ShouldBe(Lesson);
        world[DemoWorld.Fault] = 0;
        var mended = world.Decide(Lesson.AddMinutes(1), locked.Memory);
        mended.Alarm(ReasonCode.BoilerLockedOut).ShouldBeNull();
        world[DemoWorld.Fault] = 1;
        world.Decide(Lesson.AddMinutes(2), mended.Memory).Alarm(ReasonCode.BoilerLockedOut).ShouldNotBeNull().Since.ShouldBe(Lesson.AddMinutes(2));
    }

    [Fact]
    public void The_end_of_the_calendar_is_noticed_a_month_before()
    {
        var world = new DemoWorld(rooms: 19, outdoor: 10);
        world.Decide(new DateTimeOffset(2027, 6, 3, 12, 0, 0, TimeSpan.Zero)).Alarm(ReasonCode.CalendarEnds).ShouldBeNull();
        world.Decide(new DateTimeOffset(2027, 6, 4, 12, 0, 0, TimeSpan.Zero)).Alarm(ReasonCode.CalendarEnds).ShouldNotBeNull().Severity.ShouldBe(Severity.Notice);
    }
}
