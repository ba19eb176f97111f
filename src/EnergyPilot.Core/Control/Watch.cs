using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>Looks for what a person should know. A condition becomes an alarm when it has lasted as long as it needs to be real.</summary>
internal static class Watch
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);
    private static readonly Kelvin ColdBy = new(1.5);
    private static readonly TimeSpan ColdFor = TimeSpan.FromMinutes(60);
    private static readonly Celsius ColdWater = new(30);
    private const int CalendarNoticeDays = 30;
    private const double BatteryRecovers = 1.2;

    /// <summary>Something that is so now; an alarm once it has been so for <paramref name="Patience"/>.</summary>
    private sealed record Condition(string Subject, Severity Severity, TimeSpan Patience, Reason Reason);

    public static (ImmutableArray<Alarm> Alarms, IReadOnlyDictionary<string, DateTimeOffset> Since) Over(Situation now, ImmutableArray<ZoneStep> zones)
    {
        var alarms = ImmutableArray.CreateBuilder<Alarm>();
        var since = new Dictionary<string, DateTimeOffset>();
        Condition[] conditions = [.. zones.SelectMany(z => OfZone(now, z)), .. OfPlant(now), .. OfDevices(now), .. OfCalendar(now)];
        foreach (var condition in conditions)
        {
            // Two sensors of one room are one trouble: that room's.
            var alarm = new Alarm(condition.Subject, condition.Severity, now.At, condition.Reason);
            if (since.ContainsKey(alarm.Key)) continue;
            if (!now.Memory.AlarmsSince.TryGetValue(alarm.Key, out var began) || began > now.At) began = now.At;
            since[alarm.Key] = began;
            if (now.At - began >= condition.Patience) alarms.Add(alarm with { Since = began });
        }

        return (alarms.ToImmutable(), since);
    }

    private static IEnumerable<Condition> OfZone(Situation now, ZoneStep step)
    {
        var (zone, target, room) = (step.Zone, step.Target, step.Demand.Room);
        foreach (var sensor in zone.Points.Temperature)
            if (SensorTrouble(now, zone, sensor) is { } trouble) yield return trouble;

        if (step.Loop.Frost == FrostState.Protecting)
            yield return new Condition(zone.Id.Name, Severity.Critical, AtOnce, room.IsReliable
                ? Reason.Of(ReasonCode.ZoneFreezing, Fact.Of("room", new Celsius(room.Value)), Fact.Of("limit", zone.Setpoints.Frost))
                : Reason.Of(ReasonCode.ZoneFreezing, Fact.Of("limit", zone.Setpoints.Frost)));

        if (step.Loop.Window.Seen == WindowSeen.ByContact)
            yield return new Condition(zone.Id.Name, Severity.Warning, now.Settings.WindowAlarm, Reason.Of(
                ReasonCode.WindowLeftOpen, Fact.Of("since", step.Loop.Window.OpenSince)));

        if (target.Reason.Code is ReasonCode.InUse or ReasonCode.Event or ReasonCode.OverrideByHand && room.IsReliable && target.Setpoint - new Celsius(room.Value) > ColdBy)
            yield return new Condition(zone.Id.Name, Severity.Warning, ColdFor, Reason.Of(
                ReasonCode.ZoneCold, Fact.Of("room", new Celsius(room.Value)), Fact.Of("target", target.Setpoint)));

        if (ModelWatch.CannotBeWarmInTime(now, step) is { } late) yield return new Condition(zone.Id.Name, Severity.Warning, Settled, late);
        if (ModelWatch.NotUpdated(now, step) is { } old) yield return new Condition(zone.Id.Name, Severity.Notice, ModelWatch.Autumn, old);
        if (ModelWatch.UnlikeItsModel(now, step) is { } strange) yield return new Condition(zone.Id.Name, Severity.Notice, Settled, strange);
        if (ModelWatch.Swapped(now, step) is { } swapped) yield return new Condition(zone.Id.Name, Severity.Warning, Settled, swapped);
    }

    private static Condition? SensorTrouble(Situation now, Zone zone, PointId sensor)
    {
        var reading = now.Snapshot.Air(sensor);
        if (reading.IsReliable) return null;
        var lost = reading.Reliability is Reliability.NoSensor or Reliability.CommunicationFailure;
        return new Condition(zone.Id.Name, Severity.Warning, Settled, Reason.Of(
            lost ? ReasonCode.SensorLost : ReasonCode.SensorImplausible, Fact.Of("point", sensor.Name)));
    }

    private static IEnumerable<Condition> OfPlant(Situation now)
    {
        var boiler = now.Site.Boiler;
        if (now.Snapshot.Any(boiler.Fault))
            yield return new Condition("boiler", Severity.Critical, AtOnce, Reason.Of(ReasonCode.BoilerLockedOut));
        else if (IsNotStarting(now, boiler))
            yield return new Condition("boiler", Severity.Critical, now.Settings.BoilerPatience, Reason.Of(
                ReasonCode.BoilerNotStarting, Fact.Of("since", now.Memory.Boiler.Since), Fact.Of("supply", new Celsius(now.Snapshot.Mean(boiler.Supply).Value))));

        if (!now.Weather.Outdoor.IsReliable)
            yield return new Condition("outdoor", Severity.Warning, Settled, Reason.Of(ReasonCode.OutdoorLost, Fact.Of("outdoor", now.Weather.Filtered)));
    }

    private static bool IsNotStarting(Situation now, Boiler boiler)
    {
        var supply = now.Snapshot.Mean(boiler.Supply);
        return now.Memory.Boiler.Released > 0 && supply.IsReliable && supply.Value < ColdWater.Degrees && !now.Snapshot.Any(boiler.Running);
    }

    private static IEnumerable<Condition> OfDevices(Situation now)
    {
        foreach (var meter in now.Site.Meters)
            if (!now.Snapshot.Of(meter.Index).IsReliable)
                yield return new Condition(meter.Id, Severity.Warning, Settled, Reason.Of(ReasonCode.MeterSilent, Fact.Of("point", meter.Name)));

        // In the site's order: that of the dictionary of points changes with every start.
        foreach (var point in now.Site.Devices.SelectMany(d => d.Points))
            if (point.Type.Access != Devices.Access.Read && now.Snapshot.Readings.TryGetValue(point.Id, out var reading) && !reading.IsReliable)
                yield return new Condition(point.Id.Name, Severity.Warning, Settled, Reason.Of(ReasonCode.OutputNotFollowing, Fact.Of("point", point.Id.Name)));

        foreach (var device in now.Site.Devices)
            foreach (var point in device.Points)
                if (double.IsFinite(point.Type.AlarmBelow) && LowBattery(now, device, point) is { } low) yield return low;
    }

    // A battery that recovers a little in a warm room is still an empty one, and so is that of a device that has fallen silent since.
    private static Condition? LowBattery(Situation now, Device device, Point point)
    {
        var reading = now.Snapshot.Of(point.Id);
        var reason = Reason.Of(ReasonCode.BatteryLow, point.Type.Quantity == Quantity.Ratio && reading.IsReliable
            ? [Fact.Of("point", device.Name), Fact.Of("level", new Share(reading.Value / 100))]
            : [Fact.Of("point", device.Name)]);
        var isKnown = now.Memory.AlarmsSince.ContainsKey(new Alarm(point.Id.Name, Severity.Notice, now.At, reason).Key);
        var limit = point.Type.AlarmBelow * (isKnown ? BatteryRecovers : 1);
        return (reading.IsReliable ? reading.Value < limit : isKnown) ? new Condition(point.Id.Name, Severity.Notice, Settled, reason) : null;
    }

    private static IEnumerable<Condition> OfCalendar(Situation now)
    {
        var known = now.Site.Calendar.SchoolKnownUntil;
        if (known == DateOnly.MaxValue || DateOnly.FromDateTime(now.Site.Local(now.At)).AddDays(CalendarNoticeDays) <= known) yield break;
        yield return new Condition("calendar", Severity.Notice, AtOnce, Reason.Of(
            ReasonCode.CalendarEnds, Fact.Of("until", now.Site.Instant(known.ToDateTime(TimeOnly.MinValue)))));
    }
}
