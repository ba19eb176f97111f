using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>What one tap can wish.</summary>
internal enum QuickKind { Warmer, Cooler, Boost, Lower }

/// <summary>A wish that needs no form: half a degree, warm now, or lowered; until the day's use ends, and never longer than a few hours.</summary>
internal static class QuickWish
{
    private static readonly Kelvin Half = new(0.5), More = new(2);
    private static readonly TimeSpan Usual = TimeSpan.FromHours(2), Boosted = TimeSpan.FromHours(1);

    /// <summary>What can be wished of a zone now: nothing that it has already.</summary>
    public static IEnumerable<(QuickKind Kind, Override Wish)> All(ZoneView zone, Visit visit) =>
        Enum.GetValues<QuickKind>().Select(k => (k, Of(k, zone.Zone, zone.Target.Setpoint, visit))).Where(w => w.Item2.Setpoint != zone.Target.Setpoint);

    public static Override Of(QuickKind kind, Zone zone, Celsius target, Visit visit)
    {
        var (site, now) = (visit.Site, visit.Reader.Now);
        var (setpoint, until) = (kind, target < zone.Setpoints.Comfort) switch
        {
            (QuickKind.Warmer, _) => (target + Half, End(zone, site, now)),
            (QuickKind.Cooler, _) => (target - Half, End(zone, site, now)),
            (QuickKind.Boost, true) => (zone.Setpoints.Comfort, End(zone, site, now)),
            (QuickKind.Boost, false) => (target + More, now + Boosted),
            _ => (zone.Setpoints.Reduced, End(zone, site, now)),
        };
        return new Override(0, zone.Id, setpoint.Within(site.Control.LowestSetpoint, site.Control.HighestSetpoint), visit.User, now, until, "");
    }

    private static DateTimeOffset End(Zone zone, Site site, DateTimeOffset now)
    {
        var (end, longest) = (OverrideForm.EndOfUse(zone, site, now), now + site.Control.LongestOverride);
        return end <= now ? now + Usual : end < longest ? end : longest;
    }
}
