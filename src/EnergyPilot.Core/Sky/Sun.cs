namespace EnergyPilot.Core.Sky;

/// <summary>Where on Earth a building stands; north and east positive.</summary>
public readonly record struct Place(double LatitudeDeg, double LongitudeDeg);

/// <summary>
/// Position of the sun without refraction, by the Astronomical Almanac's low-precision formula:
/// Michalsky, J. J., "The Astronomical Almanac's algorithm for approximate solar position (1950-2050)",
/// Solar Energy 40 (1988) 227-235, doi:10.1016/0038-092X(88)90045-X; accuracy 0.01° within those years.
/// </summary>
public readonly record struct Sun(double AzimuthDeg, double ElevationDeg)
{
    private const double RadiansPerDegree = Math.PI / 180.0;
    private const double SecondsPerDay = 86400.0;

    // The Unix epoch is 10957.5 days before J2000.0 (2000-01-01 12:00 UTC).
    private const double UnixEpochToJ2000Days = 10957.5;

    /// <summary>Azimuth clockwise from north in [0, 360), elevation above the horizon in [-90, 90].</summary>
    public static Sun At(DateTimeOffset instant, Place place)
    {
        var unixSeconds = (instant - DateTimeOffset.UnixEpoch).TotalSeconds;
        var days = unixSeconds / SecondsPerDay - UnixEpochToJ2000Days;
        var (rightAscension, declination) = Equatorial(days);
        var hourAngle = SiderealAngle(days, instant.UtcDateTime.TimeOfDay.TotalHours, place.LongitudeDeg) - rightAscension;
        return Horizontal(hourAngle, declination, place.LatitudeDeg * RadiansPerDegree);
    }

    private static (double RightAscension, double Declination) Equatorial(double days)
    {
        var meanLongitudeDeg = 280.460 + 0.9856474 * days;
        var meanAnomaly = (357.528 + 0.9856003 * days) * RadiansPerDegree;
        var eclipticLongitude = (meanLongitudeDeg + 1.915 * Math.Sin(meanAnomaly) + 0.020 * Math.Sin(2.0 * meanAnomaly)) * RadiansPerDegree;
        var obliquity = (23.439 - 0.0000004 * days) * RadiansPerDegree;
        var (sinLongitude, cosLongitude) = Math.SinCos(eclipticLongitude);
        var (sinObliquity, cosObliquity) = Math.SinCos(obliquity);
        return (Math.Atan2(cosObliquity * sinLongitude, cosLongitude), Math.Asin(sinObliquity * sinLongitude));
    }

    private static double SiderealAngle(double days, double utcHours, double longitudeDeg)
    {
        var greenwichHours = 6.697375 + 0.0657098242 * days + utcHours;
        return (greenwichHours * 15.0 + longitudeDeg) * RadiansPerDegree;
    }

    private static Sun Horizontal(double hourAngle, double declination, double latitude)
    {
        var (sinHour, cosHour) = Math.SinCos(hourAngle);
        var (sinDeclination, cosDeclination) = Math.SinCos(declination);
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude);
        var sinElevation = sinDeclination * sinLatitude + cosDeclination * cosLatitude * cosHour;
        var east = -cosDeclination * sinHour;
        var north = sinDeclination * cosLatitude - cosDeclination * sinLatitude * cosHour;
        var azimuthDeg = Math.Atan2(east, north) / RadiansPerDegree;
        return new Sun(azimuthDeg < 0.0 ? azimuthDeg + 360.0 : azimuthDeg, Math.Asin(Math.Clamp(sinElevation, -1.0, 1.0)) / RadiansPerDegree);
    }
}
