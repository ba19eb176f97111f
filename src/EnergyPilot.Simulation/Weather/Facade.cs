using EnergyPilot.Core.Sky;

namespace EnergyPilot.Simulation.Weather;

/// <summary>A vertical surface by the direction it looks at, clockwise from north (90 east, 180 south).</summary>
public readonly struct Facade(double azimuthDeg)
{
    /// <summary>Reflectance of bare ground and grass, the usual default (Duffie and Beckman, Solar Engineering of Thermal Processes, 4th ed., section 2.15).</summary>
    public const double GroundAlbedo = 0.2;

    private const double RadiansPerDegree = Math.PI / 180.0;
    private readonly double east = Math.Sin(azimuthDeg * RadiansPerDegree);
    private readonly double north = Math.Cos(azimuthDeg * RadiansPerDegree);

    /// <summary>
    /// Irradiance in W/m² by the isotropic-sky model of Liu and Jordan (Solar Energy 7, 1963, 53-74) at a tilt of 90°:
    /// beam·max(0, cos θ) + diffuse/2 + albedo·global/2. There is no beam from a sun below the horizon.
    /// </summary>
    public double IrradianceWPerM2(in WeatherSample weather, Sun sun) => IrradianceWPerM2(weather, new SunRay(sun));

    /// <summary>The same with the sun's direction already resolved, for many facades at one instant.</summary>
    internal double IrradianceWPerM2(in WeatherSample weather, in SunRay ray)
    {
        var cosIncidence = ray.Up > 0.0 ? Math.Max(0.0, ray.East * east + ray.North * north) : 0.0;
        return weather.DirectNormalWPerM2 * cosIncidence
            + 0.5 * weather.DiffuseHorizontalWPerM2
            + 0.5 * GroundAlbedo * weather.GlobalHorizontalWPerM2;
    }

    /// <summary>Unit vector towards the sun.</summary>
    internal readonly struct SunRay
    {
        public SunRay(Sun sun)
        {
            var (sinAzimuth, cosAzimuth) = Math.SinCos(sun.AzimuthDeg * RadiansPerDegree);
            var (sinElevation, cosElevation) = Math.SinCos(sun.ElevationDeg * RadiansPerDegree);
            (East, North, Up) = (cosElevation * sinAzimuth, cosElevation * cosAzimuth, sinElevation);
        }

        public double East { get; }

        public double North { get; }

        public double Up { get; }
    }
}
