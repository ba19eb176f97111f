using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Says beforehand when each zone will begin to warm up and how warm it will be as people come, and afterwards how it was.
/// On Friday evening it says so of Monday morning, while a caretaker can still do something about it.
/// </summary>
internal static class Arrivals
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Farthest = TimeSpan.FromDays(4);

    // A lunch is no absence.
    private static readonly TimeSpan Absent = TimeSpan.FromHours(4);

    /// <summary>The forecast, made anew once an hour, each zone in its own minutes so that no cycle has to do it for all.</summary>
    public static ArrivalMemory Next(Situation now, ZoneSense sense)
    {
        var before = sense.Before.Arrival;
        var period = now.Site.PeriodOf(sense.Zone, now.At);
        if (period.Mode == Mode.Comfort || period.NextUse - period.LastUse < Absent || period.NextUse - now.At > Farthest)
            return before.Newest.IsKnown && period.Mode != Mode.Comfort ? ArrivalMemory.None : before;

        var isOther = before.Newest.Use != period.NextUse;
        var isDue = now.At.Minute == sense.Slot && (isOther || now.Since(before.Newest.Made) >= Hour);
        if (!isDue && !sense.HasJustAired) return isOther ? ArrivalMemory.None : before;
        if (Made(now, sense, period) is not { } forecast) return before;
        return new ArrivalMemory(isOther ? forecast : before.First, forecast);
    }

    /// <summary>The score, in the cycle in which people come.</summary>
    public static Morning? Scored(Situation now, ZoneSense sense)
    {
        var forecast = sense.Before.Arrival.First;
        if (!forecast.IsKnown || forecast.Use > now.At || forecast.Use <= now.Memory.At) return null;
        var start = sense.Before.Start;
        var warmedUp = start.Began > forecast.Made - Hour;
        return new Morning(
            sense.Zone.Id, forecast, warmedUp ? start.Began : DateTimeOffset.MinValue, warmedUp ? start.Ready : forecast.Use,
            sense.Room.IsReliable ? sense.Room.Value : double.NaN, now.Site.PeriodOf(sense.Zone, now.At).ComfortOf(sense.Zone).Degrees);
    }

    private static ArrivalForecast? Made(Situation now, ZoneSense sense, Period period)
    {
        if (!sense.Room.IsReliable) return null;
        var zone = sense.Zone;
        var circuit = now.CircuitOf(zone);
        var model = now.ModelOf(zone);
        var comfort = period.ComfortOf(zone);
        var supply = WarmUps.Supply(now.Site, circuit, now.Weather.Now, comfort).Degrees;
        var ahead = new HeatingAhead(
            model, sense.StateOr(sense.Room.Value), hours => new ZoneDrive { Outdoor = Outdoor(now, hours) },
            hours => period.RestOf(zone, now.Site, now.At.AddHours(hours)).Degrees, supply, comfort.Degrees, Estimation.Response(circuit.Emitter));
        var use = period.NextUse - now.At;
        var isRunning = sense.Before.Start.For == period.NextUse;
        var earliest = WarmUps.Earliest(now.Site, zone, period.NextUse) - now.At;
        var start = isRunning ? TimeSpan.Zero : Start(ahead, hours => Outdoor(now, hours), use);
        var arrival = ahead.At(start < earliest ? earliest : start, use);
        return new ArrivalForecast(now.At, period.NextUse, isRunning ? sense.Before.Start.Began : now.At + arrival.Start, now.At + arrival.Warm, arrival.Sensor);
    }

    // The first moment from which the room, as cold as it will be then, needs all the time that is left.
    internal static TimeSpan Start(HeatingAhead ahead, Func<double, double> outdoor, TimeSpan use)
    {
        var course = ahead.Course(use, use);
        var (early, late) = (0, course.Length - 1);
        while (late - early > 1)
        {
            var middle = (early + late) / 2;
            if (MustStart(ahead, outdoor, course[middle], use)) late = middle;
            else early = middle;
        }

        return MustStart(ahead, outdoor, course[early], use) ? course[early].Ahead : course[late].Ahead;
    }

    private static bool MustStart(HeatingAhead ahead, Func<double, double> outdoor, CoursePoint point, TimeSpan use)
    {
        var state = new ZoneState(point.Sensor, 2 * point.Operative - point.Sensor, 2 * point.Operative - point.Sensor);
        var climb = OptimalStart.Of(ahead.Model, state, outdoor(point.Ahead.TotalHours), ahead.Supply, ahead.Target, ahead.Emitter);
        return point.Ahead + climb.Lead >= use;
    }

    private static double Outdoor(Situation now, double hours)
    {
        var expected = now.Outlook.At(now.At.AddHours(hours)).Outdoor;
        return double.IsFinite(expected) ? expected : now.Weather.Now.Degrees;
    }
}
