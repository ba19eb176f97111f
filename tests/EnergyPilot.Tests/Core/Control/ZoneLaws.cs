using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Control study, section 6, rules 1, 2, 4, 5 and 7: what is believed of a room, who decides what it is to have, and how much heat it gets.</summary>
internal static class ZoneLaws
{
    /// <summary>A memory of other temperatures would make a jump of it, which no room makes.</summary>
    public static void A_zone_with_one_working_sensor_can_see(Case c)
    {
        var fresh = c.But(c.Snapshot, Memory.Empty);
        foreach (var zone in fresh.Zones)
        {
            var working = zone.Zone.Points.Temperature.Select(c.Snapshot.Of).Where(r => r.IsReliable && r.Value is >= -30 and <= 60).Select(r => r.Value).ToArray();
            zone.Demand.Room.IsReliable.ShouldBe(working.Length > 0);
            if (working.Length > 0) zone.Demand.Room.Value.ShouldBe(working.Average(), 1e-9);
        }
    }

    public static void A_jump_that_no_room_makes_is_not_believed_for_ten_minutes(Case c)
    {
        if (c.Seed % 4 != 0) return;
        var sensors = c.Site.Zones.SelectMany(z => z.Points.Temperature).ToArray();
        var calm = c.But(c.Saying(sensors, _ => 15), Memory.Empty);
        foreach (var (change, minutes, believed) in (ReadOnlySpan<(double, double, bool)>)[(4.9, 1, true), (5.1, 1, false), (-5.1, 9, false), (5.1, 11, true)])
        {
            // It is said again and again: that alone makes it no truer.
            var (now, memory) = (calm, calm.Decision.Memory);
            for (var i = 1; i <= Math.Ceiling(minutes); i++)
                (now, memory) = Next(c, sensors, 15 + change, c.At.AddMinutes(Math.Min(i, minutes)), memory);
            foreach (var zone in now.Zones.Where(z => !z.Zone.Points.Temperature.IsEmpty))
                zone.Demand.Room.IsReliable.ShouldBe(believed, $"{zone.Zone.Id} jumps by {change} K for {minutes} min");
        }
    }

    public static void A_wish_of_staff_and_then_of_the_city_outranks_plan_and_programme_within_the_limits_of_the_school(Case c)
    {
        foreach (var zone in c.Zones)
        {
            zone.Target.Setpoint.Degrees.ShouldBeInRange(c.Site.Control.LowestSetpoint.Degrees, c.Site.Control.HighestSetpoint.Degrees);
            var newest = Wishes(c, zone).OrderBy(o => o.Priority).ThenByDescending(o => (o.From, o.Id)).FirstOrDefault();
            zone.Target.Priority.ShouldBe(newest?.Priority ?? Priority.Schedule);
            if (newest is null) continue;
            zone.Target.Setpoint.ShouldBe(newest.Setpoint.Within(c.Site.Control.LowestSetpoint, c.Site.Control.HighestSetpoint));
            zone.Demand.Reason.Code.ShouldNotBeOneOf(ReasonCode.PlannedAhead, ReasonCode.SummerRest);
        }
    }

    public static void A_room_that_people_have_left_is_set_no_warmer_than_with_them(Case c)
    {
        NoWarmerThanWithThem(c);
        if (c.Seed % 4 != 0) return;

        // An event may wish for less than a room has when it is empty; then nobody comes, or they have been gone for so long.
        var occasion = new Occasion(OccasionKind.Event, DateOnly.FromDateTime(c.At.Date).AddDays(-2), DateOnly.FromDateTime(c.At.Date).AddDays(2)) { Setpoint = new(c.Site.Control.LowestSetpoint.Degrees + c.Seed % 7), Hours = [new(TimeSpan.Zero, TimeSpan.FromDays(1), Mode.Comfort)] };
        var left = new Presence(PresenceState.Absent, c.At.AddHours(c.Seed % 8 == 0 ? -1 : -5), DateTimeOffset.MinValue, double.NaN, double.NaN);
        var zones = c.Site.Zones.ToDictionary(z => z.Id, _ => ZoneMemory.New with { Presence = left });
        var deserted = c with { Site = c.Site with { Exceptions = [occasion] }, Snapshot = c.Snapshot with { Overrides = [] } };
        NoWarmerThanWithThem(deserted.But(deserted.Saying(c.Site.Zones.SelectMany(z => z.Points.Presence.Concat(z.Points.Co2)), p => c.Site.Points[p].Type.Quantity == Quantity.State ? 0 : 500), c.Memory with { At = c.At.AddSeconds(-10), Zones = zones }));
    }

    public static void There_is_no_override_without_an_end(Case c)
    {
        foreach (var zone in c.Zones.Where(z => z.Target.Priority != Priority.Schedule))
        {
            zone.Target.NextChange.ShouldBeGreaterThan(c.At);
            zone.Target.NextChange.ShouldBeLessThanOrEqualTo(Wishes(c, zone).Max(o => o.From) + c.Site.Control.LongestOverride);
        }
    }

    public static void A_room_more_than_two_kelvins_too_warm_gets_no_heat(Case c)
    {
        foreach (var zone in c.Zones.Where(z => z.Demand.Room.IsReliable && z.Demand.Reason.Code is not (ReasonCode.FrostInZone or ReasonCode.RescuedFromCold)))
        {
            var highest = zone.Demand.Reason.Code == ReasonCode.PlannedAhead ? Math.Max(zone.Comfort(c.Site), zone.Target.Setpoint.Degrees) : zone.Target.Setpoint.Degrees;
            if (zone.Demand.Room.Value > highest + 2) zone.Demand.Heat.ShouldBe(Share.None, $"{zone.Zone.Id}: {zone.Demand}");
        }
    }

    public static void A_room_that_has_been_too_cold_for_people_for_half_an_hour_is_heated_whatever_the_plan_says(Case c)
    {
        if (!c.Zones.Any(IsTooCold)) return;
        var cold = ZoneMemory.New with { ColdSince = c.At.AddMinutes(-30) };
        var later = c.But(c.Snapshot, c.Memory with { Zones = c.Site.Zones.ToDictionary(z => z.Id, _ => cold) });
        foreach (var zone in later.Zones.Where(IsTooCold))
            if (zone.Demand.Reason.Code is not (ReasonCode.WindowOpen or ReasonCode.SummerRest)) zone.Demand.Heat.Value.ShouldBeGreaterThanOrEqualTo(0.5, $"{zone.Zone.Id}: {zone.Demand}");

        bool IsTooCold(ZoneView z) => z.Target.IsInUse && z.Demand.Room.IsReliable && z.Demand.Room.Value < z.Comfort(c.Site) - 1 - 1e-9 && z.Memory.Presence.State != PresenceState.Absent;
    }

    public static void A_thermostat_is_set_near_the_target_unless_it_must_give_all_or_nothing(Case c)
    {
        foreach (var zone in c.Zones.Where(z => z.Demand.WarmingUp == WarmUp.Holding
            && z.Demand.Reason.Code is not (ReasonCode.FrostInZone or ReasonCode.WindowOpen or ReasonCode.WindowSuspected or ReasonCode.SummerRest)))
            foreach (var thermostat in zone.Zone.Points.Thermostat)
                c.Decision.Output(thermostat).Value.ShouldBe(zone.Target.Setpoint.Degrees, 3.25, $"{thermostat}");
    }

    public static void A_blind_zone_is_heated_in_cold_weather_with_water_that_is_warm(Case c)
    {
        if (c.Site.Outdoor.IsEmpty || c.Zones.All(z => z.Demand.Room.IsReliable)) return;
        var cold = c.But(c.Saying(c.Site.Outdoor, _ => 2.9 - c.Seed % 20), c.Memory);
        foreach (var zone in cold.Zones.Where(z => !z.Demand.Room.IsReliable))
        {
            zone.Demand.Heat.Value.ShouldBeGreaterThanOrEqualTo(0.2);
            var valves = zone.Zone.Points.Valve.Where(v => c.Site.Points[v].Type.Quantity == Quantity.State).ToArray();
            if (zone.IsElectric || valves.Any(v => cold.Decision.Output(v) is not { Value: 1, Priority: not Priority.MinimumOnOff })) continue;
            var release = cold.Decision.Output(c.Site.Boiler.Release[0]);
            (release.Value == 1 || release.Reason.Code == ReasonCode.BoilerMinimumOff).ShouldBeTrue($"{zone.Zone.Id}: {release}");
        }
    }

    public static void A_blind_zone_is_heated_when_all_that_it_can_follow_are(Case c)
    {
        var zones = c.Zones.ToArray();
        foreach (var blind in zones.Where(z => !z.Demand.Room.IsReliable))
        {
            var others = zones.Where(z => z.Demand.Room.IsReliable && z.Zone.Circuit == blind.Zone.Circuit && (z.Target.Mode, z.Target.Priority) == (blind.Target.Mode, blind.Target.Priority)).ToArray();
            if (others.Length > 0 && others.All(z => z.Demand.Heat.Value > 0)) blind.Demand.Heat.Value.ShouldBeGreaterThan(0);
        }
    }

    private static void NoWarmerThanWithThem(Case c)
    {
        foreach (var zone in c.Zones.Where(z => z.Target.Reason.Code is ReasonCode.NobodyThere or ReasonCode.NobodyCame or ReasonCode.StoppedEarly))
            zone.Target.Setpoint.Degrees.ShouldBeLessThanOrEqualTo(zone.Comfort(c.Site), $"{zone.Zone.Id}: {zone.Target.Reason.Code}");
    }

    private static IEnumerable<Override> Wishes(Case c, ZoneView zone) => c.Snapshot.Overrides.Where(o =>
        o.Zone == zone.Zone.Id && o.HoldsAt(c.At) && double.IsFinite(o.Setpoint.Degrees) && c.At < o.From + c.Site.Control.LongestOverride);

    private static (Case, Memory) Next(Case c, IEnumerable<PointId> sensors, double room, DateTimeOffset at, Memory memory)
    {
        var moved = c with { Snapshot = c.Snapshot with { At = at } };
        var next = moved.But(moved.Saying(sensors, _ => room), memory);
        return (next, next.Decision.Memory);
    }
}
