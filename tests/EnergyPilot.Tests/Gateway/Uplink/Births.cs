using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Gateway.Uplink;

public sealed class Births
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly UplinkDirectory Directory = new(Site, []);

    [Fact]
    public void Every_point_is_one_metric_and_every_metric_has_a_name_of_its_own()
    {
        var made = Site.Zones.SelectMany(z => new[] { CyclePoints.Setpoint(z.Id), CyclePoints.Heat(z.Id) }).Concat(Site.Circuits.Select(c => CyclePoints.Setpoint(c.Id)));
        Directory.Points.Keys.Order().ShouldBe(Site.Points.Keys.Concat(made).Order());
        Directory.Points.Values.Select(p => (p.Device, p.Metric)).ShouldBeUnique();
        Directory.Points.Values.Select(p => p.Alias).Concat(Directory.Sequences.Values).Concat(Directory.Wishes.Values.SelectMany(w => new[] { w.Mode, w.Until, w.By, w.Note, w.Answer })).ShouldBeUnique();
    }

    [Theory]
    [InlineData("room-cp.temperature", "zone-cp", "temperature")]
    [InlineData("air-cp.temperature", "zone-cp", "temperature-2")]
    [InlineData("air-cp.co2", "zone-cp", "co2")]
    [InlineData("zone/cp.setpoint", "zone-cp", "setpoint")]
    [InlineData("meter-gas.volume", "meter-gas", "index")]
    [InlineData("boiler-release.state", "plant", "boiler/release")]
    [InlineData("circuit/wings.setpoint", "plant", "circuit/wings/setpoint")]
    public void Points_are_where_people_look_for_them(string point, string device, string metric)
    {
        var found = Directory.Points[Site.Points.Keys.Concat(Directory.Points.Keys).First(p => p.Name == point)];
        (found.Device, found.Metric).ShouldBe((device, metric));
    }

    [Fact]
    public void Births_are_as_the_specification_asks_and_say_what_each_point_is()
    {
        var birth = new UplinkBirths(Site, Directory, "log", 5).Of(Cycle(), Now);
        birth.Check();
        var temperature = birth.Devices.Single(d => d.Id == "zone-cp").Metrics.Single(m => m.Name == "temperature");
        var said = temperature.Properties.ToDictionary(p => p.Name, p => p.Value.ToString());
        (said["engUnit"], said["brick"], said["quantity"], said["point"]).ShouldBe(("°C", "Zone_Air_Temperature_Sensor", "Temperature", "room-cp.temperature"));
        said.ShouldContainKey("engLow");
        temperature.Value.TryNumber(out _).ShouldBeTrue();
        birth.Devices.Single(d => d.Id == "meter-gas").Metrics.Single(m => m.Name == "index").Properties.ShouldContain(("cumulative", SparkplugScalar.Of(true)));
    }

    [Fact]
    public void Before_the_first_cycle_everything_is_null()
    {
        var birth = new UplinkBirths(Site, Directory, "log", 0).Of(null, Now);
        birth.Check();
        birth.Devices.SelectMany(d => d.Metrics).Where(m => m.Properties.Any(p => p.Name == "point")).ShouldAllBe(m => m.Value.IsNull);
    }

    [Theory]
    [InlineData(Reliability.CommunicationFailure, SparkplugQuality.Stale)]
    [InlineData(Reliability.OverRange, SparkplugQuality.Bad)]
    [InlineData(Reliability.NoSensor, SparkplugQuality.Bad)]
    public void What_cannot_be_trusted_has_no_value_and_says_so(Reliability reliability, SparkplugQuality quality) =>
        UplinkBirths.Value(Directory.Points.Values.First(), 20, reliability).ShouldBe((SparkplugScalar.None, quality));

    private static CycleRecord Cycle()
    {
        var world = new DemoWorld(rooms: 18.5, outdoor: 3);
        return new CycleRecord(Site, world.At(Now), world.Decide(Now));
    }
}
