using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class DemoSchool
{
    private static readonly Site Site = SchoolFiles.DemoSite;

    [Fact]
    public void Has_neither_mistakes_nor_warnings()
    {
        var parsed = SchoolFiles.Parse(SchoolFiles.Demo.Text);
        parsed.Mistakes.ShouldBeEmpty();
        parsed.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Has_twelve_zones_on_a_thousand_square_metres()
    {
        Site.Zones.Length.ShouldBe(12);
        Site.Zones.Sum(z => z.FloorArea.Value).ShouldBe(1000);
    }

    [Fact]
    public void Radiators_are_about_one_point_six_times_the_heat_loss_at_design_weather()
    {
        // Envelope and infiltration (0.34 Wh/m³K is the heat capacity of air) at 19 °C inside, -9 °C outside.
        var loss = Site.Zones.Sum(z => (z.FloorArea.Value * Site.Fabric.Transmittance + 0.34 * Site.Fabric.AirChangesPerHour * z.VolumeM3) * 28);
        (Site.Zones.Sum(z => z.Fabric.RadiatorPower.Value) / loss).ShouldBe(1.6, 0.1);
    }

    [Fact]
    public void Every_point_of_every_role_exists()
    {
        var named = Site.Zones.SelectMany(z => z.Points.Temperature.Concat(z.Points.Presence).Concat(z.Points.Co2).Concat(z.Points.Window).Concat(z.Points.Valve))
            .Concat(Site.Circuits.SelectMany(c => c.Pump.Concat(c.MixingValve).Concat(c.Supply).Concat(c.Return)))
            .Concat(Site.Boiler.Release).Concat(Site.Boiler.Setpoint).Concat(Site.Meters.Select(m => m.Index)).Concat(Site.Outdoor).ToList();
        named.Count.ShouldBeGreaterThan(50);
        named.Except(Site.Points.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void A_dead_gateway_means_that_the_installed_regulation_heats()
    {
        Site.Points[Site.Boiler.Release[0]].Wiring.ShouldBe(Wiring.NormallyClosed);
        Site.Zones.SelectMany(z => z.Points.Valve).Where(p => p.Name.StartsWith("relays.", StringComparison.Ordinal))
            .Select(p => Site.Points[p].Wiring).ShouldAllBe(w => w == Wiring.NormallyClosed);
    }

    [Fact]
    public void A_neighbour_that_is_written_once_stands_on_both_sides()
    {
        Zone("hall").Fabric.Neighbours.ShouldContain(new Neighbour(new ZoneId("cp"), 40));
        Zone("cp").Fabric.Neighbours.ShouldContain(new Neighbour(new ZoneId("hall"), 40));
        Zone("hall").Fabric.Neighbours.Length.ShouldBe(10);
    }

    [Fact]
    public void Units_of_the_file_become_canonical()
    {
        Site.Boiler.NominalPower.Value.ShouldBe(120_000);
        Site.Points[new PointId("meter-gas.volume")].Factor.ShouldBe(0.1);
        Site.Buses[0].Deadline.ShouldBe(TimeSpan.FromMilliseconds(500));
        Site.Meters[0].ShouldBe(new Meter("gas", "Compteur de gaz", Medium.Gas, new PointId("meter-gas.volume"), [], 11.2, 0.10, 227) { EuroPerYear = 310 });
    }

    [Fact]
    public void The_week_is_that_of_a_school_of_four_and_a_half_days()
    {
        var week = Zone("cp").Programme;
        week.On(DayOfWeek.Monday).Intervals.ShouldBe([Lesson(8.5, 12), Lesson(13.5, 16.5)]);
        week.On(DayOfWeek.Wednesday).Intervals.ShouldBe([Lesson(8.5, 12)]);
        week.On(DayOfWeek.Saturday).Intervals.ShouldBeEmpty();
        week.OnHolidays.ShouldBe(HolidayUse.Empty);
    }

    [Fact]
    public void Setpoints_of_a_zone_change_only_what_they_name() =>
        Zone("gym").Setpoints.ShouldBe(Setpoints.Legal with { Comfort = new(16), Reduced = new(12) });

    [Fact]
    public void Facades_become_azimuths() =>
        Zone("ce1-ce2").Fabric.Facades.ShouldBe([new Facade(180, new(12)), new Facade(90, new(4))]);

    [Fact]
    public void Values_go_stale_after_some_six_polls()
    {
        Site.Points[new PointId("relays.channel-1")].StaleAfter.ShouldBe(TimeSpan.FromMinutes(1));
        Site.Points[new PointId("air-cp.co2")].StaleAfter.ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Hours_may_last_until_midnight_and_have_a_mode()
    {
        var text = SchoolFiles.Demo.Text.Replace("wed: 08:30-12:00", "wed: 12:00-24:00 reduced, 8:30-12:00", StringComparison.Ordinal);
        SchoolFiles.Parse(text).TryGet(out var site).ShouldBeTrue();
        site!.Zones[0].Programme.On(DayOfWeek.Wednesday).Intervals.ShouldBe([Lesson(8.5, 12), Lesson(12, 24) with { Mode = Mode.Reduced }]);
    }

    [Fact]
    public void Control_is_tuned_where_the_file_says_so()
    {
        const string Tuning = "control:\n  pulse-cycle: 15 min\n  proportional-band: 4 K\n  highest-setpoint: 24 °C\n\nsetpoints:\n  comfort: 23.5 °C";
        SchoolFiles.Parse(SchoolFiles.Demo.Text.Replace("setpoints:\n  comfort: 19 °C", Tuning, StringComparison.Ordinal)).TryGet(out var site).ShouldBeTrue();
        site!.Control.ShouldBe(new ControlSettings { PulseCycle = TimeSpan.FromMinutes(15), Gain = 0.25, HighestSetpoint = new(24) });
        site.Zones[0].Setpoints.Comfort.Degrees.ShouldBe(23.5);
        Site.Control.ShouldBe(new ControlSettings());
    }

    private static Interval Lesson(double from, double to) => new(TimeSpan.FromHours(from), TimeSpan.FromHours(to), Mode.Comfort);

    private static Zone Zone(string id) => Site.Zones.Single(z => z.Id.Name == id);
}
