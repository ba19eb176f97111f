using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>What a site keeps of its measurements, and for how long.</summary>
public sealed record History
{
    /// <summary>What holds where a site file says nothing.</summary>
    public static readonly History Usual = new();

    /// <summary>How long single readings are kept; what is made of them by quarters of an hour stays.</summary>
    public TimeSpan Detail { get; init; } = TimeSpan.FromDays(60);

    /// <summary>How long quarters of an hour are kept; they become hours, which stay for good, as days do.</summary>
    public TimeSpan Quarters { get; init; } = TimeSpan.FromDays(5 * 366);

    /// <summary>The most that the database may hold [bytes]; beyond it the oldest detail goes before its time. Twice what a school of 200 points needs in its first year.</summary>
    public long LargestBytes { get; init; } = 1L << 30;

    /// <summary>How often a steady value is kept.</summary>
    public TimeSpan Heartbeat { get; init; } = Keeping.LongestHeartbeat;

    /// <summary>Quantities whose points have another deadband here than usual.</summary>
    public ImmutableDictionary<Quantity, Deadband> Deadbands { get; init; } = ImmutableDictionary<Quantity, Deadband>.Empty;

    /// <summary>What holds for points of this quantity.</summary>
    public Keeping Of(Quantity quantity) => new(Deadbands.GetValueOrDefault(quantity, Deadband.Of(quantity)), Heartbeat);
}
