using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Comfort;

/// <summary>How somebody in a room feels: the seven-point scale of ISO 7730 and ASHRAE 55 folded to what a person taps without thinking.</summary>
public enum Feeling
{
    /// <summary>Cool or cold (−1 to −3 of the seven points).</summary>
    TooCold,

    /// <summary>Neutral.</summary>
    Fine,

    /// <summary>Warm or hot (+1 to +3).</summary>
    TooWarm,
}

/// <summary>One vote, with all that is known of it; nothing of who gave it.</summary>
/// <param name="At">When, to the quarter of an hour.</param>
/// <param name="Room">How warm the room was; not a number while nobody could say.</param>
/// <param name="Target">How warm it was to be.</param>
/// <param name="Outdoor">How warm it was outdoors; not a number while nobody could say.</param>
/// <param name="InUse">Whether the room was in use by its programme, an event or somebody's wish.</param>
public sealed record ComfortVote(DateTimeOffset At, ZoneId Zone, Feeling Feeling, Celsius Room, Celsius Target, Celsius Outdoor, bool InUse)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(15);

    /// <summary>The beginning of the quarter of an hour of this instant: votes are kept no finer, so that nobody can be told by the minute.</summary>
    public static DateTimeOffset SlotOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % Slot.Ticks, TimeSpan.Zero);
}
