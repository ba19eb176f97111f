using System.Collections.Immutable;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>A zone's demand and what its loop will remember, before arbitration has had its say.</summary>
internal sealed record ZoneStep(Zone Zone, ZoneTarget Target, ZoneDemand Demand, ZoneMemory Loop)
{
    /// <summary>Whether water should flow through this zone's radiators at this instant.</summary>
    public bool CallsNow(Situation now) => Pulses(now) ? ZoneLoop.OpenNow(now.LoopOf(Zone), now.At, Loop.PulseDuty) > 0 : Loop.PulseDuty > 0;

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

    // From the beginning of one pause to that of the next.
    private static readonly TimeSpan PauseAgain = TimeSpan.FromMinutes(75);

    private static readonly Celsius ColdOutdoors = new(3);

    // This far below its setpoint a zone may have hotter water.
    private static readonly Kelvin Climb = new(0.8);

    // So cold for so long although people are there: whatever else decides, this room is heated.
    private static readonly Kelvin TooColdBy = new(1.0);
    private static readonly TimeSpan Rescue = TimeSpan.FromMinutes(30);
    private const double RescueHeat = 0.5;

    private static readonly Kelvin TooWarmBy = new(2);

    public static ImmutableArray<ZoneStep> Of(Situation now, ImmutableArray<ZoneSense> senses, ImmutableArray<ZoneTarget> targets)
    {
        var steps = new ZoneStep[senses.Length];
        for (var i = 0; i < steps.Length; i++)
            if (senses[i].Room.IsReliable) steps[i] = Sighted(now, senses[i], targets[i]);
        var sighted = steps.Where(s => s is not null).ToArray();
        for (var i = 0; i < steps.Length; i++)
            if (!senses[i].Room.IsReliable) steps[i] = Blind(now, senses[i], targets[i], sighted);
        return [.. steps];
    }

    private static ZoneStep Sighted(Situation now, ZoneSense sense, ZoneTarget target)
    {
        var zone = sense.Zone;
        var temperature = new Celsius(sense.Room.Value);
        var coldest = Coldest(now, zone, temperature);
        var memory = Remembered(now, sense, target) with { Frost = Frost(sense.Before.Frost, coldest, zone.Setpoints.Frost) };
        if (memory.Frost == FrostState.Protecting)
            return Step(sense, target, memory with { PulseDuty = 1 }, Reason.Of(ReasonCode.FrostInZone, Fact.Of("room", coldest), Fact.Of("limit", zone.Setpoints.Frost)));
        if (IsPaused(now, zone, target, temperature, memory.Window))
            return Step(sense, target, memory with { PulseDuty = 0, Window = Paused(now, memory.Window) }, WhyPaused(now, target, memory.Window, temperature));
        if (IsAired(now, sense, target, temperature, memory))
            return Step(sense, target, memory with { PulseDuty = 0, Window = Paused(now, memory.Window) }, Airing.Why(now, memory.Air));
        if (CoolsAtNight(now, sense, target, temperature, memory))
            return Step(sense, target, memory with { PulseDuty = 0 }, NightCooling.Why(now, memory.Air, sense.Room));
        if (now.Weather.Rest == SummerState.Resting && target.Priority == Priority.Schedule && !MustBeRescued(now, memory))
            return Step(sense, target, memory with { PulseDuty = 0 }, Reason.Of(ReasonCode.SummerRest, Fact.Of("outdoor", now.Weather.Day), Fact.Of("limit", now.Settings.SummerCutOff)));

        var warmUp = target.Reason.Code == ReasonCode.WarmingUp ? WarmUp.Climbing : WarmUp.Holding;
        var loop = ZoneLoop.Step(now.LoopOf(zone), now.At, memory, target.Setpoint, temperature, warmUp);
        if (FollowsPlan(now, zone, target, temperature) && !MustBeRescued(now, memory) && now.PlanOf(zone) is { } plan)
        {
            // The plan does not know that a class stayed at home, or that the sun came out; and its model sees walls warm up later than they do:
            // in use, and on the last stretch before it, the loop has a say when it wants less.
            // Nor does it know of damp walls, nor of heating that shall not start before a certain hour.
            var duty = target.Mode == Mode.Comfort ? Math.Min(plan.Duty, loop.PulseDuty)
                : target.Reason.Code == ReasonCode.MouldGuard ? Math.Max(plan.Duty, loop.PulseDuty)
                : now.At < WarmUps.Earliest(now.Site, zone, now.Site.PeriodOf(zone, now.At).NextUse) ? Math.Min(plan.Duty, loop.PulseDuty)
                : plan.Duty;
            return Step(sense, target, ZoneLoop.Planned(memory, now.At, now.LoopOf(zone), duty), WhyPlanned(now, zone, plan, temperature));
        }

        return MustBeRescued(now, loop) && loop.PulseDuty < RescueHeat
            ? Step(sense, target, loop with { PulseDuty = RescueHeat }, Reason.Of(ReasonCode.RescuedFromCold, Fact.Of("room", temperature), Fact.Of("since", loop.ColdSince)))
            : Step(sense, target, loop, Held(target.Setpoint, temperature, loop.PulseDuty));
    }

    // A plan knows nothing of people who came outside their hours or not at all, and one that overheats a room is wrong.
    private static bool FollowsPlan(Situation now, Zone zone, ZoneTarget target, Celsius room) =>
        target.Priority == Priority.Schedule && target.Reason.Code is not (ReasonCode.UsedOutsideHours or ReasonCode.NobodyCame)
        && room <= Celsius.Max(target.Setpoint, now.Site.PeriodOf(zone, now.At).ComfortOf(zone)) + TooWarmBy;

    // A plan's own band begins a little before the use and a little below the setpoint; people know the hour of the lesson and the setpoint.
    private static Reason WhyPlanned(Situation now, Zone zone, ZonePlan plan, Celsius room)
    {
        var period = now.Site.PeriodOf(zone, now.At);
        var isAhead = period.Mode != Mode.Comfort && plan.Steps is [.., var last] && period.NextUse < last.From + last.Length;
        return isAhead
            ? Reason.Of(ReasonCode.PlannedAhead, Fact.Of("heat", Share.Of(plan.Duty)), Fact.Of("room", room), Fact.Of("until", period.NextUse), Fact.Of("target", period.ComfortOf(zone)))
            : Reason.Of(ReasonCode.PlannedAhead, Fact.Of("heat", Share.Of(plan.Duty)), Fact.Of("room", room));
    }

    private static ZoneMemory Remembered(Situation now, ZoneSense sense, ZoneTarget target)
    {
        var before = sense.Before;
        var coldSince = ColdSince(now, sense, target);
        var rescues = before.Rescues.Until(now.At);
        var isNewRescue = coldSince != DateTimeOffset.MaxValue && now.Since(coldSince) >= Rescue && rescues.Newest < coldSince;
        return before with
        {
            ColdSince = coldSince,
            Rescues = isNewRescue ? rescues.And(now.At) : rescues,
            Start = WarmUps.Next(now, sense, target),
            Arrival = Arrivals.Next(now, sense),
            Window = sense.Window,
            Presence = sense.Presence,
            Estimate = sense.Estimate,
            Air = sense.Air,
            MouldFloor = sense.MouldFloor,
            Stays = Stays.Next(now, sense),
        };
    }

    // Measured against the comfort of people who are there, not against a target that somebody has lowered. Who comes unexpected finds a cold room by nobody's mistake.
    private static DateTimeOffset ColdSince(Situation now, ZoneSense sense, ZoneTarget target)
    {
        var wish = Wish(now, sense, target);
        var isCold = target.IsInUse && target.Reason.Code != ReasonCode.UsedOutsideHours && sense.Presence.State != PresenceState.Absent
            && sense.Room.IsReliable && new Celsius(sense.Room.Value) < wish - TooColdBy;
        return !isCold ? DateTimeOffset.MaxValue : sense.Before.ColdSince <= now.At ? sense.Before.ColdSince : now.At;
    }

    private static Celsius Wish(Situation now, ZoneSense sense, ZoneTarget target) =>
        target.Priority == Priority.Schedule ? now.Site.PeriodOf(sense.Zone, now.At).ComfortOf(sense.Zone) : target.Setpoint;

    private static bool MustBeRescued(Situation now, ZoneMemory memory) =>
        memory.ColdSince != DateTimeOffset.MaxValue && now.Since(memory.ColdSince) >= Rescue;

    // Pipes freeze in the coldest corner, not in the mean. Where another sensor of the room says that it is warm already, more heat helps nobody: then the mean counts.
    private static Celsius Coldest(Situation now, Zone zone, Celsius mean)
    {
        if (zone.Points.Temperature.Length < 2) return mean;
        var (coldest, warmest) = now.Snapshot.ExtremesOfAir(zone.Points.Temperature);
        return warmest < zone.Setpoints.Comfort.Degrees ? new Celsius(coldest) : mean;
    }

    private static FrostState Frost(FrostState before, Celsius room, Celsius limit) =>
        room < limit ? FrostState.Protecting
        : room >= limit + FrostRelease ? FrostState.Safe
        : before;

    // People open windows to get air, and then want warmth again; a contact that hangs, or flaps, must not leave a class cold.
    private static bool IsPaused(Situation now, Zone zone, ZoneTarget target, Celsius room, WindowMemory window)
    {
        if (!window.IsOpen || room < zone.Setpoints.Frost + WindowMargin) return false;
        if (target.Mode != Mode.Comfort && target.Priority == Priority.Schedule) return true;

        // A suspicion is often a door, and over before the radiator is cold: pausing for it cost people 2 K·h a season and saved nothing.
        return window.Seen == WindowSeen.ByContact && now.Since(window.OpenSince) < now.Settings.WindowPause && MayPause(now, window);
    }

    // Whatever the causes: within an hour and a quarter heat pauses no longer than it may for one window.
    private static bool MayPause(Situation now, WindowMemory window) =>
        now.Since(window.PausedFrom) < now.Settings.WindowPause || now.Since(window.PausedFrom) >= PauseAgain;

    // While people air as they were told; a room too cold for them is heated also then.
    private static bool IsAired(Situation now, ZoneSense sense, ZoneTarget target, Celsius room, ZoneMemory memory) =>
        memory.Air.IsAiring && now.Since(memory.Air.AiringSince) < now.Settings.WindowPause && MayPause(now, memory.Window)
        && room >= sense.Zone.Setpoints.Frost + WindowMargin && room >= (target.Reason.Code == ReasonCode.UsedOutsideHours ? target.Setpoint : Wish(now, sense, target)) - TooColdBy && !MustBeRescued(now, memory);

    // Whoever leaves windows open for the cool of the night does not want it heated away before lessons.
    private static bool CoolsAtNight(Situation now, ZoneSense sense, ZoneTarget target, Celsius room, ZoneMemory memory) =>
        NightCooling.Stands(now, memory.Air) && target.Priority == Priority.Schedule && !target.IsInUse
        && room >= now.Site.PeriodOf(sense.Zone, now.At).ComfortOf(sense.Zone) - TooColdBy && !MustBeRescued(now, memory);

    private static WindowMemory Paused(Situation now, WindowMemory window) =>
        now.Since(window.PausedFrom) >= PauseAgain ? window with { PausedFrom = now.At } : window;

    // Only where people are, or are waited for, does the pause end before the window is shut.
    private static Reason WhyPaused(Situation now, ZoneTarget target, WindowMemory window, Celsius room)
    {
        var code = window.Seen == WindowSeen.ByContact ? ReasonCode.WindowOpen : ReasonCode.WindowSuspected;
        return target.Mode == Mode.Comfort || target.Priority != Priority.Schedule
            ? Reason.Of(code, Fact.Of("since", window.OpenSince), Fact.Of("room", room), Fact.Of("duration", now.Settings.WindowPause))
            : Reason.Of(code, Fact.Of("since", window.OpenSince), Fact.Of("room", room));
    }

    private static Reason Held(Celsius target, Celsius room, double duty)
    {
        var code = duty >= 1 ? ReasonCode.FarBelowTarget : duty > 0 ? ReasonCode.HoldingTarget
            : room > target + TooWarmBy ? ReasonCode.TooWarm : ReasonCode.WarmEnough;
        return Reason.Of(code, Fact.Of("room", room), Fact.Of("target", target), Fact.Of("heat", Share.Of(duty)));
    }

    private static ZoneStep Blind(Situation now, ZoneSense sense, ZoneTarget target, ZoneStep[] sighted)
    {
        var zone = sense.Zone;
        var memory = Remembered(now, sense, target);
        var others = sighted.Where(s => s.Zone.Circuit == zone.Circuit && s.Target.Mode == target.Mode && s.Target.Priority == target.Priority).ToArray();
        var duty = others.Length > 0 ? Median(others) : ByWeather(now, zone, target);
        if (MayFreezeUnseen(now, memory)) duty = Math.Max(duty, 0.2);
        var code = others.Length > 0 ? ReasonCode.BlindFollowsOthers : ReasonCode.BlindFollowsWeather;
        return Step(sense, target, memory with { PulseDuty = duty }, Reason.Of(
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

    private static ZoneStep Step(ZoneSense sense, ZoneTarget target, ZoneMemory loop, Reason reason)
    {
        var isFar = loop.PulseDuty >= 1 && sense.Room.IsReliable && target.Setpoint - new Celsius(sense.Room.Value) > Climb;
        var climbing = isFar || reason.Code == ReasonCode.RescuedFromCold;
        var demand = new ZoneDemand(sense.Zone.Id, sense.Room, Share.Of(loop.PulseDuty), climbing ? WarmUp.Climbing : WarmUp.Holding, reason);
        return new ZoneStep(sense.Zone, target, demand, loop);
    }
}
