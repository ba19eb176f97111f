using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of buses and of devices as installed.</summary>
internal static class InstallationFields
{
    public static Bus ReadBus(string id, Fields fields)
    {
        var protocol = fields.Need("protocol", Shapes.Choice<Protocol>(), "What is spoken on it");
        var where = fields.Need("where", Shapes.Text, "modbus: host:port of the gateway; gpio: /dev/gpiochip0; kernel: the folder that holds the devices' folders");
        var deadline = fields.Take("deadline", Shapes.Duration(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30)), TimeSpan.FromSeconds(1), "How long one request may take; 1 s when missing");
        var interval = fields.Take("interval", Shapes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), TimeSpan.FromSeconds(10), "How often its fast points are polled; 10 s when missing");
        CheckWhere(protocol, where, fields);
        return new Bus(id, protocol, where, deadline, interval);
    }

    private static void CheckWhere(Protocol protocol, string where, Fields fields)
    {
        if (where.Length == 0) return;
        var (fits, expected) = protocol switch
        {
            Protocol.Modbus => (IsHostAndPort(where), "host:port, for example \"192.168.10.20:502\""),
            Protocol.Gpio => (where.StartsWith("/dev/gpiochip", StringComparison.Ordinal), "a GPIO chip, for example \"/dev/gpiochip0\""),
            _ => (where.StartsWith('/'), "a folder, for example \"/sys/bus/w1/devices\""),
        };
        if (!fits) fields.At("where").Unexpected(expected);
    }

    private static bool IsHostAndPort(string where)
    {
        var colon = where.LastIndexOf(':');
        return colon > 0 && !where.AsSpan().ContainsAny(" /\t")
            && ushort.TryParse(where.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
    }

    public static Device ReadDevice(string id, SiteReading reading, Fields fields)
    {
        var name = fields.Take("name", Shapes.Text, id, "What people call it, and where it hangs");
        var type = fields.Need("type", reading.DeviceType, "Its model: the name of a file in hardware/devices");
        var bus = fields.Need("bus", Shapes.Reference("a bus", reading.Buses, NoBus), "The bus that it hangs on");
        var address = fields.Need("address", AddressShape, "modbus: unit 1 to 247; gpio: line; kernel: the device's folder");
        var pulse = fields.Take("pulse", new ValueShape(PulseQuantity(type)), double.NaN, "Pulse counters: what one pulse is worth, for example 0.1 m³");
        var wiring = fields.Take("wiring", Shapes.Choice<Wiring>(), Wiring.NormallyOpen, "Contacts and relays; normally-closed: on, open or present when nothing is energised");
        var patience = fields.Take("stale-after", Patience, TimeSpan.Zero, "The age at which a value counts as lost; follows from how often it is polled when missing");
        var changes = fields.Take("points", Shapes.Named("points", (point, f) => ReadChange(point, wiring, patience, f)), [], "What is different for single points");

        if (bus != NoBus && type != SiteReading.NoType) CheckInstallation(reading, id, type, bus, address, fields);
        CheckPulse(type, fields);
        var points = type.Points.Select(p => Install(id, p, bus, pulse, Of(changes, p.Name) ?? new PointChange(p.Name, wiring, patience)));
        CheckNames(type, changes, fields);
        return new Device(id, name, type, bus, address, [.. points]);
    }

    private sealed record PointChange(string Name, Wiring Wiring, TimeSpan StaleAfter);

    private static PointChange ReadChange(string name, Wiring wiring, TimeSpan patience, Fields fields) => new(
        name,
        fields.Take("wiring", Shapes.Choice<Wiring>(), wiring, "How this contact or relay is wired"),
        fields.Take("stale-after", Patience, patience, "The age at which this value counts as lost"));

    private static PointChange? Of(ImmutableArray<PointChange> changes, string name) => changes.FirstOrDefault(c => c.Name == name);

    private static void CheckNames(DeviceType type, ImmutableArray<PointChange> changes, Fields fields)
    {
        if (type == SiteReading.NoType) return;
        var names = type.Points.Select(p => p.Name).ToList();
        foreach (var change in changes)
            if (change.Name.Length > 0 && !names.Contains(change.Name))
                fields.At("points").Wrong($"\"{change.Name}\"", $"a point of {type.Id}", Nearest.To(change.Name, names));
    }

    private static readonly Bus NoBus = new("", Protocol.Modbus, "", TimeSpan.Zero, TimeSpan.Zero);

    private static readonly Shape<TimeSpan> Patience = Shapes.Duration(TimeSpan.FromSeconds(5), TimeSpan.FromDays(1));

    private static readonly Shape<string> AddressShape = Shapes.TextLike(
        "a unit, a line or a folder, for example 12 or \"28-0316a2791234\"", "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
        text => text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || "._:-".Contains(c, StringComparison.Ordinal)));

    private static void CheckInstallation(SiteReading reading, string id, DeviceType type, Bus bus, string address, Fields fields)
    {
        if (type.Protocol != bus.Protocol)
            fields.At("bus").Wrong($"\"{bus.Id}\", a {Words<Protocol>.Of(bus.Protocol)} bus", $"a {Words<Protocol>.Of(type.Protocol)} bus for {type.Id}");
        if (address.Length == 0) return;
        if (!Fits(bus.Protocol, address))
            fields.At("address").Unexpected(bus.Protocol == Protocol.Modbus ? "a Modbus unit from 1 to 247" : "a GPIO line from 0 to 1023");
        else if (!reading.TryInstall(id, bus.Id, address, out var already))
            fields.At("address").Wrong($"{address}, where {already} already sits on {bus.Id}", "an address of its own");
    }

    private static bool Fits(Protocol protocol, string address) => protocol switch
    {
        Protocol.Modbus => IsWhole(address, 1, 247),
        Protocol.Gpio => IsWhole(address, 0, 1023),
        _ => true,
    };

    private static bool IsWhole(string text, int low, int high) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high && text == number.ToString(CultureInfo.InvariantCulture);

    private static Units.Quantity PulseQuantity(DeviceType type) => PulsePoint(type)?.Quantity ?? Units.Quantity.Volume;

    private static PointType? PulsePoint(DeviceType type) => type.Points.FirstOrDefault(p => p.Where is LineSelector { Use: LineUse.Pulse });

    private static void CheckPulse(DeviceType type, Fields fields)
    {
        if (type == SiteReading.NoType) return;
        if (PulsePoint(type) is null && fields.Has("pulse"))
            fields.At("pulse").Wrong("the value of a pulse", $"none: {type.Id} counts no pulses");
        if (PulsePoint(type) is { } counter && !fields.Has("pulse"))
            fields.Here.Wrong("no \"pulse\"", $"pulse: {new ValueShape(counter.Quantity).Expected}, as the meter's label says");
        if (fields.At("pulse") is { Node: TextNode { Text: var text } } spot && QuantityShape.TrySplit(text, out var worth, out _) && worth <= 0)
            spot.Unexpected("more than nothing per pulse");
    }

    private static Point Install(string device, PointType type, Bus bus, double pulse, PointChange change) => new(
        new PointId($"{device}.{type.Name}"), type,
        type.Where is LineSelector { Use: LineUse.Pulse } ? pulse : 1,
        change.Wiring,
        change.StaleAfter > TimeSpan.Zero ? change.StaleAfter : DefaultPatience(type.Poll, bus.Interval));

    /// <summary>Some six polls: one lost answer is weather, six are a fault.</summary>
    private static TimeSpan DefaultPatience(PollClass poll, TimeSpan interval) => poll switch
    {
        PollClass.Fast => TimeSpan.FromTicks(Math.Max(TimeSpan.FromMinutes(1).Ticks, 6 * interval.Ticks)),
        PollClass.Normal => TimeSpan.FromMinutes(3),
        PollClass.Slow => TimeSpan.FromMinutes(30),
        _ => TimeSpan.FromDays(3650),
    };
}
