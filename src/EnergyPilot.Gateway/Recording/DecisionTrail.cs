using System.Runtime.InteropServices;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// Tells of each cycle what it decided otherwise than those before: another reason, or a value that has moved by a step worth
/// keeping (<see cref="Subject.Kept"/>). What was recorded and what is replayed are told by the same rule, so that they can be laid side by side.
/// </summary>
internal sealed class DecisionTrail
{
    private readonly Dictionary<ZoneId, Track> setpoints = [], heats = [];
    private readonly Dictionary<CircuitId, Track> supplies = [];
    private readonly Dictionary<PointId, Track> outputs = [];
    private readonly Dictionary<(ReasonCode, string), Track> alarms = [];
    private readonly List<DecisionStep> steps = [];

    /// <summary>The steps of the next cycle; the list holds until the one after.</summary>
    public IReadOnlyList<DecisionStep> Take(Site site, Decision decision)
    {
        var at = decision.At;
        steps.Clear();
        foreach (var target in decision.Targets)
            Follow(ref Of(setpoints, target.Zone, z => new(CyclePoints.Setpoint(z).Name, Aspect.Setpoint)), at, target.Setpoint.Degrees, target.Reason);
        foreach (var demand in decision.Demands)
            Follow(ref Of(heats, demand.Zone, z => new(CyclePoints.Heat(z).Name, Aspect.Heat)), at, demand.Heat.Value * 100, demand.Reason);
        foreach (var supply in decision.Supplies)
            Follow(ref Of(supplies, supply.Circuit, c => new(CyclePoints.Setpoint(c).Name, Aspect.Supply)), at, supply.Setpoint.Degrees, supply.Reason);
        foreach (var output in decision.Outputs)
            Follow(ref Of(outputs, output.Point, p => new(p.Name, Subject.Of(CyclePoints.QuantityOf(site, p)))), at, output.Value, output.Reason);
        foreach (var alarm in decision.Alarms)
            Follow(ref Of(alarms, (alarm.Reason.Code, alarm.Subject), _ => new("alarm/" + alarm.Key, Aspect.Alarm)), at, 1, alarm.Reason);
        foreach (var (key, track) in alarms)
            if (track.SeenAt != at) End(key, at, track.Subject);
        return steps;
    }

    /// <summary>A gap begins: whatever is decided next is new.</summary>
    public void Forget()
    {
        setpoints.Clear();
        heats.Clear();
        supplies.Clear();
        outputs.Clear();
        alarms.Clear();
    }

    private void End((ReasonCode, string) key, DateTimeOffset at, Subject subject)
    {
        alarms.Remove(key);
        steps.Add(DecisionStep.End(at, subject));
    }

    private static ref Track Of<TKey>(Dictionary<TKey, Track> tracks, TKey key, Func<TKey, Subject> subject) where TKey : notnull
    {
        ref var track = ref CollectionsMarshal.GetValueRefOrAddDefault(tracks, key, out var known);
        if (!known) track = new Track(subject(key), double.NaN, default, DateTimeOffset.MinValue);
        return ref track;
    }

    private void Follow(ref Track track, DateTimeOffset at, double value, Reason reason)
    {
        var kept = reason.Code != track.Code || double.IsNaN(value) != double.IsNaN(track.Value) || Math.Abs(value - track.Value) >= track.Subject.Kept;
        track = kept ? new Track(track.Subject, value, reason.Code, at) : track with { SeenAt = at };
        if (kept) steps.Add(new DecisionStep(at, track.Subject, value, reason.Code.ToString(), reason.Facts));
    }

    private readonly record struct Track(Subject Subject, double Value, ReasonCode Code, DateTimeOffset SeenAt);
}
