using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Sensors and meters that answer, and are wrong for ever: each may cost a little, never a season, and a person hears of it.</summary>
public sealed class DoubtfulSenses
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9);
    private static readonly PointId Meter = DemoWorld.Site.Meters.First(m => m.Medium == Medium.Heat).Power[0];
    private static readonly Site Limited = DemoWorld.Site with { Boiler = DemoWorld.Site.Boiler with { PowerLimit = new Watts(60_000), Power = [Meter] } };

    [Fact]
    public void Motion_sensor_that_saw_nobody_for_a_week_of_school_days_lowers_its_room_no_more_and_is_named()
    {
        var world = Empty(DemoWorld.Cp);
        var early = Run(DemoWorld.Site, world, Lesson, TimeSpan.FromHours(2), Memory.Empty);
        early.Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.NobodyThere);
        early.Alarm(ReasonCode.NoMotionForLong).ShouldBeNull();

        var late = Run(DemoWorld.Site, world, Lesson.AddHours(3), TimeSpan.FromDays(14) - TimeSpan.FromHours(1), early.Memory);
        late.Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.InUse);
        late.Alarm(ReasonCode.NoMotionForLong).ShouldNotBeNull().ShouldSatisfyAllConditions(
            a => a.Subject.ShouldBe("cp"), a => a.Reason.Facts.ShouldContain(Fact.Of("point", DemoWorld.Cp.Points.Presence[0].Name)));

        world[DemoWorld.Cp.Points.Presence[0]] = 1;
        world.Decide(late.At.AddMinutes(5), late.Memory).Alarm(ReasonCode.NoMotionForLong).ShouldBeNull();
    }

    [Fact]
    public void Class_in_a_room_whose_motion_sensor_died_is_rescued_from_the_cold()
    {
        var world = Empty(DemoWorld.Cp);
        var memory = Run(DemoWorld.Site, world, Lesson, TimeSpan.FromDays(14), Memory.Empty).Memory;
        world[DemoWorld.Cp] = 17.2;
        world.Run(Lesson.AddDays(14).AddMinutes(5), TimeSpan.FromMinutes(31), memory).Memory.Of(DemoWorld.Cp.Id).Rescues.Newest.ShouldBeGreaterThan(Lesson.AddDays(14));
    }

    [Fact]
    public void Holiday_that_no_calendar_knows_makes_no_motion_sensor_doubtful()
    {
        var world = Empty([.. DemoWorld.Site.Zones.Where(z => !z.Points.Presence.IsEmpty)]);
        var deserted = Run(DemoWorld.Site, world, Lesson, TimeSpan.FromDays(14) + TimeSpan.FromHours(2), Memory.Empty);
        deserted.Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.NobodyCame);
        deserted.Alarms.ShouldNotContain(a => a.Reason.Code == ReasonCode.NoMotionForLong);
    }

    [Fact]
    public void Power_above_what_was_subscribed_cools_the_water_and_is_an_alarm_when_that_does_not_help()
    {
        var run = Metered(18, TimeSpan.FromHours(5.5), minute => 65_000 + 100 * (minute % 7));
        run.Memory.Boiler.Cut.ShouldBe(30);
        run.Alarm(ReasonCode.SupplyCutForLong).ShouldBeNull();
        Metered(18, TimeSpan.FromHours(8), minute => 65_000 + 100 * (minute % 7)).Alarm(ReasonCode.SupplyCutForLong).ShouldNotBeNull().Severity.ShouldBe(Severity.Warning);
    }

    [Theory]
    [InlineData(18, 250_000, 7)]
    [InlineData(18, 65_000, 0)]
    [InlineData(23, 65_000, 7)]
    public void Power_that_cannot_be_or_never_moves_or_flows_while_nothing_runs_cools_no_water_and_its_meter_is_named(double rooms, double watts, int noise)
    {
        var run = Metered(rooms, TimeSpan.FromHours(4), minute => watts + 100 * (minute % 7) * noise / 7.0);
        run.Memory.Boiler.Cut.ShouldBe(0);
        run.Alarms.ShouldContain(a => a.Reason.Code == ReasonCode.SensorImplausible && a.Subject == "boiler" && a.Reason.Facts.Contains(Fact.Of("point", Meter.Name)));
    }

    [Theory]
    [InlineData(4, 14, double.NaN, 4)]
    [InlineData(4, 5, 14, 5)]
    [InlineData(double.NaN, 6, 14, 6)]
    [InlineData(double.NaN, double.NaN, 14, 14)]
    public void One_outdoor_sensor_in_the_sun_misleads_nobody(double first, double second, double third, double counts) =>
        Pilot.Decide(Outside(first, second, third, out var world), world.At(Lesson), Memory.Empty).Memory.OutdoorFiltered.ShouldBe(counts);

    [Fact]
    public void Outdoor_sensor_that_differs_from_the_others_for_hours_is_named()
    {
        var site = Outside(14, 5, 5.5, out var world);
        Run(site, world, Lesson, TimeSpan.FromHours(2.9), Memory.Empty).Alarm(ReasonCode.OutdoorSensorsDiffer).ShouldBeNull();
        Run(site, world, Lesson, TimeSpan.FromHours(3.1), Memory.Empty).Alarm(ReasonCode.OutdoorSensorsDiffer).ShouldNotBeNull()
            .Reason.Facts.ShouldContain(Fact.Of("point", site.Outdoor[0].Name));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(12, true)]
    public void Only_outdoor_sensor_is_compared_with_the_outlook(double outdoor, bool named)
    {
        var knowledge = Knowledge.None with { Outlook = new Outlook(Lesson.AddHours(-1), [.. Enumerable.Repeat(OutlookHour.Unknown with { Outdoor = 5 }, 12)]) };
        var world = new DemoWorld(rooms: 19, outdoor);
        var last = world.Decide(Lesson);
        for (var at = Lesson; at < Lesson.AddHours(4); at = at.AddMinutes(5)) last = Pilot.Decide(DemoWorld.Site, world.At(at) with { Knowledge = knowledge }, last.Memory);
        last.Alarms.Any(a => a.Reason.Code == ReasonCode.OutdoorSensorsDiffer).ShouldBe(named);
    }

    private static DemoWorld Empty(params Zone[] zones)
    {
        var world = new DemoWorld(rooms: 19, outdoor: 8);
        foreach (var sensor in zones.SelectMany(z => z.Points.Presence)) world[sensor] = 0;
        foreach (var sensor in zones.SelectMany(z => z.Points.Co2)) world[sensor] = 450;
        return world;
    }

    private static Site Outside(double first, double second, double third, out DemoWorld world)
    {
        PointId[] others = [.. DemoWorld.Site.Zones.SelectMany(z => z.Points.Temperature).TakeLast(2)];
        world = new DemoWorld(rooms: 19, outdoor: 5) { [DemoWorld.Site.Outdoor[0]] = first, [others[0]] = second, [others[1]] = third };
        return DemoWorld.Site with { Outdoor = [DemoWorld.Site.Outdoor[0], .. others] };
    }

    private static Decision Metered(double rooms, TimeSpan length, Func<int, double> watts)
    {
        var world = new DemoWorld(rooms, outdoor: 0);
        var memory = Memory.Empty;
        var from = Lesson.AddHours(-2);
        for (var minute = 0; ; minute++)
        {
            world[Meter] = watts(minute);
            var decision = Pilot.Decide(Limited, world.At(from.AddMinutes(minute)), memory);
            if (minute >= length.TotalMinutes) return decision;
            memory = decision.Memory;
        }
    }

    private static Decision Run(Site site, DemoWorld world, DateTimeOffset from, TimeSpan length, Memory memory)
    {
        var decision = Pilot.Decide(site, world.At(from), memory);
        for (var at = from.AddMinutes(5); at <= from + length; at = at.AddMinutes(5)) decision = Pilot.Decide(site, world.At(at), decision.Memory);
        return decision;
    }
}
