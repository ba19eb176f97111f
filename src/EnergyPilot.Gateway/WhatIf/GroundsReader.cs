using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.WhatIf;

/// <summary>Reads what an answer rests on from the store: one zone's quarters at a time, and the outdoor air as hourly means.</summary>
internal sealed class GroundsReader(Store store)
{
    private const int LeastQuarters = 20;

    public Grounds Read(Site site, Knowledge knowledge, DateTimeOffset now)
    {
        var season = Season.At(site, now);
        var (zones, knowsSun) = Zones(site, knowledge, now);
        var outdoor = Outdoor(site, season.Begin.AddYears(-1).AddDays(-1), now);
        return new Grounds(site, season.Weather(outdoor, now, knowsSun), season.From, zones, Metered(site, season.Past(outdoor, now)));
    }

    private (ZoneGrounds[] Zones, bool KnowsSun) Zones(Site site, Knowledge knowledge, DateTimeOffset now)
    {
        var knowsSun = false;
        var zones = site.Zones.Select(zone =>
        {
            var quarters = store.Quarters.Since(zone.Id, now - Lesson.Window);
            knowsSun |= quarters.Any(q => q.Drive.SunEast > 0 || q.Drive.SunSouth > 0 || q.Drive.SunWest > 0);
            var learned = knowledge.Zones.TryGetValue(zone.Id, out var known) ? known : Learned.Of(ZonePrior.Ordinary, now);
            return new ZoneGrounds(zone.Id, ModelSpread.Of(learned, quarters, site.TimeZone), PeopleShare(site, zone, quarters));
        }).ToArray();
        return (zones, knowsSun);
    }

    // Rooms that nobody watches are taken to be as full as their programme says; that is also how they have learned.
    private static double PeopleShare(Site site, Zone zone, Quarter[] quarters)
    {
        var there = quarters.Where(q => double.IsFinite(q.Drive.People) && site.PeriodOf(zone, q.End - TimeSpan.FromMinutes(8)).IsInUse).Select(q => Math.Clamp(q.Drive.People, 0, 1)).ToArray();
        return there.Length >= LeastQuarters ? there.Average() : 1;
    }

    private Func<DateTimeOffset, double> Outdoor(Site site, DateTimeOffset from, DateTimeOffset now)
    {
        var hours = new float[(int)Math.Max((now - from).TotalHours + 1, 1)];
        Array.Fill(hours, float.NaN);
        foreach (var point in site.Outdoor)
            foreach (var hour in store.Samples.Series(point, from, now, Resolution.Hour))
                if (IndexOf(hour.At) is var i && i >= 0 && i < hours.Length && float.IsNaN(hours[i])) hours[i] = hour.Mean is >= -60 and <= 60 ? (float)hour.Mean : float.NaN;
        return at => IndexOf(at) is var i && i >= 0 && i < hours.Length ? hours[i] : double.NaN;

        int IndexOf(DateTimeOffset at) => (int)Math.Floor((at - from).TotalHours);
    }

    // Electricity also lights the school: only what heats alone can be compared.
    private MeteredPast? Metered(Site site, (DateTimeOffset From, DateTimeOffset Until)? past)
    {
        if (past is not var (from, until) || Tariff.MediumOf(site.Boiler.Kind) is not (Medium.Gas or Medium.Heat) || Tariff.Of(site).Source is not { } meter) return null;
        var kwh = store.Samples.Energy(meter.Index, from, until) * meter.KwhPerUnit;
        return double.IsFinite(kwh) ? new MeteredPast(from, until, kwh) : null;
    }
}
