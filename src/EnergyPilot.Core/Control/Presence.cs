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
            Co2Quick = Filtered(before.Co2Quick, co2, now.Step, Quick),
            Co2Slow = Filtered(before.Co2Slow, co2, now.Step, Slow),
        };
        var state = next.Judged(now, zone, motion, co2);
        return state == before.State ? next : next with { State = state, Since = now.At };
    }

    private PresenceState Judged(Situation now, Zone zone, bool motion, Reading co2)
    {
        var seesMotion = zone.Points.Presence.Any(p => now.Snapshot.Of(p).IsReliable);
        if (!seesMotion && !co2.IsReliable) return PresenceState.Unknown;
        var slope = co2.IsReliable ? Co2Slope : double.NegativeInfinity;
        if (motion || slope > Rising) return PresenceState.Present;
        var isQuiet = now.Since(MotionAt) >= Quiet && slope < NoLongerRising;
        return State == PresenceState.Present && !isQuiet ? PresenceState.Present : PresenceState.Absent;
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
