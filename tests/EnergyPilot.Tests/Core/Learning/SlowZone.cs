using EnergyPilot.Core.Learning;

namespace EnergyPilot.Tests.Core.Learning;

/// <summary>The same equations, solved by the classical Runge-Kutta method in steps of a third of a minute: slow, and independent of the product.</summary>
internal static class SlowZone
{
    public static ZoneState After(ZoneModel p, ZoneState from, ZoneDrive drive, double hours)
    {
        double[] y = [from.Air, from.Fast, from.Deep];
        var n = Math.Max(1, (int)Math.Ceiling(hours * 180));
        var h = hours / n;
        for (var i = 0; i < n; i++)
        {
            var k1 = Slope(p, y, drive);
            var k2 = Slope(p, Along(y, k1, h / 2), drive);
            var k3 = Slope(p, Along(y, k2, h / 2), drive);
            var k4 = Slope(p, Along(y, k3, h), drive);
            for (var j = 0; j < 3; j++) y[j] += h / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
        }

        return new ZoneState(y[0], y[1], y[2]);
    }

    private static double[] Slope(ZoneModel p, double[] y, ZoneDrive w) =>
    [
        p.AirToFast * (y[1] - y[0]) + p.AirToOutdoor * (w.Outdoor - y[0]) + p.Heating * w.Emission
            + p.SunEast * w.SunEast + p.SunSouth * w.SunSouth + p.SunWest * w.SunWest + p.People * w.People + w.Disturbance,
        p.FastToAir * (y[0] - y[1]) + p.FastToDeep * (y[2] - y[1]),
        p.DeepToFast * (y[1] - y[2]) + p.DeepToOutdoor * (w.Outdoor - y[2]),
    ];

    private static double[] Along(double[] y, double[] slope, double h) => [y[0] + h * slope[0], y[1] + h * slope[1], y[2] + h * slope[2]];
}
