using System.Collections.Immutable;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sky;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>What the planner is asked: the zones that share the site's heat source, as the control knows them now.</summary>
public static class PlanRequests
{
    /// <summary>No plan wants a room warmer than this above its comfort.</summary>
    internal static readonly Kelvin TooWarm = new(3);

    private static readonly TimeSpan Horizon = PlanSteps.Default.Aggregate(TimeSpan.Zero, (sum, s) => sum + s);
    private static readonly TimeSpan BandBefore = TimeSpan.FromMinutes(15);
    private const double HighestEmission = 1.0;
    // Of what a substation hands over, pipes on the way keep a twelfth.
    private const double DistrictEfficiency = 0.92;
    private const double BoilerEfficiency = 0.93, HeatPumpQuality = 0.45, ElectricSupply = 75;
    private const double OrdinaryEuro = 0.15, OrdinaryGrams = 200;

    /// <summary>The question as of a cycle that has just been decided.</summary>
    /// <param name="memory">What that cycle left.</param>
    public static PlanRequest Of(Site site, Snapshot snapshot, Memory memory)
    {
        var now = Situation.Of(site, snapshot, memory);
        var (euro, grams) = Energy(site);
        return new PlanRequest(
            snapshot.At, [.. site.Zones.Where(z => IsPlanned(site, z)).Select(z => Zone(now, z))], Plant(site), site.Control.PlannerGoal, snapshot.Knowledge.Outlook,
            new WhenUnknown(now.Weather.Now.Degrees, euro, grams), new Place(site.Location.LatitudeDegrees, site.Location.LongitudeDegrees));
    }

    /// <summary>What the source's energy costs and emits where no outlook knows better: as its meter has it.</summary>
    public static (double Euro, double Grams) Energy(Site site)
    {
        var medium = site.Boiler.Kind switch
        {
            HeatSourceKind.HeatPump => Medium.Electricity,
            HeatSourceKind.DistrictHeating => Medium.Heat,
            _ => IsElectric(site) ? Medium.Electricity : Medium.Gas,
        };
        foreach (var meter in site.Meters)
            if (meter.Medium == medium) return (meter.EuroPerKwh > 0 ? meter.EuroPerKwh : OrdinaryEuro, meter.GramsCo2PerKwh);
        return (OrdinaryEuro, OrdinaryGrams);
    }

    /// <summary>The heat source as a plan sees it.</summary>
    public static PlannedPlant Plant(Site site)
    {
        if (IsElectric(site)) return new PlannedPlant(PlantKind.District, double.PositiveInfinity, site.Boiler.PowerLimit.Value, 1, ElectricSupply);
        var highest = site.Circuits.Where(c => c.Emitter == Emitter.Radiators).Select(c => c.Curve.Highest.Degrees).DefaultIfEmpty(ElectricSupply).Min();
        return site.Boiler.Kind switch
        {
            HeatSourceKind.HeatPump => new PlannedPlant(PlantKind.HeatPump, site.Boiler.NominalPower.Value, site.Boiler.PowerLimit.Value, HeatPumpQuality, highest),
            HeatSourceKind.DistrictHeating => new PlannedPlant(PlantKind.District, site.Boiler.NominalPower.Value, site.Boiler.PowerLimit.Value, DistrictEfficiency, highest),
            _ => new PlannedPlant(PlantKind.CondensingBoiler, site.Boiler.NominalPower.Value, site.Boiler.PowerLimit.Value, BoilerEfficiency, highest),
        };
    }

    /// <summary>
    /// Whether a plan can be made for a zone and followed in it. A floor answers in hours and by another law than a radiator: the rules heat it. Electric zones
    /// take no water from the plant. A zone without a sensor never learns a model, and one that only has a thermostat is opened by that: no share of heat can be sent to it.
    /// </summary>
    public static bool IsPlanned(Site site, Zone zone) =>
        zone.Fabric.RadiatorPower.Value > 0 && !zone.Points.Temperature.IsEmpty && (zone.Points.Thermostat.IsEmpty || !zone.Points.Valve.IsEmpty)
        && site.Circuits.Any(c => c.Id == zone.Circuit && c.Emitter == (IsElectric(site) ? Emitter.Electric : Emitter.Radiators));

    private static bool IsElectric(Site site) => site.Circuits.All(c => c.Emitter == Emitter.Electric);

    private static PlannedZone Zone(Situation now, Zone zone)
    {
        var memory = now.Memory.Of(zone.Id);
        var room = now.Snapshot.MeanAir(zone.Points.Temperature);
        var otherwise = room.IsReliable ? room.Value : zone.Setpoints.Reduced.Degrees;
        var period = now.Site.PeriodOf(zone, now.At);
        return new PlannedZone(
            zone.Id, now.ModelOf(zone), memory.Estimate.StateOr(otherwise), memory.Estimate.Excess, memory.Estimate.Observer.Disturbance,
            zone.Fabric.RadiatorPower.Value, Floor(now, zone, period).Degrees, Uses(now, zone, period), HighestEmission)
        {
            RadiatorHours = Estimation.Response(now.CircuitOf(zone).Emitter).Emptying.TotalHours,
        };
    }

    // Out of use. One use may follow another without a gap: what counts is the first time that nobody is there.
    private static Celsius Floor(Situation now, Zone zone, Period period)
    {
        for (var end = now.At + Horizon; period.Mode == Mode.Comfort && period.Until < end;) period = now.Site.PeriodOf(zone, period.Until);
        return period.Mode == Mode.Comfort ? zone.Setpoints.Reduced : period.RestOf(zone, now.Site, now.At);
    }

    private static ImmutableArray<PlannedUse> Uses(Situation now, Zone zone, Period period)
    {
        var uses = ImmutableArray.CreateBuilder<PlannedUse>();
        for (var end = now.At + Horizon; period.From < end; period = now.Site.PeriodOf(zone, period.Until))
        {
            if (period.Mode != Mode.Comfort) continue;
            var comfort = period.ComfortOf(zone);
            var band = new PlannedUse(period.From - BandBefore, period.Until, (comfort - now.Settings.PlannedBelow).Degrees, (comfort + TooWarm).Degrees, 0);
            uses.Add(band);
            if (period.IsInUse) uses.Add(band with { From = period.From, People = 1 });
        }

        return uses.ToImmutable();
    }
}
