using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.School;

namespace EnergyPilot.Gateway.Web;

/// <summary>All that the pages may ask and do beyond the newest cycle. The host binds it to the store.</summary>
internal sealed record PageDesk
{
    /// <summary>The school as it is configured now; also before the first cycle has run.</summary>
    public required Func<Site> Site { get; init; }

    /// <summary>The floors of the school as somebody drew them; none when nobody did.</summary>
    public Func<ImmutableArray<FloorPlan>> Plans { get; init; } = () => [];

    /// <summary>The history of a point between two instants in steps of quarters, hours or days, in its canonical unit, in order of time.</summary>
    public Func<PointId, DateTimeOffset, DateTimeOffset, Resolution, IReadOnlyList<SeriesPoint>> History { get; init; } = (_, _, _, _) => [];

    /// <summary>The alarms that have not ended, oldest first.</summary>
    public Func<IReadOnlyList<AlarmEntry>> OpenAlarms { get; init; } = () => [];

    /// <summary>The newest alarms that lasted between two instants, newest first; of one subject, or of all when it is empty.</summary>
    public Func<DateTimeOffset, DateTimeOffset, string, IReadOnlyList<AlarmEntry>> Alarms { get; init; } = (_, _, _) => [];

    /// <summary>One alarm by its number; null when there is none.</summary>
    public Func<long, AlarmEntry?> Alarm { get; init; } = _ => null;

    /// <summary>Somebody has seen an alarm and says so, with a note; writes the audit line. False when somebody has before.</summary>
    public Func<long, string, Visitor, bool> Acknowledge { get; init; } = (_, _, _) => false;

    /// <summary>The overrides that held at some moment between two instants, oldest first.</summary>
    public Func<DateTimeOffset, DateTimeOffset, IReadOnlyList<PastOverride>> PastOverrides { get; init; } = (_, _) => [];

    /// <summary>What a point was between two instants, in its canonical unit, in order of time. Gaps are simply missing.</summary>
    public required Func<PointId, DateTimeOffset, DateTimeOffset, IReadOnlyList<Sample>> Series { get; init; }

    /// <summary>What changed for a zone between two instants and why, newest first: so many after having left out so many.</summary>
    public required Func<ZoneId, DateTimeOffset, DateTimeOffset, Slice, IReadOnlyList<Change>> Changes { get; init; }

    /// <summary>By how much a cumulative point grew between two instants, in its canonical unit; not-a-number when unknown.</summary>
    public required Func<PointId, DateTimeOffset, DateTimeOffset, double> Growth { get; init; }

    /// <summary>A cumulative point by the hour between two instants, with what is known nearest before and after them.</summary>
    public Func<PointId, DateTimeOffset, DateTimeOffset, ImmutableArray<IndexStretch>> Index { get; init; } = (_, _, _) => [];

    /// <summary>Hourly means of a point between two instants, by the beginning of each hour; hours without any are missing.</summary>
    public Func<PointId, DateTimeOffset, DateTimeOffset, ImmutableArray<Sample>> HourlyMeans { get; init; } = (_, _, _) => [];

    /// <summary>Until when the history was made up, because the school is a virtual one; null when all of it was measured.</summary>
    public Func<DateTimeOffset?> MadeUpUntil { get; init; } = () => null;

    /// <summary>The legal ledger from one day to another, both included, as far as it is known.</summary>
    public Func<DateOnly, DateOnly, IReadOnlyList<LedgerDay>> Ledger { get; init; } = (_, _) => [];

    /// <summary>The overrides that hold at an instant.</summary>
    public required Func<DateTimeOffset, IReadOnlyList<Override>> Overrides { get; init; }

    /// <summary>Keeps a wish, replaces the zone's earlier one, and writes the audit line. The id of the wish is still 0.</summary>
    public required Action<Override> AddOverride { get; init; }

    /// <summary>Ends an override early, by its id and with the name of who ends it, and writes the audit line.</summary>
    public required Action<long, string, DateTimeOffset> CancelOverride { get; init; }

    /// <summary>The uses that staff added to the programme, oldest first.</summary>
    public Func<IReadOnlyList<AddedUse>> Uses { get; init; } = () => [];

    /// <summary>Takes an added use away, by its id and with the name of who does, and writes the audit line; false when there is none.</summary>
    public Func<long, string, bool> RemoveUse { get; init; } = (_, _) => false;

    /// <summary>What staff answered lately to questions.</summary>
    public Func<ImmutableArray<UseAnswer>> Answers { get; init; } = () => [];

    /// <summary>Keeps an answer, adds the use that it asks for, and writes the audit line; false when no more can be added.</summary>
    public Func<UseQuestion, UseReply, string, bool> Answer { get; init; } = (_, _, _) => false;

    /// <summary>The arrivals between two instants as they were forecast and as they came, in order of time.</summary>
    public Func<DateTimeOffset, DateTimeOffset, IReadOnlyList<Morning>> Mornings { get; init; } = (_, _) => [];

    /// <summary>How the planner did, and what it would have saved.</summary>
    public Func<PlannerHistory> Planner { get; init; } = () => PlannerHistory.None;
}

/// <summary>A piece of a long list.</summary>
internal readonly record struct Slice(int Skip, int Take);

/// <summary>The value of a point at an instant.</summary>
internal readonly record struct Sample(DateTimeOffset At, double Value);

/// <summary>One line of a zone's history: the setpoint that began to hold, or the reason for its heat that did.</summary>
/// <param name="Setpoint">The zone's setpoint from then on.</param>
/// <param name="Priority">Who decided it.</param>
internal sealed record Change(DateTimeOffset At, Celsius Setpoint, Priority Priority, Reason Reason);
