using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sky;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;
using ZoneUse = EnergyPilot.Core.Sites.ZoneUse;

namespace EnergyPilot.Simulation;

/// <summary>Builds the physics of a school from its site file: what the file does not say is as in the control study's building.</summary>
internal static class SitePhysics
{
    private const double WindowUWPerM2K = 2.8;

    // Wall thermostats are off by a little, each in its own way.
    private const double LargestBiasK = 0.15;

    public static SchoolParameters Building(Site site, ulong seed) => new()
    {
        Zones = [.. site.Zones.Select((zone, i) => Zone(site, zone, i))],
        Walls = [.. Walls(site)],
        Circuits = [.. site.Circuits.Select(c => new CircuitParameters
        {
            Name = c.Name,
            Kind = c.MixingValve.IsEmpty ? CircuitKind.Direct : CircuitKind.Mixed,
            Emitter = c.Emitter,
        })],
        Boiler = Source(site),
        Place = new Place(site.Location.LatitudeDegrees, site.Location.LongitudeDegrees),
        Seed = seed,
    };

    private static IHeatSourceParameters Source(Site site) => site.Boiler switch
    {
        { NominalPower.Value: <= 0 } => NoSource,
        { Kind: HeatSourceKind.DistrictHeating } boiler => new DistrictHeatingParameters
        {
            NominalW = boiler.NominalPower.Value,
            WaterCapacityJPerK = 4 * boiler.NominalPower.Value,
        },
        { Kind: HeatSourceKind.HeatPump } boiler => new HeatPumpParameters
        {
            NominalW = boiler.NominalPower.Value,
            MinimumW = boiler.MinimumPower.Value,
            WaterCapacityJPerK = 50 * boiler.NominalPower.Value,
        },
        var boiler => new BoilerParameters
        {
            NominalW = boiler.NominalPower.Value,
            MinimumW = boiler.MinimumPower.Value,
            WaterCapacityJPerK = 8 * boiler.NominalPower.Value,
            GasKWhPerM3 = site.Meters.FirstOrDefault(m => m.Medium == Medium.Gas)?.KwhPerUnit ?? 11.2,
        },
    };

    // A school of electric panels has nothing but a little water that nobody heats.
    private static readonly DistrictHeatingParameters NoSource = new() { NominalW = 1, JacketLossWPerK = 0, StandbyW = 0 };

    public static PupilPlanParameters People(Site site, ulong seed) => new()
    {
        Timetables = [.. site.Zones.Select(zone => (IReadOnlyList<UsePeriod>)[.. Uses(zone)])],
        Closed = [.. site.Calendar.Holidays.Select(h => new ClosedDays(h.First, h.Last))],
        TimeZone = site.TimeZone,
        Seed = seed,
    };

    private static ZoneParameters Zone(Site site, Zone zone, int index)
    {
        var circuit = site.Circuits.First(c => c.Id == zone.Circuit);
        var glass = zone.Fabric.Facades.Sum(f => f.WindowArea.Value);
        return new ZoneParameters
        {
            Name = zone.Name,
            FloorAreaM2 = zone.FloorArea.Value,
            HeightM = zone.Height.Value,
            Circuit = site.Circuits.IndexOf(circuit),
            RadiatorNominalW = EmitterW(zone, circuit.Emitter),
            Thermostat = zone.Points.Thermostat.IsEmpty ? LocalThermostatParameters.None : new LocalThermostatParameters(),
            Windows = [.. zone.Fabric.Facades.Select(f => new GlazedFacade(f.AzimuthDegrees, f.WindowArea.Value))],
            WindowUWPerM2K = WindowUWPerM2K,
            OpaqueUaWPerK = Math.Max(0, site.Fabric.Transmittance * zone.FloorArea.Value - WindowUWPerM2K * glass),
            InfiltrationPerHour = site.Fabric.AirChangesPerHour,
            SensorBiasK = LargestBiasK * ((index % 5) - 2) / 2,
        };
    }

    // Whatever a file says, a floor of 29 °C gives no more (EN 1264).
    private static double EmitterW(Zone zone, Emitter emitter) => emitter == Emitter.Floor
        ? Math.Min(zone.Fabric.RadiatorPower.Value, FloorHeating.MostWPerM2 * zone.FloorArea.Value)
        : zone.Fabric.RadiatorPower.Value;

    private static IEnumerable<WallParameters> Walls(Site site)
    {
        var index = site.Zones.Select((zone, i) => (zone.Id, i)).ToDictionary(x => x.Id, x => x.i);
        foreach (var zone in site.Zones)
            foreach (var neighbour in zone.Fabric.Neighbours)
                if (index[zone.Id] < index[neighbour.Zone])
                    yield return new WallParameters(index[zone.Id], index[neighbour.Zone], neighbour.ConductanceWPerK);
    }

    private static IEnumerable<UsePeriod> Uses(Zone zone)
    {
        var activity = zone.Use switch
        {
            ZoneUse.Classroom or ZoneUse.Library => Activity.Lesson,
            ZoneUse.Office or ZoneUse.StaffRoom => Activity.Work,
            _ => Activity.Gathering,
        };
        var adults = activity == Activity.Work ? zone.Fabric.Persons : Math.Min(1, zone.Fabric.Persons);
        for (var day = 0; day < 7; day++)
            foreach (var interval in zone.Programme.On((DayOfWeek)day).Intervals.Where(i => i.Mode == Mode.Comfort))
                yield return new UsePeriod((DayOfWeek)day, Time(interval.From), Time(interval.To), activity, zone.Fabric.Persons - adults, adults);
    }

    // A use until midnight ends a minute early: a time of day cannot be 24:00.
    private static TimeOnly Time(TimeSpan time) => time < TimeSpan.FromDays(1) ? TimeOnly.FromTimeSpan(time) : new TimeOnly(23, 59);
}
