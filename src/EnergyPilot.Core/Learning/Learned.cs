using System.Collections.Immutable;

namespace EnergyPilot.Core.Learning;

/// <summary>What a zone has learned; kept, exported, and reset to its prior by staff.</summary>
/// <param name="Prior">Where it began: the ordinary one, or a sister school's.</param>
/// <param name="Model">In use now.</param>
/// <param name="SdRatios">See <see cref="Identified.SdRatios"/>; all 1 before anything was learned.</param>
/// <param name="Days">Good days behind the model; 0 before anything was learned.</param>
/// <param name="Rmse">Of its day-long predictions [K]; not-a-number before anything was learned.</param>
/// <param name="Updated">When the model was accepted, or learning began.</param>
/// <param name="LastAttempt">When it was last tried to find a better one.</param>
/// <param name="LastVerdict">And what became of it.</param>
public sealed record Learned(
    ZonePrior Prior, ZoneModel Model, ImmutableArray<double> SdRatios, double Days, double Rmse,
    DateTimeOffset Updated, DateTimeOffset LastAttempt, Verdict LastVerdict)
{
    private const double KnownBelow = 0.7;
    private static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    /// <summary>A zone that has learned nothing yet.</summary>
    public static Learned Of(ZonePrior prior, DateTimeOffset since) => new(
        prior, prior.Model, [.. Enumerable.Repeat(1.0, ZoneModel.Count)], 0, double.NaN, since, since, Verdict.NotTried);

    /// <summary>After an attempt: with the new model if the gate lets it pass, else with the old one and the reason.</summary>
    public Learned After(Identified candidate, DateTimeOffset at) => Gate.Of(this, candidate) switch
    {
        Verdict.Accepted => new(Prior, candidate.Model, candidate.SdRatios, candidate.Days, candidate.Rmse, at, at, Verdict.Accepted),
        var refused => this with { LastAttempt = at, LastVerdict = refused },
    };

    /// <summary>Whether anything was ever accepted.</summary>
    public bool HasLearned => Days > 0;

    /// <summary>Whether all of it can be so: what was stored or imported should be asked before it is used.</summary>
    public bool IsSound =>
        !Prior.Spread.IsDefault && Prior.Spread.Length == ZoneModel.Count && Prior.Spread.All(s => s > 0 && double.IsFinite(s))
        && Prior.Model.Values.All(v => v > 0 && double.IsFinite(v)) && Prior.Holds(Model)
        && !SdRatios.IsDefault && SdRatios.Length == ZoneModel.Count && SdRatios.All(r => r is >= 0 and <= 1.5)
        && Days >= 0 && double.IsFinite(Days);

    /// <summary>Whether a parameter, by its place in <see cref="ZoneModel.Values"/>, is known clearly better than before.</summary>
    public bool Knows(int parameter) => SdRatios[parameter] < KnownBelow;

    /// <summary>Whether no model was accepted for 14 days.</summary>
    public bool IsOutdated(DateTimeOffset at) => at - Updated > Patience;
}
