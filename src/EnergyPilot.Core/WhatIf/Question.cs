using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.WhatIf;

/// <summary>Why a question cannot be asked.</summary>
public enum QuestionFault
{
    /// <summary>Nothing would change.</summary>
    Nothing,

    /// <summary>A zone that the school does not have.</summary>
    UnknownZone,

    /// <summary>A temperature outside what anybody may set.</summary>
    Temperature,

    /// <summary>A time outside the day, or hours moved by more than half a day.</summary>
    Time,

    /// <summary>The last day before the first, or too far from it.</summary>
    Days,

    /// <summary>Two changes that say different things of the same zone.</summary>
    Contradiction,

    /// <summary>More changes than are worked out at once.</summary>
    TooMany,
}

/// <summary>What a school might do otherwise: one or several changes, whose order means nothing.</summary>
public sealed record Question(ImmutableArray<Alteration> Changes)
{
    private const int Most = 8, LongestDays = 366;

    /// <summary>What is wrong with it for a site; null when it can be asked.</summary>
    public QuestionFault? Fault(Site site) =>
        Changes.IsDefaultOrEmpty ? QuestionFault.Nothing
        : Changes.Length > Most ? QuestionFault.TooMany
        : Changes.Select(c => Fault(c, site)).FirstOrDefault(f => f is not null) ?? (Contradicts(site) ? QuestionFault.Contradiction : null);

    /// <summary>The school as it would be.</summary>
    public Site Applied(Site site) => site with
    {
        Zones = [.. site.Zones.Select(zone => Changes.Where(c => c.IsFor(zone.Id)).OrderBy(Rank).Aggregate(zone, (z, change) => Applied(z, change, site)))],
        Exceptions = [.. site.Exceptions, .. Changes.OfType<ClosedDaysChange>().OrderBy(c => c.First).Select(Closed)],
    };

    private static QuestionFault? Fault(Alteration change, Site site)
    {
        if (change.Zones.Any(id => site.Zones.All(z => z.Id != id))) return QuestionFault.UnknownZone;
        return change switch
        {
            SetpointChange set => IsAllowed(set.Setpoint, site) ? null : QuestionFault.Temperature,
            StartChange start => start.Earliest >= TimeSpan.Zero && start.Earliest < TimeSpan.FromDays(1) ? null : QuestionFault.Time,
            ClosedDaysChange days => !IsAllowed(days.Setpoint, site) ? QuestionFault.Temperature
                : days.Last < days.First || days.Last.DayNumber - days.First.DayNumber > LongestDays ? QuestionFault.Days : null,
            HoursChange hours => hours.Begin.Duration() <= TimeSpan.FromHours(12) && hours.End.Duration() <= TimeSpan.FromHours(12) ? null : QuestionFault.Time,
            _ => QuestionFault.Nothing,
        };
    }

    private static bool IsAllowed(Celsius setpoint, Site site) =>
        double.IsFinite(setpoint.Degrees) && setpoint >= site.Control.LowestSetpoint && setpoint <= site.Control.HighestSetpoint;

    private bool Contradicts(Site site) => site.Zones.Any(zone => Changes.Where(c => c.IsFor(zone.Id))
        .GroupBy(Subject).Any(same => same.Select(c => c with { Zones = [] }).Distinct().Skip(1).Any()));

    // Closed days may be many: two stretches of them may meet, and the order of the file decides; here they may not.
    private static string Subject(Alteration change) => change switch
    {
        SetpointChange set => $"{nameof(SetpointChange)} {set.Kind}",
        _ => change.GetType().Name,
    };

    // Setpoints press each other down, the warmest first; the others do not touch each other, and have a place so that the order of the changes means nothing.
    private static int Rank(Alteration change) => change switch { SetpointChange set => (int)set.Kind, StartChange => 3, HoursChange => 4, _ => 5 };

    private static Zone Applied(Zone zone, Alteration change, Site site) => change switch
    {
        SetpointChange set => zone with { Setpoints = Changed(zone.Setpoints, set), DryFloor = set.Kind == SetpointKind.Absence ? null : zone.DryFloor },
        StartChange start => zone with { EarliestStart = start.Earliest },
        HoursChange hours => zone with { Programme = zone.Programme with { Days = [.. zone.Programme.Days.Select(d => Moved(d, hours))] } },
        _ => zone,
    };

    // By rank comfort comes first: it presses the cooler ones down; a cooler one that is set above the next warmer one stops at it.
    private static Setpoints Changed(Setpoints now, SetpointChange change)
    {
        var changed = change.Kind switch
        {
            SetpointKind.Comfort => now with { Comfort = change.Setpoint },
            SetpointKind.Reduced => now with { Reduced = change.Setpoint },
            _ => now with { Absence = change.Setpoint },
        };
        var reduced = Celsius.Min(changed.Reduced, changed.Comfort);
        var absence = Celsius.Min(changed.Absence, reduced);
        return changed with { Reduced = reduced, Absence = absence, Frost = Celsius.Min(changed.Frost, absence) };
    }

    private static DayPlan Moved(DayPlan day, HoursChange by)
    {
        if (day.Intervals.IsEmpty) return day;
        var (first, last) = (day.Intervals[0], day.Intervals[^1]);
        var (begin, end) = (Within(first.From + by.Begin), Within(last.To + by.End));
        return new DayPlan([.. day.Intervals.Select(Clipped).Where(i => i.From < i.To)]);

        // Hours that are over before the new beginning, or begin after the new end, are no use any more.
        Interval Clipped(Interval i) => i with { From = i == first || i.From < begin ? begin : i.From, To = i == last || i.To > end ? end : i.To };

        static TimeSpan Within(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : time;
    }

    private static Occasion Closed(ClosedDaysChange change) => new(OccasionKind.Closed, change.First, change.Last)
    {
        Zones = [.. change.Zones], Setpoint = change.Setpoint,
    };
}
