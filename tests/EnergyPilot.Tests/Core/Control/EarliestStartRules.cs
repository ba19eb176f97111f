using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

public sealed class EarliestStartRules
{
    private static readonly DateTimeOffset Wednesday = DemoWorld.Tuesday.AddDays(1);

    private static Decision Decided(Site site, DemoWorld world, double hours) => Pilot.Decide(site, world.At(Wednesday.AddHours(hours)), Memory.Empty);

    private static Site With(string control) => SchoolFiles.Parse(SchoolFiles.Demo.Text + $"\ncontrol: {{ {control} }}\n").TryGet(out var site) ? site : throw new InvalidOperationException("wrong site");

    [Fact]
    public void Cold_rooms_wait_for_the_earliest_start_and_then_warm_up()
    {
        var (free, bound, world) = (DemoWorld.Site, With("earliest-start: \"06:00\""), new DemoWorld(rooms: 10, outdoor: -5));
        Decided(free, world, 5.9).Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.WarmingUp);
        Decided(bound, world, 5.9).Target(DemoWorld.Cp).Mode.ShouldBe(Mode.Reduced);
        Decided(bound, world, 6.0).Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.WarmingUp);
    }

    [Fact]
    public void Frost_does_not_wait()
    {
        var decision = Decided(With("earliest-start: \"06:00\""), new DemoWorld(rooms: 4, outdoor: -10), 3);
        decision.Demand(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.FrostInZone);
        decision.Demand(DemoWorld.Cp).Heat.Value.ShouldBe(1);
    }

    [Fact]
    public void Use_before_the_earliest_start_is_heated() =>
        Decided(With("earliest-start: \"10:00\""), new DemoWorld(rooms: 10, outdoor: -5), 8.6).Target(DemoWorld.Cp).Setpoint.ShouldBe(new(19));

    [Fact]
    public void Zone_may_say_otherwise_than_the_site()
    {
        var text = SchoolFiles.Demo.Text.Replace("  cp:\n    name: Classe 1 (CP)\n", "  cp:\n    name: Classe 1 (CP)\n    earliest-start: \"05:00\"\n", StringComparison.Ordinal) + "\ncontrol: { earliest-start: \"07:00\" }\n";
        SchoolFiles.Parse(text).TryGet(out var site).ShouldBeTrue();
        site.ShouldNotBeNull().Zones.Single(z => z.Id == DemoWorld.Cp.Id).EarliestStart.ShouldBe(TimeSpan.FromHours(5));
        site.Zones.Single(z => z.Id == DemoWorld.Gym.Id).EarliestStart.ShouldBe(TimeSpan.FromHours(7));
    }

    [Theory]
    [InlineData("07:00", 7)]
    [InlineData("10:00", 8.5)]
    public void Forecast_of_the_morning_begins_when_heat_may_begin(string earliest, double begins)
    {
        var (site, world) = (With($"earliest-start: \"{earliest}\""), new DemoWorld(rooms: 10, outdoor: -5));
        var (memory, forecast) = (Memory.Empty, ArrivalForecast.None);
        for (var minute = 0; minute < 60; minute++)
        {
            memory = Pilot.Decide(site, world.At(Wednesday.AddHours(2).AddMinutes(minute)), memory).Memory;
            forecast = memory.Of(DemoWorld.Cp.Id).Arrival.Newest;
        }

        forecast.Use.ShouldBe(Wednesday.AddHours(8.5));
        forecast.Start.ShouldBe(Wednesday.AddHours(begins), TimeSpan.FromMinutes(8));
        forecast.Ready.ShouldBeGreaterThan(forecast.Use);
    }

    [Theory]
    [InlineData("07:00", 7)]
    [InlineData("10:00", 8.5)]
    public void Start_that_is_promised_for_a_use_to_come_is_not_before_the_earliest(string earliest, double begins)
    {
        var free = UseStart.Of(DemoWorld.Site, DemoWorld.Cp, Wednesday.AddHours(8.5), Knowledge.None, new(-5));
        free.At.ShouldBeLessThan(Wednesday.AddHours(6.5));
        UseStart.Of(With($"earliest-start: \"{earliest}\""), Zone(earliest), Wednesday.AddHours(8.5), Knowledge.None, new(-5)).ShouldBe(new UseStart(Wednesday.AddHours(begins), false));
    }

    [Fact]
    public void Closed_days_that_keep_a_room_warm_are_told_as_a_later_start()
    {
        var (first, last) = (new DateOnly(2026, 12, 19), new DateOnly(2027, 1, 4));
        var site = DemoWorld.Site with { Exceptions = [.. DemoWorld.Site.Exceptions, new Occasion(OccasionKind.Closed, first, last) { Setpoint = new(18) }] };
        var use = site.Instant(new DateTime(2027, 1, 4, 8, 30, 0));
        site = site with { Exceptions = [.. site.Exceptions, new Occasion(OccasionKind.Event, last, last) { Hours = [new Interval(TimeSpan.FromHours(8.5), TimeSpan.FromHours(12), Mode.Comfort)], Zones = [DemoWorld.Cp.Id] }] };
        UseStart.Of(site, DemoWorld.Cp, use, Knowledge.None, new(0)).At.ShouldBeGreaterThan(UseStart.Of(DemoWorld.Site, DemoWorld.Cp, use, Knowledge.None, new(0)).At.AddHours(1));
    }

    private static Zone Zone(string earliest) => DemoWorld.Cp with { EarliestStart = TimeSpan.ParseExact(earliest, "hh\\:mm", null) };

    [Theory]
    [InlineData("6 Uhr")]
    [InlineData("25:00")]
    public void What_is_no_time_is_no_earliest_start(string time) =>
        SchoolFiles.Parse(SchoolFiles.Demo.Text + $"\ncontrol: {{ earliest-start: \"{time}\" }}\n").Mistakes.ShouldHaveSingleItem().Path.ShouldBe("control.earliest-start");

    [Fact]
    public void Closed_days_are_kept_as_warm_as_they_say_also_in_holidays()
    {
        var day = new DateOnly(2026, 12, 24);
        var site = DemoWorld.Site with { Exceptions = [.. DemoWorld.Site.Exceptions, new Occasion(OccasionKind.Closed, day, day) { Setpoint = new(12), Zones = [DemoWorld.Cp.Id] }] };
        var (world, noon) = (new DemoWorld(rooms: 13, outdoor: 5), site.Instant(new DateTime(2026, 12, 24, 12, 0, 0)));
        Pilot.Decide(site, world.At(noon), Memory.Empty).Target(DemoWorld.Cp).Setpoint.ShouldBe(new(12));
        Pilot.Decide(site, world.At(noon), Memory.Empty).Target(DemoWorld.Library).Setpoint.ShouldBe(new(8));
        Pilot.Decide(site, world.At(noon.AddDays(1)), Memory.Empty).Target(DemoWorld.Cp).Setpoint.ShouldBe(new(8));
    }
}
