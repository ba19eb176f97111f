using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Simulation;

/// <summary>One hour of a past that nobody lived through.</summary>
/// <param name="At">When it begins.</param>
/// <param name="HeatKwh">Heat into the circuits.</param>
/// <param name="ElectricityKwh">Lights, pumps and what never sleeps; compressor or panels where they heat.</param>
/// <param name="WaterM3">Cold water.</param>
public readonly record struct PastHour(DateTimeOffset At, double OutdoorC, double HeatKwh, double ElectricityKwh, double WaterM3);

/// <summary>
/// A year or so of a school at a glance: its air and its walls as two warm bodies that follow its programmes through a typical year. It is no substitute for the
/// physics (that would take minutes); it is there so that a demo has a last year to compare with. The same arguments give the same past.
/// </summary>
public sealed class MadeUpPast
{
    // Air and what stands in it follow within minutes, walls within days; per floor area.
    private const double AirWhPerM2K = 12, WallsWhPerM2K = 110, BetweenWPerM2K = 5;
    private const double AirWhPerM3K = 0.34, AiringPerHour = 0.5, PersonW = 75, SolarShare = 0.35;
    private const double LightsWPerM2 = 6, AlwaysOnW = 450, PumpsW = 160, WaterM3PerPersonHour = 0.0025;
    private const double HeatPumpCop = 3;
    private const int StepsPerHour = 6;
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1), ShortLead = TimeSpan.FromHours(2), LongLead = TimeSpan.FromHours(6), LongEmpty = TimeSpan.FromHours(36);

    private readonly Site site;
    private readonly TypicalYear weather;
    private readonly ulong seed;
    private readonly Period?[] periods;
    private readonly double lossWPerK, area, volume, glassM2, mostW;
    private double air = 16, walls = 16, season = 10;

    private MadeUpPast(Site site, TypicalYear weather, ulong seed)
    {
        (this.site, this.weather, this.seed, periods) = (site, weather, seed, new Period?[site.Zones.Length]);
        area = site.Zones.Sum(z => z.FloorArea.Value);
        volume = Math.Max(1, site.Zones.Sum(z => z.VolumeM3));
        glassM2 = site.Zones.Sum(z => z.Fabric.Facades.Sum(f => f.WindowArea.Value));
        lossWPerK = site.Fabric.Transmittance * area + AirWhPerM3K * site.Fabric.AirChangesPerHour * volume;
        mostW = Math.Max(site.Boiler.NominalPower.Value, site.Boiler.NominalPower.Value > 0 ? 0 : site.Zones.Sum(z => z.Fabric.RadiatorPower.Value));
    }

    /// <summary>Every full hour of UTC from <paramref name="from"/> to <paramref name="until"/>, in order.</summary>
    public static IEnumerable<PastHour> Hours(Site site, TypicalYear weather, DateTimeOffset from, DateTimeOffset until, ulong seed)
    {
        var past = new MadeUpPast(site, weather, seed);
        for (var at = from; at < until; at += OneHour) yield return past.Hour(at);
    }

    private PastHour Hour(DateTimeOffset at)
    {
        var sky = weather.At(at + OneHour / 2);
        season += (sky.TemperatureC - season) / 48;
        var (target, persons, lit) = Wanted(at);
        var loss = lossWPerK + AirWhPerM3K * AiringPerHour * volume * lit;
        var gains = persons * PersonW + glassM2 * sky.GlobalHorizontalWPerM2 * SolarShare + AlwaysOnW;
        var heat = Heated(target, loss, gains, sky.TemperatureC);
        var heatKwh = heat / 1000 * Luck(at, Cause.PastHour, 0.06) * Luck(site.Local(at).Date, 0.07);
        var dark = sky.GlobalHorizontalWPerM2 < 150 ? 1 : 0.55;
        var lights = lit * area * LightsWPerM2 * dark;
        var ownW = site.Boiler.Kind == HeatSourceKind.HeatPump ? heat / HeatPumpCop : site.Boiler.NominalPower.Value <= 0 ? heat : 0;
        var electricity = (AlwaysOnW + lights + (heat > 0 ? PumpsW : 0) + ownW) / 1000 * Luck(at, Cause.PastElectricity, 0.05);
        return new(at, sky.TemperatureC, heatKwh, electricity, persons * WaterM3PerPersonHour * Luck(at, Cause.Attendance, 0.3));
    }

    /// <summary>Mean heat of the hour [W], with which air and walls go on.</summary>
    private double Heated(double target, double loss, double gains, double outdoor)
    {
        const double step = 1.0 / StepsPerHour;
        var (sum, airWhPerK, wallsWhPerK, between) = (0.0, AirWhPerM2K * area, WallsWhPerM2K * area, BetweenWPerM2K * area);
        for (var i = 0; i < StepsPerHour; i++)
        {
            // Above this mean of two days nobody heats.
            var needed = season > 16 ? 0 : airWhPerK * (target - air) / step + loss * (target - outdoor) + between * (target - walls) - gains;
            var heat = Math.Clamp(needed, 0, mostW);
            sum += heat / StepsPerHour;
            air = (airWhPerK / step * air + heat + gains + loss * outdoor + between * walls) / (airWhPerK / step + loss + between);
            walls += step * between * (air - walls) / wallsWhPerK;
        }

        return sum;
    }

    // By volume: how warm, how many people, which share is lit.
    private (double TargetC, double Persons, double Lit) Wanted(DateTimeOffset at)
    {
        var (target, persons, lit, middle) = (0.0, 0.0, 0.0, at + OneHour / 2);
        for (var i = 0; i < periods.Length; i++)
        {
            var zone = site.Zones[i];
            if (periods[i] is not { } period || middle >= period.Until || middle < period.From) periods[i] = period = site.PeriodOf(zone, middle);
            var lead = period.NextUse - period.LastUse > LongEmpty ? LongLead : ShortLead;
            var isWarm = period.Mode == Mode.Comfort || period.NextUse - middle < lead;
            target += zone.VolumeM3 * (isWarm ? zone.Setpoints.Comfort : zone.Setpoints.Of(period.Mode)).Degrees;
            if (!period.IsInUse) continue;
            persons += zone.Fabric.Persons * 0.6;
            lit += zone.VolumeM3;
        }

        return (target / volume, persons, lit / volume);
    }

    private double Luck(DateTimeOffset at, Cause cause, double spread) => Math.Max(0.2, 1 + spread * Chance.Normal(new Draw(seed, at.ToUnixTimeSeconds() / 3600, 0, cause)));

    private double Luck(DateTime day, double spread) => Math.Max(0.5, 1 + spread * Chance.Normal(new Draw(seed, day.Ticks / TimeSpan.TicksPerDay, 0, Cause.PastDay)));
}
