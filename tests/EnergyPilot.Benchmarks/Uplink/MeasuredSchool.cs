using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>A school of some 200 points (80 temperatures, 20 of CO2, 20 of humidity, 30 powers, 20 indices, 30 valves and contacts), or a part of it: noise as sensors have it, a day and a programme under it.</summary>
internal sealed class MeasuredSchool
{
    private static readonly (string Kind, int Count, Quantity Quantity)[] Kinds =
    [
        ("temperature", 80, Quantity.Temperature), ("co2", 20, Quantity.Concentration), ("humidity", 20, Quantity.RelativeHumidity),
        ("power", 30, Quantity.Power), ("index", 20, Quantity.Energy), ("valve", 30, Quantity.State),
    ];

    public static readonly TimeSpan Cycle = TimeSpan.FromSeconds(10);
    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random random;
    private readonly (PointId Id, Quantity Quantity, double Phase)[] points;
    private readonly double[] indices;
    private readonly Memory memory;
    private double outdoorDrift;

    /// <param name="share">How much of the school there is, 0 to 1.</param>
    public MeasuredSchool(int seed = 20_261_122, double share = 1)
    {
        random = new Random(seed);
        if (!ConfigFolder.Load(ConfigFolder.DemoSite).TryGet(out var demo)) throw new InvalidOperationException("The demo site has mistakes.");
        var devices = Kinds.SelectMany(k => Enumerable.Range(0, Math.Max((int)(k.Count * share), 1)).Select(n => Device($"{k.Kind}-{n}", k.Quantity))).ToArray();
        var meters = devices.Where(d => d.Points[0].Type.Quantity == Quantity.Energy).Select(d => new Meter(d.Id, d.Id, Medium.Heat, d.Points[0].Id, [], 1, 0.1, 200));
        Site = demo with { Devices = [.. devices], Zones = [], Circuits = [], Meters = [.. meters], Outdoor = [], Boiler = Boiler.None };
        memory = Pilot.Decide(demo, new(Start, new Dictionary<PointId, Reading>(), []), Memory.Empty).Memory;
        points = [.. devices.Select((d, i) => (d.Points[0].Id, d.Points[0].Type.Quantity, Phase: i * 0.37))];
        indices = new double[points.Length];
    }

    public Site Site { get; }

    /// <summary>Indices of meters, which count on where they stood.</summary>
    public IEnumerable<PointId> Indices => points.Where(p => p.Quantity == Quantity.Energy).Select(p => p.Id);

    public void Set(PointId index, double value) => indices[Array.FindIndex(points, p => p.Id == index)] = value;

    public CycleRecord At(DateTimeOffset at)
    {
        var hour = (at - Start).TotalHours;
        outdoorDrift = 0.99999 * outdoorDrift + 0.01 * Noise();
        var readings = new Dictionary<PointId, Reading>(points.Length);
        for (var i = 0; i < points.Length; i++) readings[points[i].Id] = Reading.Good(Value(i, hour), at);
        return new(Site, new(at, readings, []), new(at, [], [], [], [], [], [], memory));
    }

    private double Value(int i, double hour)
    {
        var (_, quantity, phase) = points[i];
        var isInUse = hour % 168 < 120 && hour % 24 is > 8 and < 17;
        return quantity switch
        {
            Quantity.Temperature => Math.Round(18.5 + phase % 2 + 1.5 * Math.Sin((hour + phase) * Math.PI / 12) + 0.2 * outdoorDrift + 0.02 * Noise(), 2),
            Quantity.Concentration => Math.Round((isInUse ? 900 + 300 * Math.Sin(hour * 4 + phase) : 430) + 5 * Noise()),
            Quantity.RelativeHumidity => Math.Round(45 + 8 * Math.Sin((hour + phase) * Math.PI / 24) + 0.15 * Noise(), 1),
            Quantity.Power => Math.Round((isInUse ? 2000 + 1200 * Math.Sin(hour * 2 + phase) : 300) * (1 + 0.006 * Noise())),
            Quantity.Energy => indices[i] = Math.Round(indices[i] + (isInUse ? 0.012 : 0.002), 3),
            _ => (hour * 2 + phase) % 1 < (isInUse ? 0.4 : 0.1) ? 1 : 0,
        };
    }

    private double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Device Device(string id, Quantity quantity)
    {
        var type = new PointType(
            "value", quantity, Access.Read, new(-1e12, 1e12), PollClass.Fast, quantity == Quantity.Energy ? Accumulation.Cumulative : Accumulation.Instantaneous, 0, new LineSelector(LineUse.Contact));
        var bus = new Bus("bus", Protocol.Gpio, "/dev/gpiochip0", TimeSpan.FromSeconds(1), Cycle);
        return new(id, id, new(id, "", "", "", Protocol.Gpio, [type], []), bus, "1", [new(new($"{id}.value"), type, 1, Wiring.NormallyOpen, TimeSpan.FromMinutes(5))]);
    }
}
