using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Legal;

/// <summary>
/// A day of the school before the law, from midnight to midnight of its clocks: what each zone was, and every excess with its reason.
/// Pieces of a day add up to the day however it was cut, so a restart costs only the time in which nothing ran.
/// </summary>
/// <param name="Zones">In the order in which they were first seen.</param>
public sealed record LedgerDay(DateOnly Day, ImmutableArray<ZoneDay> Zones)
{
    public static LedgerDay Empty(DateOnly day) => new(day, []);

    /// <summary>
    /// Mean temperature in use over all zones that the law limits, weighted by volume and time (R.241-26; the weights are those of the
    /// former R.131-19 of the Code de la construction); not-a-number when none was in use.
    /// </summary>
    public Celsius MeanInUse => Mean(Occupancy.InUse);

    /// <summary>What it may be: the zones' own limits, with the same weights.</summary>
    public Celsius LimitInUse => new(Weighted(Occupancy.InUse, z => z.Limit.Degrees * z.InUse.Milliseconds));

    public bool IsAboveLimit => MeanInUse > LimitInUse;

    /// <summary>The same mean over the zones that were in use, or empty for so long; what R.241-27 limits in absences.</summary>
    public Celsius Mean(Occupancy occupancy) => new(Weighted(occupancy, z => z.Of(occupancy).MillikelvinMilliseconds / 1000.0));

    /// <summary>How much of the day is known.</summary>
    public TimeSpan Recorded => Zones.IsEmpty ? TimeSpan.Zero : Zones.Max(z => z.Recorded);

    /// <summary>This piece of the day and the one that follows it.</summary>
    public LedgerDay Then(LedgerDay later)
    {
        if (Zones.IsEmpty) return later;
        var zones = Zones.ToBuilder();
        for (var i = 0; i < later.Zones.Length; i++)
        {
            // The same site has its zones in the same order.
            var at = i < zones.Count && zones[i].Zone == later.Zones[i].Zone ? i : Index(zones, later.Zones[i]);
            if (at < 0) zones.Add(later.Zones[i]);
            else zones[at] = zones[at].Then(later.Zones[i]);
        }

        return this with { Zones = zones.DrainToImmutable() };
    }

    private double Weighted(Occupancy occupancy, Func<ZoneDay, double> sum)
    {
        var (above, below) = (0.0, 0.0);
        foreach (var zone in Zones)
        {
            if (!zone.IsLimited || zone.Of(occupancy).Milliseconds == 0) continue;
            above += zone.VolumeM3 * sum(zone);
            below += zone.VolumeM3 * zone.Of(occupancy).Milliseconds;
        }

        return below > 0 ? above / below : double.NaN;
    }

    private static int Index(ImmutableArray<ZoneDay>.Builder zones, ZoneDay wanted)
    {
        for (var i = 0; i < zones.Count; i++)
            if (zones[i].Zone == wanted.Zone) return i;
        return -1;
    }
}
