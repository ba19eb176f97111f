using System.Collections.Immutable;
using System.Runtime.InteropServices;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Legal;

/// <summary>
/// Folds cycles into days of the ledger. Heat counts as given when the control asks for it; whether the boiler followed is not judged here.
/// Who wishes more than the limit exceeds it with all heat above it. A loop that is to hold the limit or less may swing by the kelvin within
/// which it works: the law limits a mean.
/// </summary>
public static class Ledger
{
    private const long SwingMillikelvin = 1000;

    // Nobody knows what happened between two cycles further apart than this.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(5);

    /// <summary>The day with one more cycle: the time since the cycle before, as far as it belongs to this day, was as this decision found it.</summary>
    public static LedgerDay Add(LedgerDay day, Decision decision, Site site, TimeSpan step)
    {
        var from = Later(decision.At - step, Midnight(site, day.Day));
        var until = Earlier(decision.At, Midnight(site, day.Day.AddDays(1)));
        if (step > LongestStep || from >= until) return day;

        var zones = new List<ZoneDay>(site.Zones.Length);
        for (var i = 0; i < site.Zones.Length && i < decision.Targets.Length && i < decision.Demands.Length; i++)
            zones.Add(Piece(new Moment(site.Zones[i], site.PeriodOf(site.Zones[i], decision.At), decision.Targets[i], decision.Demands[i], from, until)));
        return day.Then(new LedgerDay(day.Day, ImmutableCollectionsMarshal.AsImmutableArray(zones.ToArray())));
    }

    private static ZoneDay Piece(Moment now)
    {
        var piece = new ZoneDay(now.Zone.Id, now.Zone.VolumeM3, now.Zone.Limits.InUse, default, default, default, default, default, 0, []);
        if (!now.IsSeen) return piece with { BlindMilliseconds = now.Milliseconds, Excesses = Blind(now) };

        var known = TimedSum.Of(now.Millikelvin, now.Milliseconds);
        piece = now.Occupancy switch
        {
            Occupancy.InUse => piece with { InUse = known },
            Occupancy.EmptyForHours => piece with { EmptyForHours = known },
            Occupancy.EmptyForADay => piece with { EmptyForADay = known },
            _ => piece with { EmptyForLong = known },
        };
        if (!now.Zone.Limits.Apply || now.AboveMillikelvin <= (now.IsWished ? 0 : SwingMillikelvin)) return piece;

        var above = TimedSum.Of(now.AboveMillikelvin, now.Milliseconds);
        return now.IsHeated ? piece with { Excesses = [Excess(now, above)] } : piece with { WarmUnheated = above };
    }

    // In use it may be as warm as it should be; in an absence, heat that nobody sees is too much.
    private static ImmutableArray<Excess> Blind(Moment now) =>
        now.IsHeated && now.Zone.Limits.Apply && now.Occupancy is Occupancy.EmptyForADay or Occupancy.EmptyForLong
            ? [Excess(now, new TimedSum(now.Milliseconds, 0))]
            : [];

    private static Excess Excess(Moment now, TimedSum above)
    {
        var (cause, by, note) = Why(now);
        return new Excess(
            cause, now.Limit, by, note, now.From, now.Until, above, now.IsSeen ? now.AboveMillikelvin : 0,
            (long)Math.Round(now.Demand.Heat.Value * now.Milliseconds));
    }

    private static (ExcessCause Cause, string By, string Note) Why(Moment now) => now switch
    {
        { Demand.Reason.Code: ReasonCode.FrostInZone } => (ExcessCause.FrostGuard, "", ""),
        { Target.Priority: not Priority.Schedule } => (ExcessCause.ByHand, Text(now.Target.Reason, "by"), Text(now.Target.Reason, "note")),
        { IsSeen: false } => (ExcessCause.SensorLost, "", ""),
        { Target.Reason.Code: ReasonCode.WarmingUp } => (ExcessCause.WarmUp, "", ""),
        { Period: { Cause: PeriodCause.Event, Occasion: { } occasion } } =>
            (occasion.Kind == OccasionKind.Letting ? ExcessCause.Letting : ExcessCause.Event, "", occasion.Note),
        { Target.Reason.Code: ReasonCode.UsedOutsideHours } => (ExcessCause.Visitors, "", ""),
        { Target.Reason.Code: ReasonCode.MouldGuard } => (ExcessCause.MouldGuard, "", ""),
        _ => (now.IsWished ? ExcessCause.Setpoint : ExcessCause.Overshoot, "", ""),
    };

    private static string Text(Reason reason, string name)
    {
        foreach (var fact in reason.Facts)
            if (fact.Name == name) return fact.Text;
        return "";
    }

    private static DateTimeOffset Midnight(Site site, DateOnly day) => site.Instant(day.ToDateTime(TimeOnly.MinValue));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>A zone in one cycle.</summary>
    private sealed record Moment(Zone Zone, Period Period, ZoneTarget Target, ZoneDemand Demand, DateTimeOffset From, DateTimeOffset Until)
    {
        public Occupancy Occupancy { get; } = Occupancies.Of(Period);

        public Units.Celsius Limit => Zone.Limits.Of(Occupancy);

        public bool IsSeen => Demand.Room.IsReliable && double.IsFinite(Demand.Room.Value);

        /// <summary>Whether the control itself wishes more than the law allows.</summary>
        public bool IsWished => Target.Setpoint > Limit;

        public bool IsHeated => Demand.Heat.Value > 0;

        public long Milliseconds => (Until - From).Ticks / TimeSpan.TicksPerMillisecond;

        public long Millikelvin => (long)Math.Round(1000 * Demand.Room.Value);

        public long AboveMillikelvin => Millikelvin - (long)Math.Round(1000 * Limit.Degrees);
    }
}
