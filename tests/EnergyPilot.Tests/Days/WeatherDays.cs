using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Simulation;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Days;

/// <summary>Weather that a school of the north does not have every year, and a sensor that says it has.</summary>
public sealed class WeatherDays
{
    [Fact]
    public async Task Heat_wave_in_october_rests_the_heating_and_moves_the_valves_on_monday_noon()
    {
        var life = new SchoolLife("2025-09-28 12:00", colder: -9);
        await life.Until("2025-10-06 13:30");

        life.School.Physics.Weather.TemperatureC.ShouldBeGreaterThan(17);
        var monday = life.Between("2025-10-06 06:00", "2025-10-06 13:30").ToArray();
        monday.ShouldAllBe(r => r.Decision.Memory.Resting == SummerState.Resting && r.Decision.Demands.All(d => d.Heat == Share.None));
        monday.ShouldAllBe(r => r.Decision.Output(life.Site.Boiler.Release[0]).Value == 0);
        foreach (var zone in life.Site.Zones)
        {
            var open = monday.Where(r => r.Decision.Output(zone.Points.Valve[0]).Value > 0).ToArray();
            open.Length.ShouldBeInRange(4, 8, zone.Name);
            open.ShouldAllBe(r => r.Decision.Output(zone.Points.Valve[0]).Reason.Code == ReasonCode.Exercised);
            life.Site.Local(open[0].Decision.At).TimeOfDay.ShouldBeInRange(TimeSpan.FromHours(12), TimeSpan.FromHours(13.1), zone.Name);
        }

        monday.Max(r => life.Site.Zones.Count(z => r.Decision.Output(z.Points.Valve[0]).Value > 0)).ShouldBe(1, "one at a time");
        foreach (var circuit in life.Site.Circuits) monday.ShouldContain(r => r.Decision.Output(circuit.Pump[0]).Reason.Code == ReasonCode.Exercised);
    }

    [Fact]
    public async Task Week_of_minus_fifteen_degrees_freezes_nobody_and_a_class_that_cannot_be_warm_is_an_alarm()
    {
        var site = SchoolFiles.DemoSite with { Zones = [.. SchoolFiles.DemoSite.Zones.Select(z => z.Id.Name == "cm2" ? Weak(z) : z)] };
        var life = new SchoolLife("2026-01-16 12:00", colder: 15, site, site);
        foreach (var morning in (string[])["2026-01-19", "2026-01-20", "2026-01-21"])
        {
            await life.Until($"{morning} 08:30");
            var felt = life.FeltInClasses();
            await life.Until($"{morning} 10:30");
            var alarms = life.Between($"{morning} 00:00", $"{morning} 10:30").SelectMany(r => r.Decision.Alarms).Where(a => a.Reason.Code == ReasonCode.ZoneCold).Select(a => a.Subject).ToHashSet();
            felt["cm2"].ShouldBeLessThan(17.5, $"its radiators are too weak for such a morning, {morning}");
            alarms.ShouldBe(["cm2"], $"on {morning}");
            foreach (var (zone, temperature) in felt.Where(f => f.Key != "cm2")) temperature.ShouldBeGreaterThanOrEqualTo(17.5, $"{zone} on {morning}");
        }

        life.Between("2026-01-19 00:00", "2026-01-21 10:30").Min(r => r.Snapshot.Of(life.Site.Outdoor[0]).Value).ShouldBeLessThan(-12);
        life.Between("2026-01-16 13:00", "2026-01-21 10:30").Min(r => r.Decision.Demands.Min(d => d.Room.Value)).ShouldBeGreaterThan(5);
        life.Between("2026-01-16 13:00", "2026-01-21 10:30").ShouldAllBe(r => r.Decision.Demands.All(d => d.Room.Value >= 6 || d.Heat == Share.Full));
    }

    private static Zone Weak(Zone zone) => zone with { Fabric = zone.Fabric with { RadiatorPower = new Watts(0.45 * zone.Fabric.RadiatorPower.Value) } };

    [Fact]
    public async Task Sensor_that_is_three_kelvins_wrong_from_one_day_to_the_next_becomes_something_that_the_model_cannot_explain()
    {
        var life = new SchoolLife("2026-01-10 12:00");
        await life.Until("2026-01-14 00:00");
        var (before, neighbour) = (Unexplained("ce1-ce2"), Unexplained("cm1"));
        life.School.Inject(new Fault(FaultKind.SensorOffset, "ce1-ce2"));

        await life.Until("2026-01-16 12:00");
        (Unexplained("ce1-ce2") - before).ShouldBeGreaterThan(0.3, $"before {before}");
        Math.Abs(Unexplained("cm1") - neighbour).ShouldBeLessThan(0.15);

        double Unexplained(string zone) => life.Now.Decision.Memory.Zones[life.Zone(zone).Id].Estimate.Unexplained;
    }
}
