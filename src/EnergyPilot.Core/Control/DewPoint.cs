using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// The dew point of air by the Magnus formula, e = 6.1094 hPa · exp(17.625 t/(t + 243.04 °C)), solved for the temperature at which the vapour
/// that is there saturates; coefficients of Alduchov and Eskridge (1996), "Improved Magnus form approximation of saturation vapor pressure", within 0.4 % from −40 to 50 °C.
/// </summary>
public static class DewPoint
{
    private const double A = 17.625, B = 243.04;

    /// <param name="air">Temperature of the air.</param>
    /// <param name="humidity">Its relative humidity [%]; below 1 % it is taken for 1 %, above 100 % for 100 %.</param>
    public static Celsius Of(Celsius air, double humidity)
    {
        var vapour = Math.Log(Math.Clamp(humidity, 1, 100) / 100) + A * air.Degrees / (B + air.Degrees);
        return new Celsius(B * vapour / (A - vapour));
    }
}
