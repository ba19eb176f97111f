using EnergyPilot.Core.Sky;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Core.Sky;

public sealed class SunTests
{
    private static readonly Place Uccle = new(50.7969, 4.3581);

    /// <summary>
    /// The worked example of Reda and Andreas, Solar Position Algorithm for Solar Radiation Applications, NREL/TP-560-34302
    /// (2003, revised 2008), appendix A.5: topocentric zenith 50.11162°, azimuth 194.34024°. Theirs includes refraction (about 0.02° here).
    /// </summary>
    [Fact]
    public void Position_agrees_with_the_published_example_of_nrel()
    {
        var sun = Sun.At(new DateTimeOffset(2003, 10, 17, 12, 30, 30, TimeSpan.FromHours(-7)), new Place(39.742476, -105.1786));
        sun.ElevationDeg.ShouldBe(90.0 - 50.11162, 0.03);
        sun.AzimuthDeg.ShouldBe(194.34024, 0.02);
    }

    /// <summary>At culmination the elevation is 90° - latitude + declination; at the solstices the declination is ±23.44° (Astronomical Almanac).</summary>
    [Theory]
    [InlineData(6, 21, 23.44)]
    [InlineData(12, 21, -23.44)]
    public void Sun_culminates_in_the_south_at_the_height_of_its_declination(int month, int day, double declinationDeg)
    {
        var highest = Enumerable.Range(0, 24 * 60)
            .Select(minute => Sun.At(new DateTimeOffset(2026, month, day, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute), Uccle))
            .MaxBy(sun => sun.ElevationDeg);
        highest.ElevationDeg.ShouldBe(90.0 - Uccle.LatitudeDeg + declinationDeg, 0.02);
        highest.AzimuthDeg.ShouldBe(180.0, 0.5);
    }

    [Theory]
    [InlineData(7, 60, 110)]
    [InlineData(17, 250, 300)]
    public void Sun_stands_in_the_east_in_the_morning_and_in_the_west_in_the_evening(int hour, double from, double to) =>
        Sun.At(new DateTimeOffset(2026, 3, 21, hour, 0, 0, TimeSpan.Zero), Uccle).AzimuthDeg.ShouldBeInRange(from, to);
}
