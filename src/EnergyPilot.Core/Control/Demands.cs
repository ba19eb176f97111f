using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>A zone's demand and what its loop will remember, before arbitration has had its say.</summary>
internal sealed record ZoneStep(Zone Zone, ZoneTarget Target, ZoneDemand Demand, ZoneMemory Loop)
{
    /// <summary>Whether water should flow through this zone's radiators at this instant.</summary>
    public bool CallsNow(Situation now) => Pulses(now) ? ZoneLoop.OpenNow(now.Settings, now.At, Loop.PulseDuty) > 0 : Loop.PulseDuty > 0;

    // Only valves that know nothing between open and shut are pulsed.
    private bool Pulses(Situation now)
    {
        foreach (var valve in Zone.Points.Valve)
            if (now.Site.Points.TryGetValue(valve, out var point) && point.Type.Quantity == Quantity.State) return true;
        return false;
    }
}

/// <summary>How much heat each zone asks for: frost first, then open windows, then the summer rest, then its loop. A zone that cannot see follows those that can.</summary>
internal static class Demands
{
    // Out of frost protection only when clearly warmer.
    private static readonly Kelvin FrostRelease = new(1.5);

    // An open window never lets a zone come nearer to its frost limit than this.
    private static readonly Kelvin WindowMargin = new(2);

    private static readonly Celsius ColdOutdoors = new(3);

    // This far below its setpoint a zone may have hotter water.
    private static readonly Kelvin Climb = new(0.8);

    public static ImmutableArray<ZoneStep> Of(Situation now, ImmutableArray<ZoneTarget> targets, ImmutableArray<Reading> rooms)
    {
        var zones = now.Site.Zones;
        var steps = new ZoneStep[zones.Length];
        for (var i = 0; i < steps.Length; i++)
            if (rooms[i].IsReliable) steps[i] = Sighted(now, zones[i], targets[i], rooms[i]);
        var sighted = steps.Where(s => s is not null).ToArray();
        for (var i = 0; i < steps.Length; i++)
            if (!rooms[i].IsReliable) steps[i] = Blind(now, zones[i], targets[i], rooms[i], sighted);
        return [.. steps];
    }

    private static ZoneStep Sighted(Situation now, Zone zone, ZoneTarget target, Reading room)
    {
        var temperature = new Celsius(room.Value);
        var before = now.Memory.Of(zone.Id);
        var memory = before with
        {
            Frost = Frost(before.Frost, temperature, zone.Setpoints.Frost),
            WindowOpenSince = WindowOpenSince(now, zone, before),
            WarmUpFor = target.Reason.Code == ReasonCode.WarmingUp ? target.NextChange : DateTimeOffset.MinValue,
        };
        if (memory.Frost == FrostState.Protecting)
            return Step(zone, target, room, memory with { PulseDuty = 1 }, Reason.Of(ReasonCode.FrostInZone, Fact.Of("room", temperature), Fact.Of("limit", zone.Setpoints.Frost)));
        if (Paused(now, zone, target, temperature, memory))
            return Step(zone, target, room, memory with { PulseDuty = 0 }, Reason.Of(ReasonCode.WindowOpen, Fact.Of("since", memory.WindowOpenSince), Fact.Of("room", temperature)));
        if (now.Weather.Rest == SummerState.Resting && target.Priority == Priority.Schedule)
            return Step(zone, target, room, memory with { PulseDuty = 0 }, Reason.Of(ReasonCode.SummerRest, Fact.Of("outdoor", now.Weather.Day), Fact.Of("limit", now.Settings.SummerCutOff)));

        var warmUp = target.Reason.Code == ReasonCode.WarmingUp ? WarmUp.Climbing : WarmUp.Holding;
        var loop = ZoneLoop.Step(now.Settings, now.At, memory, target.Setpoint, temperature, warmUp);
        return Step(zone, target, room, loop, Held(target.Setpoint, temperature, loop.PulseDuty));
    }

    private static FrostState Frost(FrostState before, Celsius room, Celsius limit) =>
        room < limit ? FrostState.Protecting
        : room >= limit + FrostRelease ? FrostState.Safe
        : before;

    private static DateTimeOffset WindowOpenSince(Situation now, Zone zone, ZoneMemory before) =>
        !now.Snapshot.Any(zone.Points.Window) ? DateTimeOffset.MaxValue
        : before.WindowOpenSince == DateTimeOffset.MaxValue ? now.At
        : before.WindowOpenSince;

    // People open windows to get air, and then want warmth again; a contact that hangs must not leave a class cold.
    private static bool Paused(Situation now, Zone zone, ZoneTarget target, Celsius room, ZoneMemory memory)
    {
        if (memory.WindowOpenSince == DateTimeOffset.MaxValue) return false;
        if (room < zone.Setpoints.Frost + WindowMargin) return false;
        return (target.Mode != Mode.Comfort && target.Priority == Priority.Schedule) || now.Since(memory.WindowOpenSince) < now.Settings.WindowPause;
    }

    private static Reason Held(Celsius target, Celsius room, double duty)
    {
        var code = duty >= 1 ? ReasonCode.FarBelowTarget : duty > 0 ? ReasonCode.HoldingTarget
            : room > target + new Kelvin(2) ? ReasonCode.TooWarm : ReasonCode.WarmEnough;
        return Reason.Of(code, Fact.Of("room", room), Fact.Of("target", target), Fact.Of("heat", Share.Of(duty)));
    }

    private static ZoneStep Blind(Situation now, Zone zone, ZoneTarget target, Reading room, ZoneStep[] sighted)
    {
        var memory = now.Memory.Of(zone.Id) with
        {
            WindowOpenSince = WindowOpenSince(now, zone, now.Memory.Of(zone.Id)),
            WarmUpFor = target.Reason.Code == ReasonCode.WarmingUp ? target.NextChange : DateTimeOffset.MinValue,
        };
        var others = sighted.Where(s => s.Zone.Circuit == zone.Circuit && s.Target.Mode == target.Mode && s.Target.Priority == target.Priority).ToArray();
        var duty = others.Length > 0 ? Median(others) : ByWeather(now, zone, target);
        if (MayFreezeUnseen(now, memory)) duty = Math.Max(duty, 0.2);
        var code = others.Length > 0 ? ReasonCode.BlindFollowsOthers : ReasonCode.BlindFollowsWeather;
        return Step(zone, target, room, memory with { PulseDuty = duty }, Reason.Of(
            code, Fact.Of("heat", Share.Of(duty)), Fact.Count("zones", others.Length), Fact.Of("outdoor", now.Weather.Now)));
    }

    /// <summary>Pipes in a room that nobody can see freeze unnoticed: in cold weather, and where it was freezing when the sensor died, some warm water always flows.</summary>
    public static bool MayFreezeUnseen(Situation now, ZoneStep step) => !step.Demand.Room.IsReliable && MayFreezeUnseen(now, step.Loop);

    private static bool MayFreezeUnseen(Situation now, ZoneMemory memory) => now.Weather.Now < ColdOutdoors || memory.Frost == FrostState.Protecting;

    private static double Median(ZoneStep[] others)
    {
        var duties = others.Select(s => s.Loop.PulseDuty).Order().ToArray();
        return (duties[(duties.Length - 1) / 2] + duties[duties.Length / 2]) / 2;
    }

    // Nobody sees anything: the water temperature follows the weather, and the share of open time the mode. Too warm rather than too cold.
    private static double ByWeather(Situation now, Zone zone, ZoneTarget target) =>
        target.Priority != Priority.Schedule ? (target.Setpoint > zone.Setpoints.Reduced ? 0.8 : target.Setpoint > zone.Setpoints.Absence ? 0.3 : 0)
        : now.Weather.Rest == SummerState.Resting ? 0
        : target.Mode == Mode.Comfort ? 0.8
        : target.Mode == Mode.Reduced ? 0.3
        : 0;

    private static ZoneStep Step(Zone zone, ZoneTarget target, Reading room, ZoneMemory loop, Reason reason)
    {
        var climbing = room.IsReliable && loop.PulseDuty >= 1 && (target.Setpoint - new Celsius(room.Value)) > Climb;
        var demand = new ZoneDemand(zone.Id, room, Share.Of(loop.PulseDuty), climbing ? WarmUp.Climbing : WarmUp.Holding, reason);
        return new ZoneStep(zone, target, demand, loop);
    }
}
