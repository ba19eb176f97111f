using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>Whether people are in a zone, from motion and carbon dioxide together.</summary>
/// <param name="State">What is known.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="MotionAt">When motion was last seen.</param>
/// <param name="Co2Quick">Carbon dioxide through a low-pass of 5 min [ppm]; not-a-number when unknown.</param>
/// <param name="Co2Slow">The same through one of 15 min.</param>
public sealed record Presence(PresenceState State, DateTimeOffset Since, DateTimeOffset MotionAt, double Co2Quick, double Co2Slow)
{
    public static readonly Presence Unknown = new(PresenceState.Unknown, DateTimeOffset.MinValue, DateTimeOffset.MinValue, double.NaN, double.NaN);

    // A week of lessons without any motion: either the detector is dead, or nobody will miss the few degrees less that it would have saved.
    private const double TooManyDays = 7, DayOfEmptySchool = 0.5;
    private static readonly TimeSpan IntoTheUse = TimeSpan.FromHours(2), SameDay = TimeSpan.FromHours(6);

    /// <summary>School days without any motion here; a day on which nobody was seen anywhere counts half, because it may be a holiday that no calendar knows.</summary>
    public double DaysUnseen { get; init; }

    /// <summary>The school day that was counted last, as its number.</summary>
    public int DayCounted { get; init; }

    /// <summary>Whether motion has been missing for so long that its absence says nothing any more.</summary>
    internal bool IsDoubted => DaysUnseen >= TooManyDays;

    private static readonly TimeSpan Quick = TimeSpan.FromMinutes(5), Slow = TimeSpan.FromMinutes(15), Quiet = TimeSpan.FromMinutes(20);

    // ppm per minute: a class of children raises a closed room by 15 and more, an empty one falls.
    private const double Rising = 4, NoLongerRising = 1.5;

    /// <summary>How fast carbon dioxide rises [ppm/min]: two low-passes follow a ramp with delays that differ by 10 min.</summary>
    internal double Co2Slope => (Co2Quick - Co2Slow) / (Slow - Quick).TotalMinutes;

    internal static Presence Of(Situation now, Zone zone, Presence before)
    {
        var motion = now.Snapshot.Any(zone.Points.Presence);
        var co2 = now.Snapshot.Mean(zone.Points.Co2);
        var next = before with
        {
            MotionAt = motion ? now.At : before.MotionAt,
            DaysUnseen = motion ? 0 : before.DaysUnseen,
            Co2Quick = Filtered(before.Co2Quick, co2, now.Step, Quick),
            Co2Slow = Filtered(before.Co2Slow, co2, now.Step, Slow),
        };
        if (next.IsUnseenToday(now, zone)) next = next with { DaysUnseen = next.DaysUnseen + Weight(now, zone), DayCounted = DayOf(now) };
        var state = next.Judged(now, zone, motion, co2);
        return state == before.State ? next : next with { State = state, Since = now.At };
    }

    private PresenceState Judged(Situation now, Zone zone, bool motion, Reading co2)
    {
        if (!SeesMotion(now, zone) && !co2.IsReliable) return PresenceState.Unknown;
        var slope = co2.IsReliable ? Co2Slope : double.NegativeInfinity;
        if (motion || slope > Rising) return PresenceState.Present;
        var isQuiet = now.Since(MotionAt) >= Quiet && slope < NoLongerRising;
        if (State == PresenceState.Present && !isQuiet) return PresenceState.Present;

        // Air that does not rise proves no empty room either: a class with its windows ajar looks like that.
        return IsDoubted ? PresenceState.Unknown : PresenceState.Absent;
    }

    // Once a day, as soon as a use has lasted so long that somebody would have come.
    private bool IsUnseenToday(Situation now, Zone zone)
    {
        if (now.Since(MotionAt) < SameDay || DayCounted == DayOf(now) || !SeesMotion(now, zone)) return false;
        var period = now.Site.PeriodOf(zone, now.At);
        return period.IsInUse && now.Since(period.From) >= IntoTheUse;
    }

    private static double Weight(Situation now, Zone zone)
    {
        var isAlone = true;
        foreach (var (other, memory) in now.Memory.Zones)
        {
            if (other == zone.Id || memory.Presence.State == PresenceState.Unknown) continue;
            if (memory.Presence.State == PresenceState.Present || now.Since(memory.Presence.MotionAt) < SameDay) return 1;
            isAlone = false;
        }

        return isAlone ? 1 : DayOfEmptySchool;
    }

    private static int DayOf(Situation now) => DateOnly.FromDateTime(now.Site.Local(now.At)).DayNumber;

    private static bool SeesMotion(Situation now, Zone zone)
    {
        foreach (var sensor in zone.Points.Presence)
            if (now.Snapshot.Of(sensor).IsReliable) return true;
        return false;
    }

    private static double Filtered(double before, Reading co2, TimeSpan step, TimeSpan constant)
    {
        if (!co2.IsReliable) return double.NaN;
        return double.IsFinite(before) ? before + (1 - Math.Exp(-(step / constant))) * (co2.Value - before) : co2.Value;
    }
}

/// <summary>What is known of people in a zone.</summary>
public enum PresenceState
{
    /// <summary>No sensor can tell.</summary>
    Unknown,
    Absent,
    Present,
}
