using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class SchoolTests
{
    [Fact]
    public void Same_seed_gives_the_identical_course()
    {
        var (one, other) = (Build.Study(7), Build.Study(7));
        foreach (var school in new[] { one, other })
            new ClockControl(school).RunUntil(Build.Monday.AddDays(3));
        Fingerprint(other).ShouldBe(Fingerprint(one));
    }

    [Fact]
    public void Another_seed_gives_another_course()
    {
        var (one, other) = (Build.Study(7), Build.Study(8));
        foreach (var school in new[] { one, other })
            new ClockControl(school).RunUntil(Build.Monday.AddDays(3));
        Fingerprint(other).ShouldNotBe(Fingerprint(one));
    }

    [Fact]
    public void Course_does_not_depend_on_how_the_time_is_cut()
    {
        var (whole, cut) = (Build.Study(7), Build.Study(7));
        Build.Heat(whole, 55.0);
        Build.Heat(cut, 55.0);
        whole.Advance(TimeSpan.FromHours(20));
        for (var step = 0; step < 20 * 360; step++)
            cut.Advance(TimeSpan.FromSeconds(10));
        cut.Time.ShouldBe(whole.Time);
        Fingerprint(cut).ShouldBe(Fingerprint(whole));
    }

    [Fact]
    public void People_and_windows_are_the_same_under_every_controller()
    {
        var (heated, cold) = (Build.Study(7), Build.Study(7));
        Build.Heat(heated, 70.0);
        for (var minute = 0; minute < 3 * 1440; minute++)
        {
            heated.Advance(TimeSpan.FromMinutes(1));
            cold.Advance(TimeSpan.FromMinutes(1));
            heated.Use.ToArray().ShouldBe(cold.Use.ToArray());
            heated.WindowAirChangesPerHour.ToArray().ShouldBe(cold.WindowAirChangesPerHour.ToArray());
            heated.PresenceDetected.ToArray().ShouldBe(cold.PresenceDetected.ToArray());
        }
        heated.AirTemperatureC[0].ShouldBeGreaterThan(cold.AirTemperatureC[0] + 3.0);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var school = Build.Study(7);
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromDays(2));
        var before = GC.GetAllocatedBytesForCurrentThread();
        school.Advance(TimeSpan.FromDays(5));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Thermostat_shows_tenths_with_its_bias_and_little_noise()
    {
        var parameters = Build.OneRoom();
        var biased = parameters with { Zones = [parameters.Zones[0] with { SensorBiasK = 0.33 }], InitialTemperatureC = 20.0 };
        var school = Build.Empty(biased, Build.Outdoor(20.0));
        var readings = new double[2000];
        for (var minute = 0; minute < readings.Length; minute++)
        {
            school.Advance(TimeSpan.FromMinutes(1));
            readings[minute] = school.SensorTemperatureC[0];
        }
        readings.ShouldAllBe(reading => Math.Abs(reading * 10.0 - Math.Round(reading * 10.0)) < 1e-9);
        // The boiler room at 15 °C does not reach the room, so the room stays at 20 °C.
        readings.Average().ShouldBe(20.33, 0.01);
        Spread(readings).ShouldBe(Math.Sqrt(0.04 * 0.04 + 0.1 * 0.1 / 12.0), 0.01);
    }

    [Fact]
    public void Thermostat_follows_with_a_lag()
    {
        var school = Build.Empty(Build.OneRoom(), Build.Outdoor(-5.0));
        school.Inject(SchoolFault.WindowJammedOpen(0));
        school.Advance(TimeSpan.FromMinutes(10));
        var seenC = 0.7 * school.AirTemperatureC[0] + 0.3 * school.FastMassTemperatureC[0];
        school.SensorTemperatureC[0].ShouldBeInRange(seenC + 0.3, 18.0);
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double[] Fingerprint(School school) =>
    [
        .. school.AirTemperatureC, .. school.FastMassTemperatureC, .. school.DeepMassTemperatureC, .. school.SensorTemperatureC,
        .. school.Co2Ppm, school.Boiler.GasKWh, school.Boiler.FlowTemperatureC, school.Ledger.StoredKWh,
    ];
}
