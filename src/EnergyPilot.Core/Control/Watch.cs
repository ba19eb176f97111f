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
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private const double ClearlyCooler = 5;     // K
    private const double FarOff = 5;     // K
    private static readonly TimeSpan FarOffFor = TimeSpan.FromHours(3);
    private static readonly TimeSpan Follows = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CutFor = TimeSpan.FromHours(6);
    private const int CalendarNoticeDays = 30;
    private const double BatteryRecovers = 1.2;

    /// <summary>Something that is so now; an alarm once it has been so for <paramref name="Patience"/>.</summary>
    private sealed record Condition(string Subject, Severity Severity, TimeSpan Patience, Reason Reason)
    {
        /// <summary>Nothing can be told of it just now: this time does not count towards its patience, and ends it neither.</summary>
        public bool IsPaused { get; init; }
    }

    public static (ImmutableArray<Alarm> Alarms, IReadOnlyDictionary<string, DateTimeOffset> Since) Over(Situation now, ImmutableArray<ZoneStep> zones, ImmutableArray<Command> outputs)
    {
        var alarms = ImmutableArray.CreateBuilder<Alarm>();
        var since = new Dictionary<string, DateTimeOffset>();
        Condition[] conditions = [.. zones.SelectMany(z => OfZone(now, z)), .. OfPlant(now), .. OfOutdoor(now), .. OfDevices(now), .. OfOutputs(now, outputs), .. OfCalendar(now)];
        foreach (var condition in conditions)
        {
            // Two sensors of one room are one trouble: that room's.
            var alarm = new Alarm(condition.Subject, condition.Severity, now.At, condition.Reason);
            if (since.ContainsKey(alarm.Key)) continue;
            if (!now.Memory.AlarmsSince.TryGetValue(alarm.Key, out var began) || began > now.At) began = now.At;
            if (condition.IsPaused && now.Memory.At - began < condition.Patience) began += now.Step;
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

        if (target.Reason.Code is ReasonCode.InUse or ReasonCode.Event or ReasonCode.OverrideByHand or ReasonCode.CityWish && room.IsReliable && target.Setpoint - new Celsius(room.Value) > ColdBy)
            yield return new Condition(zone.Id.Name, Severity.Warning, ColdFor, Reason.Of(
                ReasonCode.ZoneCold, Fact.Of("room", new Celsius(room.Value)), Fact.Of("target", target.Setpoint)));

        if (step.Loop.Presence.IsDoubted && !zone.Points.Presence.IsEmpty)
            yield return new Condition(zone.Id.Name, Severity.Notice, AtOnce, Reason.Of(ReasonCode.NoMotionForLong, Fact.Of("point", string.Join(", ", zone.Points.Presence.Select(p => p.Name)))));

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
        else if (NotStarting(now, boiler) is { } cold)
            yield return cold;

        if (SourceLimits.IsAtItsEnd(now.Memory.Boiler))
            yield return new Condition("boiler", Severity.Warning, CutFor, Reason.Of(ReasonCode.SupplyCutForLong));
        if (SourceLimits.IsPowerDoubted(now))
            yield return new Condition("boiler", Severity.Warning, Settled, Reason.Of(ReasonCode.SensorImplausible, Fact.Of("point", boiler.Power[0].Name)));

        if (!now.Weather.Outdoor.IsReliable)
            yield return new Condition("outdoor", Severity.Warning, Settled, Reason.Of(ReasonCode.OutdoorLost, Fact.Of("outdoor", now.Weather.Filtered)));
    }

    // Against what the others say together, and, when they agree, against what was forecast.
    private static IEnumerable<Condition> OfOutdoor(Situation now)
    {
        if (!now.Weather.Outdoor.IsReliable) yield break;
        foreach (var point in now.Site.Outdoor)
            if (now.Snapshot.Air(point) is { IsReliable: true } said && Math.Abs(said.Value - now.Weather.Outdoor.Value) > FarOff) yield return Far(point, said.Value, now.Weather.Outdoor.Value);

        // A forecast that cannot be says nothing of a sensor.
        var expected = now.Outlook.At(now.At).Outdoor;
        if (!double.IsFinite(expected)) yield break;
        foreach (var point in now.Site.Outdoor)
            if (now.Snapshot.Air(point) is { IsReliable: true } said && Math.Abs(said.Value - expected) > FarOff) yield return Far(point, said.Value, expected);

        static Condition Far(PointId point, double said, double expected) => new(point.Name, Severity.Notice, FarOffFor, Reason.Of(
            ReasonCode.OutdoorSensorsDiffer, Fact.Of("point", point.Name), Fact.Of("room", new Celsius(said)), Fact.Of("outdoor", new Celsius(expected))));
    }

    // Zones that are pulsed let the boiler pause every half hour: that must not begin its patience anew.
    private static Condition? NotStarting(Situation now, Boiler boiler)
    {
        var supply = now.Snapshot.Mean(boiler.Supply);
        if (!supply.IsReliable || supply.Value >= ColdWater.Degrees || now.Snapshot.Any(boiler.Running)) return null;
        var condition = new Condition("boiler", Severity.Critical, now.Settings.BoilerPatience, Reason.Of(
            ReasonCode.BoilerNotStarting, Fact.Of("since", now.Memory.Boiler.Since), Fact.Of("supply", new Celsius(supply.Value))));
        if (now.Memory.Boiler.Released > 0) return supply.Value < Wished(now) - ClearlyCooler ? condition : null;
        var isWatched = now.Memory.AlarmsSince.TryGetValue(new Alarm(condition.Subject, condition.Severity, now.At, condition.Reason).Key, out var began);
        return isWatched && now.Since(now.Memory.Boiler.Since) < LongestPause
            ? condition with { IsPaused = true, Reason = Reason.Of(ReasonCode.BoilerNotStarting, Fact.Of("since", began), Fact.Of("supply", new Celsius(supply.Value))) } : null;
    }

    // In mild weather water of 27 °C is what was asked for.
    private static double Wished(Situation now)
    {
        var wished = double.NegativeInfinity;
        foreach (var circuit in now.Memory.Circuits.Values)
            if (circuit.Supply > wished) wished = circuit.Supply;
        return double.IsFinite(wished) ? wished : double.PositiveInfinity;
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

    // A pulse that has not been read back yet is no trouble, nor is a battery that tells its setpoint twice an hour; a relay that sticks is.
    private static IEnumerable<Condition> OfOutputs(Situation now, ImmutableArray<Command> outputs)
    {
        foreach (var output in outputs)
            if (now.Site.Points.TryGetValue(output.Point, out var point) && point.Type.Access == Devices.Access.ReadWrite
                && now.Snapshot.Of(output.Point) is { IsReliable: true } stands && Math.Abs(stands.Value - output.Value) > 0.4 + 0.01 * Math.Abs(output.Value))
                yield return new Condition(output.Point.Name, Severity.Warning, Follows + point.Type.HoldOff + point.StaleAfter, Reason.Of(ReasonCode.OutputNotFollowing, Fact.Of("point", output.Point.Name)));
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
        var (school, all) = (now.Site.Calendar.SchoolKnownUntil, now.Site.Calendar.PublicKnownUntil);
        var known = school < all ? school : all;
        if (known == DateOnly.MaxValue || DateOnly.FromDateTime(now.Site.Local(now.At)).AddDays(CalendarNoticeDays) <= known) yield break;
        yield return new Condition("calendar", Severity.Notice, AtOnce, Reason.Of(
            ReasonCode.CalendarEnds, Fact.Of("until", now.Site.Instant(known.ToDateTime(TimeOnly.MinValue)))));
    }
}
