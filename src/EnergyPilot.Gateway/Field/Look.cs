using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Field;

/// <summary>What came of a look at one device, besides its readings.</summary>
/// <param name="WasAsked">False where nothing could be asked; what was found then says why, and what to do instead.</param>
internal sealed record Look(bool WasAsked, ImmutableArray<LineTrouble> Found)
{
    /// <summary>It was asked, or listened to.</summary>
    public static Look Asked(params ImmutableArray<LineTrouble> found) => new(true, found);

    public static Look NotPossible(params ImmutableArray<LineTrouble> why) => new(false, why);
}
