using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites.Editing;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>What would become of the site with another text.</summary>
/// <param name="Text">That text.</param>
/// <param name="BasedOn">The version that it is compared with.</param>
/// <param name="Mistakes">What must be mended before it can hold, with lines.</param>
/// <param name="Warnings">What is allowed and worth a word.</param>
/// <param name="Diff">Line by line.</param>
/// <param name="Differences">Value by value.</param>
/// <param name="Effect">What it needs in order to hold.</param>
/// <param name="Scope">Whose business it is.</param>
internal sealed record SitePreview(
    DocumentText Text, long BasedOn, ImmutableArray<Mistake> Mistakes, ImmutableArray<Mistake> Warnings, ImmutableArray<DiffLine> Diff,
    ImmutableArray<SiteDifference> Differences, SiteEffect Effect, SiteScope Scope)
{
    public bool CanHold => Mistakes.IsEmpty;
}

/// <summary>How an attempt to change the site ended.</summary>
internal enum SiteChangeState
{
    /// <summary>It holds from the next cycle on.</summary>
    Applied,

    /// <summary>It is kept, and holds when the control has begun anew, some seconds later.</summary>
    BeginsAnew,

    /// <summary>The text is the one that holds already.</summary>
    Unchanged,

    /// <summary>It has mistakes.</summary>
    Mistaken,

    /// <summary>Somebody else has changed the site meanwhile.</summary>
    Outdated,

    /// <summary>Whoever asked may not change this.</summary>
    Refused,

    /// <summary>The card takes nothing at the moment.</summary>
    NotKept,
}

/// <summary>What came of a change.</summary>
/// <param name="Version">The version that holds, or is about to.</param>
internal sealed record SiteChange(SiteChangeState State, long Version, SitePreview Preview)
{
    public bool IsDone => State is SiteChangeState.Applied or SiteChangeState.BeginsAnew or SiteChangeState.Unchanged;
}
