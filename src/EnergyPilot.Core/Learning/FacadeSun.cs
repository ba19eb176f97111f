using EnergyPilot.Core.Sky;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// Sun on the facades, as the drive of a zone wants it: 2 · GHI/1000 · max(0, cos(azimuth − facade)) with the facade at 90°, 180° and 270°.
/// Rough on purpose: blinds, trees and the share of diffuse light end up in the learned figure of each facade.
/// </summary>
public readonly record struct FacadeSun(double East, double South, double West)
{
    private const double Brightest = 1500;      // W/m²; more is a broken sensor

    /// <summary>None at night, and none where nobody knows the irradiance.</summary>
    /// <param name="globalHorizontal">Global irradiance on a horizontal surface [W/m²]; not-a-number when unknown.</param>
    /// <param name="sun">Where the sun stands.</param>
    public static FacadeSun Of(double globalHorizontal, Sun sun)
    {
        if (!double.IsFinite(globalHorizontal) || sun.ElevationDeg <= 0) return default;
        var bright = 2 * Math.Clamp(globalHorizontal, 0, Brightest) / 1000;
        return new FacadeSun(bright * Facing(sun, 90), bright * Facing(sun, 180), bright * Facing(sun, 270));
    }

    private static double Facing(Sun sun, double facadeDeg) => Math.Max(0, Math.Cos((sun.AzimuthDeg - facadeDeg) * Math.PI / 180));
}
