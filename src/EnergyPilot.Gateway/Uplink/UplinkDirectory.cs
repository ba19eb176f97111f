using System.Collections.Frozen;
using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Which point of the log is which metric of which device. Every point stands in it once, by the first role that it has; what has
/// none is a metric of the device "field". Names follow the site file, so that they outlive a change of sensors; aliases follow the births.
/// </summary>
internal sealed class UplinkDirectory
{
    public const string Plant = "plant", Field = "field";

    // Lower ones are the node's own.
    private const ulong FirstAlias = 10;

    private static readonly ValueRange Anything = new(double.NaN, double.NaN);

    private readonly Site site;
    private readonly Dictionary<PointId, UplinkPoint> points = [];
    private readonly HashSet<(string Device, string Metric)> names = [];
    private ulong aliases = FirstAlias;

    /// <param name="logged">Names of points that the log has samples of: also those that are no longer in the site file must be told.</param>
    public UplinkDirectory(Site site, IEnumerable<PointId> logged)
    {
        this.site = site;
        foreach (var zone in site.Zones) AddZone(zone);
        foreach (var meter in site.Meters) AddMeter(meter);
        AddPlant();
        foreach (var id in site.Points.Keys.Order()) Add(Field, PointKind.Other, id.Name.Replace('.', '/'), [id]);
        foreach (var id in logged.Where(id => !points.ContainsKey(id)).Order().ToList()) Made(Field, PointKind.Other, id, Quantity.Number, $"former/{id.Name.Replace('.', '/')}");
        Points = points.ToFrozenDictionary();
        Devices = [.. points.Values.Select(p => p.Device).Distinct().Order(StringComparer.Ordinal)];
        Sequences = Devices.ToFrozenDictionary(d => d, _ => aliases++, StringComparer.Ordinal);
        Wishes = site.Zones.ToFrozenDictionary(z => z.Id, _ => new WishAliases(aliases++, aliases++, aliases++, aliases++, aliases++));
    }

    /// <summary>Every point, by its name in the log.</summary>
    public FrozenDictionary<PointId, UplinkPoint> Points { get; }

    /// <summary>The devices that have any.</summary>
    public ImmutableArray<string> Devices { get; }

    /// <summary>Alias of the sequences in each device's data.</summary>
    public FrozenDictionary<string, ulong> Sequences { get; }

    /// <summary>Aliases of what the city may write to a zone besides its setpoint.</summary>
    public FrozenDictionary<ZoneId, WishAliases> Wishes { get; }

    public static string DeviceOf(ZoneId zone) => $"zone-{zone}";

    public static string DeviceOf(Meter meter) => $"meter-{meter.Id}";

    /// <summary>The zone that a device stands for.</summary>
    public Zone? ZoneOf(string device) => site.Zones.FirstOrDefault(z => DeviceOf(z.Id) == device);

    private void AddZone(Zone zone)
    {
        var (device, roles) = (DeviceOf(zone.Id), zone.Points);
        Made(device, PointKind.Setpoint, CyclePoints.Setpoint(zone.Id), Quantity.Temperature);
        Made(device, PointKind.Heat, CyclePoints.Heat(zone.Id), Quantity.Ratio);
        foreach (var (kind, its) in (ReadOnlySpan<(PointKind, ImmutableArray<PointId>)>)
        [
            (PointKind.Temperature, roles.Temperature), (PointKind.Humidity, roles.Humidity), (PointKind.Co2, roles.Co2), (PointKind.Presence, roles.Presence),
            (PointKind.Window, roles.Window), (PointKind.Valve, roles.Valve), (PointKind.Thermostat, roles.Thermostat),
        ])
            Add(device, kind, kind.Metric, its);
    }

    private void AddMeter(Meter meter)
    {
        var brick = meter.Medium switch
        {
            Medium.Gas => "Natural_Gas_Usage_Sensor",
            Medium.Electricity => "Electrical_Energy_Usage_Sensor",
            Medium.Heat => "Energy_Usage_Sensor",
            _ => "Water_Usage_Sensor",
        };
        Add(DeviceOf(meter), new PointKind("index", brick, $"{FileWord(meter.Medium)} meter total sensor point"), "index", [meter.Index]);
        Add(DeviceOf(meter), PointKind.MeterPower, "power", meter.Power);
    }

    private void AddPlant()
    {
        var boiler = site.Boiler;
        foreach (var (kind, its) in (ReadOnlySpan<(PointKind, ImmutableArray<PointId>)>)
        [
            (PointKind.Outdoor, site.Outdoor), (PointKind.Release, boiler.Release), (PointKind.BoilerSetpoint, boiler.Setpoint), (PointKind.BoilerSupply, boiler.Supply),
            (PointKind.BoilerReturn, boiler.Return), (PointKind.Running, boiler.Running), (PointKind.Fault, boiler.Fault), (PointKind.BoilerPower, boiler.Power),
        ])
            Add(Plant, kind, kind.Metric, its);
        foreach (var circuit in site.Circuits)
        {
            Made(Plant, PointKind.CircuitSetpoint, CyclePoints.Setpoint(circuit.Id), Quantity.Temperature, $"circuit/{circuit.Id}/");
            foreach (var (kind, its) in (ReadOnlySpan<(PointKind, ImmutableArray<PointId>)>)
            [
                (PointKind.Pump, circuit.Pump), (PointKind.MixingValve, circuit.MixingValve), (PointKind.CircuitSupply, circuit.Supply), (PointKind.CircuitReturn, circuit.Return),
            ])
                Add(Plant, kind, $"circuit/{circuit.Id}/{kind.Metric}", its);
        }
    }

    private void Made(string device, PointKind kind, PointId point, Quantity quantity, string before = "") =>
        points[point] = new UplinkPoint(point, device, Unused(device, before + kind.Metric), aliases++, kind, quantity, Anything, Accumulation.Instantaneous);

    private void Add(string device, PointKind kind, string metric, ImmutableArray<PointId> its)
    {
        foreach (var id in its)
            if (!points.ContainsKey(id) && site.Points.TryGetValue(id, out var point))
                points[id] = new UplinkPoint(id, device, Unused(device, metric), aliases++, kind, point.Type.Quantity, point.Type.Range, point.Type.Cumulative);
    }

    // temperature, temperature-2, …
    private string Unused(string device, string metric)
    {
        var name = metric;
        for (var n = 2; !names.Add((device, name)); n++) name = $"{metric}-{n}";
        return name;
    }

    private static string FileWord(Medium medium) => medium switch { Medium.Electricity => "elec", Medium.Gas => "naturalGas", Medium.Heat => "hot water thermal energy", _ => "domestic water" };
}

/// <summary>Aliases of a zone's metrics that are no points: its mode, and what a wish of the city is made of and answered with.</summary>
internal sealed record WishAliases(ulong Mode, ulong Until, ulong By, ulong Note, ulong Answer);
