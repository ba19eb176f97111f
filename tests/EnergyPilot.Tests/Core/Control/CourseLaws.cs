using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Control study, section 6, rules 3, 4, 6 and the windows of 4.10, over many cycles.</summary>
internal static class CourseLaws
{
    private static readonly TimeSpan Half = TimeSpan.FromMinutes(30), PauseAgain = TimeSpan.FromMinutes(75), Hour = TimeSpan.FromHours(1);

    /// <summary>A heat exchanger may be switched at will.</summary>
    public static void A_boiler_is_never_switched_twice_within_its_minimum_times_except_against_frost(Course course)
    {
        var boiler = course.Site.Boiler;
        if (boiler.Release.IsEmpty || boiler.Kind == HeatSourceKind.DistrictHeating) return;

        // Nothing is remembered before the first cycle: a boiler is taken to be released for long.
        var (state, since) = (1.0, DateTimeOffset.MinValue);
        foreach (var (_, decision) in course.Steps)
        {
            var release = decision.Output(boiler.Release[0]);
            if (release.Value.Equals(state)) continue;
            var minimum = state > 0 ? boiler.MinimumOn : boiler.MinimumOff;
            (decision.At - since >= minimum || release.Priority == Priority.LifeSafety).ShouldBeTrue($"{release} at {decision.At:O}, since {since:O}, minimum {minimum}");
            (state, since) = (release.Value, decision.At);
        }
    }

    public static void A_burner_or_compressor_starts_at_most_six_times_an_hour_except_against_frost(Course course)
    {
        var boiler = course.Site.Boiler;
        if (boiler.Release.IsEmpty || boiler.Kind == HeatSourceKind.DistrictHeating) return;
        var outputs = course.Steps.Select(s => (s.Decision.At, Release: s.Decision.Output(boiler.Release[0]))).ToArray();
        var starts = outputs.Zip(outputs.Skip(1)).Where(p => p.First.Release.Value == 0 && p.Second.Release is { Value: 1, Priority: not Priority.LifeSafety }).Select(p => p.Second.At).ToArray();
        for (var i = 6; i < starts.Length; i++) (starts[i] - starts[i - 6]).ShouldBeGreaterThanOrEqualTo(Hour);
    }

    public static void An_on_off_valve_is_never_switched_within_its_minimum_time_except_against_frost(Course course)
    {
        var valves = course.Site.Zones.SelectMany(z => z.Points.Valve).Where(v => course.Site.Points[v].Type.Quantity == Quantity.State);
        var last = valves.ToDictionary(v => v, _ => (Value: 1.0, At: DateTimeOffset.MinValue));
        foreach (var (_, decision) in course.Steps)
            foreach (var output in decision.Outputs.Where(o => last.ContainsKey(o.Point)))
            {
                output.Value.ShouldBeOneOf(0, 1);
                var before = last[output.Point];
                if (before.Value.Equals(output.Value)) continue;
                (decision.At - before.At >= course.Site.Control.ValveMinimum || output.Priority == Priority.LifeSafety).ShouldBeTrue($"{output} at {decision.At:O}, before {before}");
                last[output.Point] = (output.Value, decision.At);
            }
    }

    public static void An_alarm_keeps_its_beginning_for_as_long_as_it_lasts(Course course)
    {
        var standing = new Dictionary<string, DateTimeOffset>();
        foreach (var (_, decision) in course.Steps)
        {
            foreach (var alarm in decision.Alarms)
                if (standing.TryGetValue(alarm.Key, out var since)) alarm.Since.ShouldBe(since, alarm.Key);
            standing = decision.Alarms.ToDictionary(a => a.Key, a => a.Since);
        }
    }

    public static void A_zone_that_freezes_is_heated_at_every_instant(Course course)
    {
        foreach (var (_, decision) in course.Steps) FrostLaws.Protects(course.Site, decision);
    }

    public static void A_room_too_cold_for_people_is_rescued_after_half_an_hour_whatever_the_plan_says(Course course)
    {
        var since = course.Site.Zones.ToDictionary(z => z.Id, _ => DateTimeOffset.MaxValue);
        foreach (var (_, decision) in course.Steps)
            foreach (var zone in Case.Views(course.Site, decision))
            {
                // Visitors outside the timetable are no class that grows cold.
                var isCold = zone.Target.IsInUse && zone.Target.Reason.Code != ReasonCode.UsedOutsideHours && zone.Demand.Room.IsReliable && zone.Memory.Presence.State != PresenceState.Absent && zone.Demand.Room.Value < zone.Comfort(course.Site) - 1 - 1e-9;
                var began = since[zone.Zone.Id] = !isCold ? DateTimeOffset.MaxValue : since[zone.Zone.Id] <= decision.At ? since[zone.Zone.Id] : decision.At;
                if (began > decision.At - Half || zone.Demand.Reason.Code is ReasonCode.WindowOpen or ReasonCode.SummerRest) continue;
                zone.Demand.Heat.Value.ShouldBeGreaterThanOrEqualTo(0.5, $"{zone.Zone.Id} at {decision.At:O}, cold since {began:O}: {zone.Demand}");
            }
    }

    /// <summary>People open windows for air and then want warmth again; a contact that flaps or hangs must not leave a class cold.</summary>
    public static void An_open_window_pauses_the_heat_of_a_room_in_use_for_its_time_at_most_in_75_minutes(Course course)
    {
        for (var i = 0; i < course.Site.Zones.Length; i++)
        {
            var paused = course.Steps.Zip(course.Steps.Skip(1)).Where(p => IsPaused(p.First.Decision, i))
                .Select(p => (p.First.Decision.At, Length: p.Second.Decision.At - p.First.Decision.At)).ToArray();
            foreach (var (from, _) in paused)
            {
                var sum = paused.Where(p => p.At >= from && p.At < from + PauseAgain).ToArray();
                // The first and the last of them are known to a cycle only.
                var slack = sum.Max(p => p.Length);
                sum.Aggregate(TimeSpan.Zero, (s, p) => s + p.Length).ShouldBeLessThanOrEqualTo(course.Site.Control.WindowPause + 2 * slack, $"{course.Site.Zones[i].Id} from {from:O}");
            }
        }
    }

    public static void Trim_and_slope_of_a_curve_stay_within_their_limits(Course course)
    {
        foreach (var circuit in course.Steps.SelectMany(s => s.Decision.Memory.Circuits.Values))
            (circuit.Trim.Offset is >= -18 and <= 12 && circuit.Trim.Slope is >= 0.5 and <= 1.3).ShouldBeTrue($"{circuit.Trim}");
    }

    private static bool IsPaused(Decision decision, int zone) =>
        decision.Demands[zone].Reason.Code is ReasonCode.WindowOpen or ReasonCode.WindowSuspected or ReasonCode.Airing
        && (decision.Targets[zone].Mode == Mode.Comfort || decision.Targets[zone].Priority != Priority.Schedule);
}
