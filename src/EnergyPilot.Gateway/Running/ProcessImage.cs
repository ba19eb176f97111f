using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Running;

/// <summary>
/// The latest reading of every point. Pollers write it whenever they hear something; the cycle freezes it once and decides on that.
/// A poller that fails leaves the last value alone: it grows old here, and freezing calls it lost when the point's patience is over.
/// What no sensor would say is marked here too, once for every kind of bus: values out of range, and values that never move.
/// </summary>
internal sealed class ProcessImage(IReadOnlyDictionary<PointId, Point> points)
{
    public ProcessImage(Site site)
        : this(site.Points)
    {
    }

    // A reading from the future was made before the clock was set back: nobody knows how old it is.
    private static readonly TimeSpan ClockSetBack = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<PointId, Reading> latest = new(points.Count);
    private readonly Dictionary<PointId, Standing> standing = [];

    /// <summary>What a point said; implausible values are marked so here, once for every kind of bus.</summary>
    public void Put(Point point, double value, DateTimeOffset at)
    {
        var range = point.Type.Range;
        var reliability = value > range.High ? Reliability.OverRange
            : value < range.Low ? Reliability.UnderRange
            : IsStuck(point, value, at) ? Reliability.UnreliableOther
            : Reliability.NoFaultDetected;
        Put(point.Id, double.IsFinite(value) ? new Reading(value, reliability, at) : Reading.Unreliable(Reliability.UnreliableOther, at));
    }

    /// <summary>Trouble that is known to be one, such as a power-on value.</summary>
    public void Put(PointId point, Reading reading)
    {
        lock (gate) latest[point] = reading;
    }

    /// <summary>Everything as it is known at this instant.</summary>
    public Snapshot Freeze(DateTimeOffset at, ImmutableArray<Override> overrides)
    {
        var frozen = new Dictionary<PointId, Reading>(points.Count);
        lock (gate)
            foreach (var (id, reading) in latest)
                frozen[id] = IsStale(id, reading, at) ? reading with { Reliability = Reliability.CommunicationFailure } : reading;
        return new Snapshot(at, frozen, overrides);
    }

    /// <summary>The clock was moved: every reading is as old as it was.</summary>
    public void Shift(TimeSpan by)
    {
        lock (gate)
        {
            foreach (var (id, reading) in latest.ToArray()) latest[id] = reading with { At = reading.At + by };
            foreach (var (id, (value, from, heard)) in standing.ToArray()) standing[id] = new(value, from + by, heard + by);
        }
    }

    // Air always moves by a step of its sensor within hours; one that says the very same all the time is broken, or its gateway repeats
    // what it heard last. Only being heard counts: a silence says nothing about standing still, and after it the time begins anew.
    private bool IsStuck(Point point, double value, DateTimeOffset at)
    {
        if (point.Type.StuckAfter == TimeSpan.Zero) return false;
        lock (gate)
        {
            var known = standing.TryGetValue(point.Id, out var since) && since.Value.Equals(value)
                && since.Heard <= at && at - since.Heard <= point.StaleAfter;
            var from = known ? since.From : at;
            standing[point.Id] = new Standing(value, from, at);
            return at - from >= point.Type.StuckAfter;
        }
    }

    // What can only be written is never read again: it stands as it was written.
    private bool IsStale(PointId id, Reading reading, DateTimeOffset at) =>
        points.TryGetValue(id, out var point) && point.Type.Access != Access.Write
        && (at - reading.At > point.StaleAfter || reading.At - at > ClockSetBack);

    /// <summary>A value, since when it has been heard without a change, and when it was heard last.</summary>
    private readonly record struct Standing(double Value, DateTimeOffset From, DateTimeOffset Heard);
}
