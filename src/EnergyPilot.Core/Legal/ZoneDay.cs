using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Legal;

/// <summary>What a zone's day, or a piece of it, was before the law.</summary>
/// <param name="VolumeM3">Its weight in the mean of the building.</param>
/// <param name="Limit">What the law allows on average in use; infinite where it sets no limit.</param>
/// <param name="InUse">Temperature while in use.</param>
/// <param name="EmptyForHours">Temperature while empty for less than 24 h.</param>
/// <param name="EmptyForADay">Temperature while empty for 24 to 48 h.</param>
/// <param name="EmptyForLong">Temperature while empty for 48 h or more.</param>
/// <param name="WarmUnheated">Warmer than the limit without heat: sun, people, walls that cool down. No excess of heating.</param>
/// <param name="BlindMilliseconds">How long no sensor told its temperature.</param>
/// <param name="Excesses">Heated above the limit, in order of their beginning.</param>
public sealed record ZoneDay(
    ZoneId Zone, double VolumeM3, Celsius Limit, TimedSum InUse, TimedSum EmptyForHours, TimedSum EmptyForADay, TimedSum EmptyForLong,
    TimedSum WarmUnheated, long BlindMilliseconds, ImmutableArray<Excess> Excesses)
{
    public bool IsLimited => double.IsFinite(Limit.Degrees);

    /// <summary>How much of the day is known, seen or blind.</summary>
    public TimeSpan Recorded => InUse.Time + EmptyForHours.Time + EmptyForADay.Time + EmptyForLong.Time + TimeSpan.FromMilliseconds(BlindMilliseconds);

    /// <summary>Temperature while it was in use, or empty for so long.</summary>
    public TimedSum Of(Occupancy occupancy) => occupancy switch
    {
        Occupancy.InUse => InUse,
        Occupancy.EmptyForHours => EmptyForHours,
        Occupancy.EmptyForADay => EmptyForADay,
        _ => EmptyForLong,
    };

    /// <summary>This piece and the one that follows it.</summary>
    public ZoneDay Then(ZoneDay later) => later with
    {
        InUse = InUse + later.InUse, EmptyForHours = EmptyForHours + later.EmptyForHours,
        EmptyForADay = EmptyForADay + later.EmptyForADay, EmptyForLong = EmptyForLong + later.EmptyForLong,
        WarmUnheated = WarmUnheated + later.WarmUnheated, BlindMilliseconds = BlindMilliseconds + later.BlindMilliseconds,
        Excesses = Joined(Excesses, later.Excesses),
    };

    // An excess goes on with the last of its kind, also when another lay between.
    private static ImmutableArray<Excess> Joined(ImmutableArray<Excess> before, ImmutableArray<Excess> later)
    {
        if (later.IsEmpty) return before;
        if (before.IsEmpty) return later;
        var joined = before.ToBuilder();
        foreach (var excess in later)
        {
            var at = joined.Count - 1;
            while (at >= 0 && !joined[at].GoesOnWith(excess)) at--;
            if (at < 0) joined.Add(excess);
            else joined[at] = joined[at].Then(excess);
        }

        return joined.DrainToImmutable();
    }
}
