using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// The traffic light of a zone's air, and what people there are told to do. It only ever advises and pauses heat: no light makes a room warmer.
/// Limits of the French order of 27 December 2022: below 800 ppm satisfactory, above 1500 ppm insufficiently renewed.
/// </summary>
internal static class Air
{
    // A light that has come goes only when the air is clearly better: the noise of a sensor must not switch it.
    private const double SoonReleases = 100, NowReleases = 200;

    // What is told in whole minutes changes only when it differs by more than this.
    private static readonly TimeSpan ToldAnew = TimeSpan.FromMinutes(2);

    public static AirMemory Of(Situation now, Zone zone, Reading room, WindowMemory window, Presence presence, AirMemory before)
    {
        if (!before.IsSound) before = AirMemory.None;
        var light = Light(now.Settings, before.Light, presence.Co2Quick);
        var next = Airing.Ticked(now, now.Snapshot.Mean(zone.Points.Co2), before) with
        {
            Light = light,
            Since = light == before.Light ? before.Since : now.At,
            CoolUntil = NightCooling.Until(now, room, before.CoolUntil),
        };
        next = next with { Needed = Needed(now, zone, room, presence, next) };
        return next with { AiringSince = Airing.Since(now, window, IsTold(now, zone, presence), next) };
    }

    /// <summary>What is told of it; null while there is nothing to tell or nobody to be told.</summary>
    public static ZoneAir? Told(Situation now, ZoneSense sense)
    {
        var (air, co2) = (sense.Air, sense.Presence.Co2Quick);
        var told = IsTold(now, sense.Zone, sense.Presence) && air.Light != AirLight.Unknown;
        var advice = ImmutableArray.CreateBuilder<Reason>();
        if (told || air.IsAiring) advice.Add(Airing.Advice(now, air, co2));
        if (NightCooling.Stands(now, air)) advice.Add(NightCooling.Why(now, air, sense.Room));
        return advice.Count == 0 ? null : new ZoneAir(
            sense.Zone.Id, told ? air.Light : AirLight.Unknown, co2, air.Light == AirLight.AirNow || air.IsAiring ? air.Needed : TimeSpan.Zero, air.AiringSince, advice.ToImmutable());
    }

    /// <summary>The light after one more look at carbon dioxide [ppm].</summary>
    internal static AirLight Light(ControlSettings settings, AirLight before, double co2)
    {
        if (!double.IsFinite(co2)) return AirLight.Unknown;
        if (co2 > settings.AirNowPpm - (before == AirLight.AirNow ? NowReleases : 0)) return AirLight.AirNow;
        var hasCome = before is AirLight.AirSoon or AirLight.AirNow;
        return co2 > settings.AirSoonPpm - (hasCome ? SoonReleases : 0) ? AirLight.AirSoon : AirLight.Good;
    }

    // Advice is for people. A class that sits still without a motion detector is there when its timetable says so: carbon dioxide that no longer rises proves nothing.
    private static bool IsTold(Situation now, Zone zone, Presence presence) =>
        presence.State == PresenceState.Present
        || (!zone.Points.Presence.Any(p => now.Snapshot.Of(p).IsReliable) && now.Site.PeriodOf(zone, now.At).IsInUse);

    private static TimeSpan Needed(Situation now, Zone zone, Reading room, Presence presence, AirMemory air)
    {
        if (air.IsAiring) return air.Needed;
        if (air.Light != AirLight.AirNow) return TimeSpan.Zero;
        var needed = Airing.Needed(presence.Co2Quick, now.Settings.AirSoonPpm, zone.Height, room.IsReliable ? new Celsius(room.Value) - now.Weather.Now : new Kelvin(0));
        return (needed - air.Needed).Duration() < ToldAnew ? air.Needed : needed;
    }
}
