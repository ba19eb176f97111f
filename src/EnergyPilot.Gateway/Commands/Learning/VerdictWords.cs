using EnergyPilot.Core.Learning;

namespace EnergyPilot.Gateway.Commands.Learning;

/// <summary>What became of a lesson, in words.</summary>
internal static class VerdictWords
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.NotTried => "not tried yet",
        Verdict.Accepted => "accepted",
        Verdict.TooFewDays => "too few good days yet",
        Verdict.PredictsBadly => "refused: predicts days with more than 1 K of error",
        Verdict.WorseThanBefore => "refused: the older model predicts better",
        Verdict.Implausible => "refused: no such room exists",
        Verdict.KnowsLess => "refused: would forget the radiators",
        _ => verdict.ToString(),
    };
}
