using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What people are told about the air of a room, and what heat does meanwhile; 2026-11-03, a Tuesday, lessons from 8:30.</summary>
public sealed class AirRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9);
    private static readonly PointId Co2 = DemoWorld.Cp.Points.Co2[0], Motion = DemoWorld.Cp.Points.Presence[0];
    private static readonly ControlSettings Usual = new();

    [Theory]
    [InlineData(AirLight.Unknown, 800, AirLight.Good)]
    [InlineData(AirLight.Good, 801, AirLight.AirSoon)]
    [InlineData(AirLight.AirSoon, 701, AirLight.AirSoon)]
    [InlineData(AirLight.AirSoon, 700, AirLight.Good)]
    [InlineData(AirLight.AirSoon, 1500, AirLight.AirSoon)]
    [InlineData(AirLight.AirSoon, 1501, AirLight.AirNow)]
    [InlineData(AirLight.AirNow, 1301, AirLight.AirNow)]
    [InlineData(AirLight.AirNow, 1300, AirLight.AirSoon)]
    [InlineData(AirLight.AirNow, 450, AirLight.Good)]
    [InlineData(AirLight.AirNow, double.NaN, AirLight.Unknown)]
    public void Light_follows_the_order_of_2022_and_lets_go_later_than_it_came(AirLight before, double co2, AirLight after) =>
        Air.Light(Usual, before, co2).ShouldBe(after);

    [Fact]
    public void Noise_never_switches_a_light_to_and_fro() => Law.Holds(chance =>
    {
        var level = 300 + 2000 * chance.NextDouble();
        var (light, changes) = (Air.Light(Usual, (AirLight)chance.Next(4), level), 0);
        for (var i = 0; i < 200; i++)
        {
            var next = Air.Light(Usual, light, level + 98 * (chance.NextDouble() - 0.5));
            if (next != light) changes++;
            light = next;
        }

        changes.ShouldBeLessThanOrEqualTo(1);
    });

    [Theory]
    [InlineData(1510, 15, 7)]
    [InlineData(1600, 20, 7)]
    [InlineData(1600, 4, 12)]
    [InlineData(1600, 0, 15)]
    [InlineData(4000, 25, 12)]
    [InlineData(1510, 30, 5)]
    public void Time_to_air_follows_from_the_weather_and_the_air(double co2, double warmer, double minutes) =>
        Airing.Needed(co2, 800, new Metres(2.7), new Kelvin(warmer)).TotalMinutes.ShouldBe(minutes);

    [Fact]
    public void Warmer_outdoors_and_staler_air_never_need_less_time_and_it_stays_within_three_and_fifteen_minutes() => Law.Holds(chance =>
    {
        var (co2, warmer) = (RandomWorld.Number(chance, 400, 5000), RandomWorld.Number(chance, 0, 35));
        var height = new Metres(2 + 6 * chance.NextDouble());
        var needed = Airing.Needed(co2, 800, height, new Kelvin(warmer));
        needed.TotalMinutes.ShouldBeInRange(3, 15);
        if (!double.IsFinite(co2 + warmer) || warmer < 0) return;
        Airing.Needed(co2, 800, height, new Kelvin(warmer + 5)).ShouldBeLessThanOrEqualTo(needed);
        Airing.Needed(co2 + 300, 800, height, new Kelvin(warmer)).ShouldBeGreaterThanOrEqualTo(needed);
    });

    [Fact]
    public void People_in_stale_air_are_told_to_open_doors_and_windows_with_numbers()
    {
        var air = Stale(18.8).Run(Lesson, TimeSpan.FromMinutes(5), Memory.Empty).AirOf(DemoWorld.Cp);

        air.Light.ShouldBe(AirLight.AirNow);
        air.Needed.TotalMinutes.ShouldBeInRange(3, 15);
        var advice = air.Advice.ShouldHaveSingleItem();
        advice.Code.ShouldBe(ReasonCode.AirNow);
        advice.Facts.Select(f => (f.Name, f.Number)).ShouldBe([("co2", 1700), ("duration", air.Needed.TotalSeconds), ("outdoor", 5)]);
    }

    [Fact]
    public void Nobody_is_told_in_an_empty_room()
    {
        var world = Stale(18.8);
        world[Motion] = 0;
        var decision = world.Run(Lesson, TimeSpan.FromMinutes(30), Memory.Empty);
        decision.Air.ShouldNotContain(a => a.Zone == DemoWorld.Cp.Id);
        decision.Memory.Of(DemoWorld.Cp.Id).Air.Light.ShouldBe(AirLight.AirNow);
    }

    [Fact]
    public void Heat_pauses_while_a_class_airs_as_told_and_comes_back_when_it_has_done()
    {
        var world = Stale(18.2);
        var told = world.Run(Lesson, TimeSpan.FromMinutes(10), Memory.Empty);
        told.Demand(DemoWorld.Cp).Heat.Value.ShouldBeGreaterThan(0);

        var (memory, codes) = (told.Memory, new List<ReasonCode>());
        for (var minute = 1; minute <= 16; minute++)
        {
            world[Co2] = Math.Max(1700 - 150 * minute, 500);
            var decision = world.Decide(Lesson.AddMinutes(10 + minute), memory);
            codes.Add(decision.Demand(DemoWorld.Cp).Reason.Code);
            if (codes[^1] == ReasonCode.Airing) decision.Demand(DemoWorld.Cp).Heat.ShouldBe(Share.None);
            memory = decision.Memory;
        }

        codes.IndexOf(ReasonCode.Airing).ShouldBeInRange(0, 3, "seen within four minutes");
        codes.Count(c => c == ReasonCode.Airing).ShouldBeInRange(4, 12);
        codes[^1].ShouldNotBe(ReasonCode.Airing);
        memory.Of(DemoWorld.Cp.Id).Air.IsAiring.ShouldBeFalse();
    }

    [Fact]
    public void Carbon_dioxide_that_falls_untold_pauses_nothing()
    {
        var world = Stale(18.2);
        world[Co2] = 1400;
        var memory = world.Run(Lesson, TimeSpan.FromMinutes(10), Memory.Empty).Memory;
        for (var minute = 1; minute <= 6; minute++)
        {
            world[Co2] = 1400 - 150 * minute;
            var decision = world.Decide(Lesson.AddMinutes(10 + minute), memory);
            decision.Demand(DemoWorld.Cp).Reason.Code.ShouldNotBe(ReasonCode.Airing);
            memory = decision.Memory;
        }
    }

    [Theory]
    [InlineData(17.9)]
    [InlineData(7.5)]
    public void Room_too_cold_for_its_people_is_heated_also_while_it_is_aired(double room)
    {
        var world = Stale(room);
        var memory = world.Run(Lesson, TimeSpan.FromMinutes(10), Memory.Empty).Memory;
        for (var minute = 1; minute <= 6; minute++)
        {
            world[Co2] = 1700 - 150 * minute;
            var decision = world.Decide(Lesson.AddMinutes(10 + minute), memory);
            decision.Demand(DemoWorld.Cp).Heat.Value.ShouldBeGreaterThan(0);
            memory = decision.Memory;
        }
    }

    [Fact]
    public void A_sensor_gone_mad_pauses_heat_no_longer_than_a_window_may() => Law.Holds(chance =>
    {
        var world = Stale(18.2);
        var (memory, paused) = (world.Run(Lesson, TimeSpan.FromMinutes(5), Memory.Empty).Memory, 0);
        for (var minute = 6; minute <= 75; minute++)
        {
            world[Co2] = chance.Next(9) == 0 ? double.NaN : 1300 + 3000 * chance.NextDouble();
            world[DemoWorld.Window] = chance.Next(3) == 0 ? 1 : 0;
            var decision = world.Decide(Lesson.AddMinutes(minute), memory);
            if (decision.Demand(DemoWorld.Cp).Reason.Code is ReasonCode.Airing or ReasonCode.WindowOpen) paused++;
            memory = decision.Memory;
        }

        paused.ShouldBeLessThanOrEqualTo(32);
    }, cases: 30);

    /// <summary>From the same past, with and without anything known of the air.</summary>
    [Fact]
    public void Advice_never_heats() => Law.Holds(chance =>
    {
        var world = new DemoWorld(rooms: 8 + 18 * chance.NextDouble(), outdoor: -10 + 35 * chance.NextDouble()) { [Motion] = 1 };
        var from = Lesson.AddHours(24 * chance.NextDouble());
        var memory = Memory.Empty;
        for (var minute = 0; minute < 40; minute++)
        {
            var co2 = 1500 + 1500 * Math.Sin(minute / 5.0) * chance.NextDouble();
            world[Co2] = co2;
            var told = world.Decide(from.AddMinutes(minute), memory);
            var untold = world.Decide(from.AddMinutes(minute), memory with { Zones = memory.Zones.ToDictionary(z => z.Key, z => z.Value with { Air = AirMemory.None }) });
            told.Demand(DemoWorld.Cp).Heat.Value.ShouldBeLessThanOrEqualTo(untold.Demand(DemoWorld.Cp).Heat.Value);
            // A room that is being aired may begin its warm-up earlier, and is never let colder.
            var (aired, plain) = (told.Target(DemoWorld.Cp), untold.Target(DemoWorld.Cp).Setpoint);
            if (aired.Reason.Code == ReasonCode.WarmingUp) aired.Setpoint.ShouldBeGreaterThanOrEqualTo(plain);
            else aired.Setpoint.ShouldBe(plain);
            memory = told.Memory;
        }
    }, cases: 60);

    [Fact]
    public void Window_that_is_shut_before_a_use_makes_its_forecast_anew_with_the_colder_room()
    {
        var night = DemoWorld.Tuesday.AddHours(2);
        var world = new DemoWorld(rooms: 17, outdoor: 0);
        var quiet = world.Run(night, TimeSpan.FromMinutes(70), Memory.Empty);
        world[DemoWorld.Window] = 1;
        world[DemoWorld.Cp] = 15.5;
        var open = world.Run(night.AddMinutes(71), TimeSpan.FromMinutes(2), quiet.Memory);
        world[DemoWorld.Window] = 0;
        var shut = world.Decide(night.AddMinutes(74), open.Memory);
        world[DemoWorld.Cp] = 17;
        var warm = world.Decide(night.AddMinutes(74), open.Memory);

        open.Memory.Of(DemoWorld.Cp.Id).Start.LeadHours.ShouldBe(quiet.Memory.Of(DemoWorld.Cp.Id).Start.LeadHours);
        shut.Memory.Of(DemoWorld.Cp.Id).Start.LeadHours.ShouldBeGreaterThan(warm.Memory.Of(DemoWorld.Cp.Id).Start.LeadHours);
        shut.Memory.Of(DemoWorld.Cp.Id).Arrival.Newest.Made.ShouldBe(shut.At);
        shut.Memory.Of(DemoWorld.Cp.Id).Arrival.Newest.Start.ShouldBeLessThanOrEqualTo(warm.Memory.Of(DemoWorld.Cp.Id).Arrival.Newest.Start);
    }

    private static DemoWorld Stale(double room) => new(rooms: room, outdoor: 5) { [Co2] = 1700, [Motion] = 1 };
}

internal static class AirOfZones
{
    public static ZoneAir AirOf(this Decision decision, Zone zone) => decision.Air.Single(a => a.Zone == zone.Id);
}
