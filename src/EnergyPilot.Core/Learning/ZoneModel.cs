using System.Collections.Immutable;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// How a zone answers to heat, as three masses: air with furniture a, fast mass f (surfaces), deep mass d (walls), with
/// a' = AirToFast·(f−a) + AirToOutdoor·(o−a) + Heating·u + sun + People·g + disturbance,
/// f' = FastToAir·(a−f) + FastToDeep·(d−f),
/// d' = DeepToFast·(f−d) + DeepToOutdoor·(o−d).
/// Exchanges are in 1/h; what heats the air is in K/h: at nominal emission of the radiators (u = 1), at full sun on that facade,
/// with people there (g = 1). Room size and radiator size are absorbed by the figures, so nobody has to enter them.
/// Of lumped models the one with three masses is the smallest that predicts a night and a weekend with the same figures.
/// </summary>
public sealed record ZoneModel(
    double AirToFast, double AirToOutdoor, double Heating,
    double SunEast, double SunSouth, double SunWest, double People,
    double FastToAir, double FastToDeep, double DeepToFast, double DeepToOutdoor)
{
    /// <summary>Number of parameters.</summary>
    public const int Count = 11;

    private const double SubStepsPerHour = 12;

    /// <summary>An ordinary classroom with deliberately weak radiators: a school that has learned nothing starts too early rather than too late.</summary>
    public static readonly ZoneModel Prior = new(1.2, 0.15, 9.0, 0.5, 0.5, 0.5, 1.5, 0.35, 0.20, 0.08, 0.02);

    /// <summary>Standard deviation of the logarithm of each parameter between zones, in the order of <see cref="Values"/>.</summary>
    public static readonly ImmutableArray<double> Spread = [0.6, 0.7, 0.7, 1.2, 1.2, 1.2, 0.9, 0.6, 0.6, 0.6, 0.7];

    /// <summary>The parameters in order.</summary>
    public ImmutableArray<double> Values =>
        [AirToFast, AirToOutdoor, Heating, SunEast, SunSouth, SunWest, People, FastToAir, FastToDeep, DeepToFast, DeepToOutdoor];

    /// <summary>A model from its parameters in order.</summary>
    public static ZoneModel Of(ReadOnlySpan<double> values) => new(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8], values[9], values[10]);

    /// <summary>
    /// The temperatures after some hours under a constant drive: midpoint rule in equal sub-steps of at most 1/12 h.
    /// With parameters inside the box of a <see cref="ZonePrior"/> each new temperature is a weighted mean of the old ones and the
    /// outdoor air plus the heat, hence stable and monotone. Allocates nothing.
    /// </summary>
    public ZoneState Step(ZoneState state, ZoneDrive drive, double hours)
    {
        var count = Math.Max((int)Math.Ceiling(hours * SubStepsPerHour - 1e-9), 1);
        var h = hours / count;
        var (a, f, d) = (state.Air, state.Fast, state.Deep);
        var outdoor = drive.Outdoor;
        var heat = Heat(drive);
        for (var i = 0; i < count; i++)
        {
            var am = a + h / 2 * (AirToFast * (f - a) + AirToOutdoor * (outdoor - a) + heat);
            var fm = f + h / 2 * (FastToAir * (a - f) + FastToDeep * (d - f));
            var dm = d + h / 2 * (DeepToFast * (f - d) + DeepToOutdoor * (outdoor - d));
            a += h * (AirToFast * (fm - am) + AirToOutdoor * (outdoor - am) + heat);
            f += h * (FastToAir * (am - fm) + FastToDeep * (dm - fm));
            d += h * (DeepToFast * (fm - dm) + DeepToOutdoor * (outdoor - dm));
        }

        return new ZoneState(a, f, d);
    }

    /// <summary>Everything that heats the air [K/h].</summary>
    public double Heat(ZoneDrive drive) =>
        Heating * drive.Emission + SunEast * drive.SunEast + SunSouth * drive.SunSouth + SunWest * drive.SunWest
        + People * drive.People + drive.Disturbance;

    /// <summary>How far the air settles above the outdoor air per K/h of heat [K per K/h].</summary>
    public double SteadyRise
    {
        get
        {
            var deepPerFast = DeepToFast / (DeepToFast + DeepToOutdoor);
            var fastPerAir = FastToAir / (FastToAir + FastToDeep * (1 - deepPerFast));
            return 1 / (AirToOutdoor + AirToFast * (1 - fastPerAir));
        }
    }
}
