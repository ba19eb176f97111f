namespace EnergyPilot.Core.Learning;

/// <summary>Whether a model found in data may replace the one in use.</summary>
public static class Gate
{
    /// <summary>With fewer good days nothing is learned; the first day of all only settles the walls, so that it begins after three.</summary>
    public const double FewestDays = 2;

    private const double LargestRmse = 1.0;         // K
    private const double WorseThanBefore = 1.3;
    private const double Informed = 0.7, Uninformed = 0.9;
    private const double SteadyEmission = 0.6, ColdestSteady = 12, HottestSteady = 80;
    private const int Heating = 2;

    public static Verdict Of(Learned before, Identified candidate) =>
        candidate.Days < FewestDays ? Verdict.TooFewDays
        : !(candidate.Rmse <= LargestRmse) ? Verdict.PredictsBadly
        : candidate.Rmse > WorseThanBefore * candidate.PreviousRmse ? Verdict.WorseThanBefore
        : !before.Prior.Holds(candidate.Model) || !IsBalanced(candidate.Model) ? Verdict.Implausible
        : before.SdRatios[Heating] < Informed && candidate.SdRatios[Heating] > Uninformed ? Verdict.KnowsLess
        : Verdict.Accepted;

    /// <summary>
    /// Whether the zone would settle between 12 and 80 °C at 0 °C outdoors and an emission of 0.6. Below it could not be heated at all;
    /// weak radiators in a leaky room do settle at 15 °C, and are exactly those that must be known.
    /// </summary>
    public static bool IsBalanced(ZoneModel model) =>
        SteadyEmission * model.Heating * model.SteadyRise is >= ColdestSteady and <= HottestSteady;
}

/// <summary>What became of an attempt to learn.</summary>
public enum Verdict
{
    NotTried,
    Accepted,

    /// <summary>Less than two days of good quarters after the first one.</summary>
    TooFewDays,

    /// <summary>Day-long predictions are off by more than 1 K.</summary>
    PredictsBadly,

    /// <summary>The model in use predicts the same days clearly better.</summary>
    WorseThanBefore,

    /// <summary>Outside the prior's box, or no room settles there.</summary>
    Implausible,

    /// <summary>A summer without heating would forget the radiators.</summary>
    KnowsLess,
}
