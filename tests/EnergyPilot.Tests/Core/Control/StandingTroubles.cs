using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Troubles that last, and what is said of them.</summary>
public sealed class StandingTroubles
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9), Night = DemoWorld.Tuesday.AddHours(1);
    private static readonly Boiler Boiler = DemoWorld.Site.Boiler;
    private static readonly Circuit Wings = DemoWorld.Site.Circuits[0];
    private static readonly PointId Second = DemoWorld.Site.Zones[^1].Points.Temperature[0];

    private static readonly Site WithThermostat = ChangedSchool.With(
        (ChangedSchool.Thermometers, ChangedSchool.ThermostatDevice), ("    valve: relays.channel-1\n", $"    thermostat: {ChangedSchool.ThermostatPoint}\n"));

    [Fact]
    public void Zone_that_only_has_a_thermostat_is_not_planned() =>
        PlanRequests.Of(WithThermostat, new DemoWorld(rooms: 19, outdoor: 5).At(Lesson), Memory.Empty).Zones.Select(z => z.Zone.Name)
            .ShouldBe(WithThermostat.Zones.Skip(1).Select(z => z.Id.Name));

    [Fact]
    public void Rescues_that_a_clock_set_back_has_put_into_the_future_are_brought_back_to_now()
    {
        var zone = ZoneMemory.New with { Rescues = new Rescues(Lesson.AddDays(-1), Lesson.AddDays(2), Lesson.AddDays(3)) };
        var memory = Memory.Empty with { At = Lesson.AddDays(3), Zones = new Dictionary<ZoneId, ZoneMemory> { [DemoWorld.Cp.Id] = zone } };
        new DemoWorld(rooms: 19, outdoor: 5).Decide(Lesson, memory).Memory.Of(DemoWorld.Cp.Id).Rescues.ShouldBe(new Rescues(Lesson.AddDays(-1), Lesson, Lesson));
    }

    [Fact]
    public void Boiler_that_stays_cold_is_noticed_though_its_release_pauses_between_pulses()
    {
        var world = new DemoWorld(rooms: 22, outdoor: 5) { [DemoWorld.Cp] = 15 };
        foreach (var sensor in Boiler.Supply) world[sensor] = 20;
        var decision = world.Decide(Lesson);
        for (var minute = 1; minute <= 60; minute++)
        {
            world[DemoWorld.Cp] = minute % 15 < 10 ? 15 : 22;
            decision = world.Decide(Lesson.AddMinutes(minute), decision.Memory);
        }

        decision.Alarm(ReasonCode.BoilerNotStarting).ShouldNotBeNull();
    }

    [Fact]
    public void Boiler_that_is_asked_for_lukewarm_water_and_gives_it_is_no_trouble()
    {
        var world = new DemoWorld(rooms: 18.7, outdoor: 14.5);
        foreach (var sensor in Boiler.Supply) world[sensor] = 28;
        var run = world.Run(Lesson, TimeSpan.FromMinutes(120), Memory.Empty);
        run.Supplies.Max(s => s.Setpoint.Degrees).ShouldBeLessThan(33);
        run.Alarm(ReasonCode.BoilerNotStarting).ShouldBeNull();
    }

    [Fact]
    public void Output_that_reads_back_something_else_for_long_is_an_alarm()
    {
        var output = DemoWorld.Site.Points.Values.First(p => p.Type.Access == EnergyPilot.Core.Devices.Access.ReadWrite && Wings.Pump.Contains(p.Id)).Id;
        Standing(output, value => value).Alarms.ShouldNotContain(a => a.Reason.Code == ReasonCode.OutputNotFollowing);
        Standing(output, value => 1 - value).Alarms.ShouldContain(a => a.Reason.Code == ReasonCode.OutputNotFollowing && a.Subject == output.Name);
    }

    [Fact]
    public void The_end_of_the_public_holidays_is_noticed_too()
    {
        var world = new DemoWorld(rooms: 19, outdoor: 10);
        var site = DemoWorld.Site with { Calendar = DemoWorld.Site.Calendar with { PublicKnownUntil = DateOnly.FromDateTime(Lesson.Date).AddDays(20) } };
        Pilot.Decide(site, world.At(Lesson), Memory.Empty).Alarm(ReasonCode.CalendarEnds).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(4, 14, ReasonCode.FrostInZone)]
    [InlineData(4, 19.5, ReasonCode.TooWarm)]
    [InlineData(7, 14, ReasonCode.TooWarm)]
    public void Coldest_sensor_of_a_room_counts_for_frost_unless_another_is_warm_already(double coldest, double other, ReasonCode code)
    {
        var cp = DemoWorld.Cp with { Points = DemoWorld.Cp.Points with { Temperature = [.. DemoWorld.Cp.Points.Temperature, Second] } };
        var site = DemoWorld.Site with { Zones = [cp, .. DemoWorld.Site.Zones.Skip(1)] };
        var world = new DemoWorld(rooms: 17, outdoor: 5) { [DemoWorld.Cp] = other, [Second] = coldest };
        Pilot.Decide(site, world.At(DemoWorld.Tuesday.AddDays(4)), Memory.Empty).Demand(DemoWorld.Cp).Reason.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(Emitter.Radiators, 75, 100, 100)]
    [InlineData(Emitter.Floor, 75, 5, 15)]
    [InlineData(Emitter.Floor, double.NaN, 5, 15)]
    [InlineData(Emitter.Floor, 30, 100, 100)]
    public void Blind_mixing_valve_gives_radiators_boiler_water_and_spares_a_floor(Emitter emitter, double boiler, double least, double most)
    {
        var curve = emitter == Emitter.Floor ? Wings.Curve with { DesignSupply = new(40), Highest = new(45), Boost = new(0) } : Wings.Curve;
        var site = DemoWorld.Site with { Circuits = [Wings with { Emitter = emitter, Curve = curve }, .. DemoWorld.Site.Circuits[1..]] };
        var world = new DemoWorld(rooms: 15, outdoor: -5) { [Wings.Supply[0]] = double.NaN };
        foreach (var sensor in Boiler.Supply) world[sensor] = boiler;
        Pilot.Decide(site, world.At(Lesson), Memory.Empty).Output(Wings.MixingValve[0]).Value.ShouldBeInRange(least, most);
    }

    [Fact]
    public void Open_window_says_how_long_heat_pauses()
    {
        var world = new DemoWorld(rooms: 18, outdoor: 5) { [DemoWorld.Window] = 1 };
        world.Run(Lesson, TimeSpan.FromMinutes(5), Memory.Empty).Demand(DemoWorld.Cp).Reason.ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe(ReasonCode.WindowOpen), r => r.Facts.ShouldContain(Fact.Of("duration", DemoWorld.Site.Control.WindowPause)));
    }

    [Fact]
    public void Planned_heat_names_the_hour_and_the_temperature_that_people_know()
    {
        var step = new PlanStep(Night, TimeSpan.FromMinutes(30), 0.5, 16, 12);
        var use = DemoWorld.Site.PeriodOf(DemoWorld.Cp, Night).NextUse;
        ImmutableArray<PlanStep> steps = [step, .. Enumerable.Range(1, 20).Select(i => step with { From = Night.AddMinutes(30 * i), Lowest = Night.AddMinutes(30 * i) < use.AddMinutes(-15) ? 12 : 18.3 })];
        var knowledge = Knowledge.None with
        {
            Plan = new Plan(Night, Night.AddMinutes(30), PlanVerdict.Solved, [.. DemoWorld.Site.Zones.Select(z => new ZonePlan(z.Id, 0.5, 0.5, steps))], 50, default, default, 1),
            Planner = new PlannerStanding(PlannerRole.Commanding, PlannerRoleReason.Proven),
        };
        var reason = Pilot.Decide(DemoWorld.Site, new DemoWorld(rooms: 15, outdoor: 5).At(Night) with { Knowledge = knowledge }, Memory.Empty).Demand(DemoWorld.Cp).Reason;
        reason.Code.ShouldBe(ReasonCode.PlannedAhead);
        reason.Facts.ShouldContain(Fact.Of("until", use));
        reason.Facts.ShouldContain(Fact.Of("target", new Celsius(19)));
    }

    [Theory]
    [InlineData(15, 40, ReasonCode.ThermostatOpen)]
    [InlineData(19, 19, ReasonCode.ThermostatSet)]
    public void Thermostat_says_what_was_written_to_it_and_no_shift_that_is_none(double room, double written, ReasonCode code)
    {
        var world = new DemoWorld(rooms: 19, outdoor: 5) { [DemoWorld.Cp] = room };
        var output = Pilot.Decide(WithThermostat, world.At(Lesson), Memory.Empty).Output(new PointId(ChangedSchool.ThermostatPoint));
        output.Reason.Code.ShouldBe(code);
        output.Reason.Facts.ShouldNotContain(f => f.Name == "shift");
        output.Reason.Facts.ShouldContain(f => f.Number.Equals(output.Value));
        output.Value.ShouldBe(written);
    }

    [Theory]
    [InlineData(1, 22)]
    [InlineData(0, 15)]
    public void Minimum_times_say_until_when(double released, double rooms)
    {
        var memory = Memory.Empty with { Boiler = BoilerMemory.Start with { Released = released, Since = Lesson } };
        var reason = new DemoWorld(rooms, outdoor: 5).Decide(Lesson.AddMinutes(1), memory).Output(DemoWorld.Release).Reason;
        reason.Facts.ShouldContain(f => f.Name == "until" && f.Number > Lesson.AddMinutes(1).ToUnixTimeSeconds());
    }

    [Fact]
    public void Forecast_of_a_running_warm_up_says_when_it_began()
    {
        var world = new DemoWorld(rooms: 12, outdoor: 0);
        var decision = world.Run(Night, TimeSpan.FromHours(4), Memory.Empty);
        var zone = decision.Memory.Of(DemoWorld.Cp.Id);
        zone.Start.IsRunning.ShouldBeTrue();
        zone.Arrival.Newest.IsKnown.ShouldBeTrue();
        zone.Arrival.Newest.Made.ShouldBeGreaterThan(zone.Start.Began);
        zone.Arrival.Newest.Start.ShouldBe(zone.Start.Began);
    }

    private static Decision Standing(PointId output, Func<double, double> says)
    {
        var world = new DemoWorld(rooms: 15, outdoor: 5);
        var decision = world.Decide(Lesson);
        for (var minute = 1; minute <= 60; minute++)
        {
            var at = Lesson.AddMinutes(minute);
            var snapshot = world.At(at);
            var readings = new Dictionary<PointId, Reading>(snapshot.Readings) { [output] = Reading.Good(says(decision.Output(output).Value), at) };
            decision = Pilot.Decide(DemoWorld.Site, snapshot with { Readings = readings }, decision.Memory);
        }

        return decision;
    }
}
