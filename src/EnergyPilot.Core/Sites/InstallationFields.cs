using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of devices as installed.</summary>
internal static class InstallationFields
{
    public static Device ReadDevice(string id, SiteReading reading, Fields fields)
    {
        var name = fields.Take("name", Shapes.Text, id, "What people call it, and where it hangs");
        var type = fields.Need("type", reading.DeviceType, "Its model: the name of a file in hardware/devices");
        var bus = fields.Need("bus", Shapes.Reference($"a bus", reading.Buses, NoBus), "The bus that it hangs on");
        var address = fields.Need("address", AddressShape, "modbus: unit 1 to 247; gpio: line; kernel: the device's folder; m-bus: primary address, or the digits of its label; tic: the meter's twelve digits, or any; mqtt: the device's topic");
        var deadline = fields.Take("deadline", BusFields.Deadlines, bus.Deadline, "How long one request to it may take, for a device that is slower than the others; that of its bus when missing");
        var pulse = fields.Take("pulse", new ValueShape(PulseQuantity(type)), double.NaN, "Pulse counters: what one pulse is worth, for example 0.1 m³");
        var wiring = fields.Take("wiring", Shapes.Choice<Wiring>(), Wiring.NormallyOpen, "Contacts and relays; normally-closed: on, open or present when nothing is energised");
        var patience = fields.Take("stale-after", Patience, TimeSpan.Zero, "The age at which a value counts as lost; follows from how often it is polled when missing");
        var heartbeat = fields.Take("heartbeat", HistoryFields.Heartbeats, reading.History.Heartbeat, "How often its steady values, or its indices, go into the history; as for the site (history) when missing");
        var usual = new PointChange("", wiring, patience, heartbeat, double.NaN);
        var changes = fields.Take("points", Shapes.Named($"points", (point, f) => ReadChange(point, type, usual, f)), [], "What is different for single points");

        if (bus != NoBus && type != SiteReading.NoType) CheckInstallation(reading, id, type, bus, address, fields);
        CheckPulse(type, fields);
        var points = type.Points.Select(p => Install(id, p, bus, pulse, Of(changes, p.Name) ?? usual, reading.History));
        CheckNames(type, changes, fields);
        return new Device(id, name, type, bus, address, [.. points]) { Deadline = deadline };
    }

    private sealed record PointChange(string Name, Wiring Wiring, TimeSpan StaleAfter, TimeSpan Heartbeat, double Deadband);

    private static PointChange ReadChange(string name, DeviceType type, PointChange usual, Fields fields) => new(
        name,
        fields.Take("wiring", Shapes.Choice<Wiring>(), usual.Wiring, "How this contact or relay is wired"),
        fields.Take("stale-after", Patience, usual.StaleAfter, "The age at which this value counts as lost"),
        fields.Take("heartbeat", HistoryFields.Heartbeats, usual.Heartbeat, "How often this value goes into the history however steady it is"),
        fields.Take("deadband", HistoryFields.DeadbandOf(type.Points.FirstOrDefault(p => p.Name == name)), double.NaN, "How far it must move to go into the history before its heartbeat, for example 0.5 K; as for its quantity (history) when missing"));

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
        $"a unit, a line, a folder, a meter's digits or a topic, for example 12 or \"28-0316a2791234\"", "^[^\\s#+/](.*[^\\s#+/])?$",
        text => text.Trim().Length == text.Length && text.Length > 0 && text[0] != '/' && text[^1] != '/' && !text.AsSpan().ContainsAny('#', '+') && !text.Any(char.IsControl));

    private static void CheckInstallation(SiteReading reading, string id, DeviceType type, Bus bus, string address, Fields fields)
    {
        if (type.Protocol != bus.Protocol)
            fields.At("bus").Wrong($"\"{bus.Id}\", a {Words<Protocol>.Of(bus.Protocol)} bus", $"a {Words<Protocol>.Of(type.Protocol)} bus for {type.Id}");
        if (address.Length == 0) return;
        if (!Fits(bus.Protocol, address))
            fields.At("address").Unexpected(ExpectedAddress(bus.Protocol));
        else if (!reading.TryInstall(id, bus.Id, address, out var already))
            fields.At("address").Wrong($"{address}, where {already} already sits on {bus.Id}", $"an address of its own");
    }

    private static bool Fits(Protocol protocol, string address) => protocol switch
    {
        Protocol.Modbus => IsWhole(address, 1, 247),
        Protocol.Gpio => IsWhole(address, 0, 1023),
        Protocol.MBus => IsWhole(address, 0, 250) || IsMeter(address.Split('.')),
        Protocol.Tic => address == Device.AnyAddress || address.Length == 12 && address.All(char.IsAsciiDigit),
        Protocol.Mqtt => true,
        _ => char.IsAsciiLetterOrDigit(address[0]) && address.All(c => char.IsAsciiLetterOrDigit(c) || "._:-".Contains(c, StringComparison.Ordinal)),
    };

    private static Saying ExpectedAddress(Protocol protocol) => protocol switch
    {
        Protocol.Modbus => $"a Modbus unit from 1 to 247",
        Protocol.Gpio => $"a GPIO line from 0 to 1023",
        Protocol.MBus => $"a primary address from 0 to 250, the 8 digits of the meter's label, or number, maker, version and medium as a scan shows them, for example 67004142.KAM.08.0C",
        Protocol.Tic => $"the 12 digits of the meter (ADCO or ADSC), or \"any\"",
        _ => $"a folder of the kernel, for example \"28-0316a2791234\"",
    };

    private static bool IsMeter(string[] parts) =>
        parts.Length is 1 or 4 && parts[0].Length == 8 && parts[0].All(char.IsAsciiHexDigit)
        && (parts.Length == 1 || parts[1].Length == 3 && parts[1].All(char.IsAsciiLetterUpper) && parts[2..].All(p => p.Length == 2 && p.All(char.IsAsciiHexDigit)));

    private static bool IsWhole(string text, int low, int high) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high && text == number.ToString(CultureInfo.InvariantCulture);

    private static Units.Quantity PulseQuantity(DeviceType type) => PulsePoint(type)?.Quantity ?? Units.Quantity.Volume;

    private static PointType? PulsePoint(DeviceType type) => type.Points.FirstOrDefault(p => p.Where is LineSelector { Use: LineUse.Pulse });

    private static void CheckPulse(DeviceType type, Fields fields)
    {
        if (type == SiteReading.NoType) return;
        if (PulsePoint(type) is null && fields.Has("pulse"))
            fields.At("pulse").Wrong($"the value of a pulse", $"none: {type.Id} counts no pulses");
        if (PulsePoint(type) is { } counter && !fields.Has("pulse"))
            fields.Here.Wrong($"no \"pulse\"", $"pulse: {new ValueShape(counter.Quantity).Expected}, as the meter's label says");
        if (fields.At("pulse") is { Node: TextNode { Text: var text } } spot && QuantityShape.TrySplit(text, out var worth, out _) && worth <= 0)
            spot.Unexpected($"more than nothing per pulse");
    }

    private static Point Install(string device, PointType type, Bus bus, double pulse, PointChange change, History history) => new(
        new PointId($"{device}.{type.Name}"), type,
        type.Where is LineSelector { Use: LineUse.Pulse } ? pulse : 1,
        change.Wiring,
        change.StaleAfter > TimeSpan.Zero ? change.StaleAfter : type.StaleAfter > TimeSpan.Zero ? type.StaleAfter : DefaultPatience(type.Poll, bus.Interval))
    {
        Keeping = new(change.Deadband >= 0 ? new(change.Deadband, 0) : history.Of(type.Quantity).Deadband, change.Heartbeat > TimeSpan.Zero ? change.Heartbeat : Keeping.LongestHeartbeat),
    };

    /// <summary>Some six polls: one lost answer is weather, six are a fault.</summary>
    private static TimeSpan DefaultPatience(PollClass poll, TimeSpan interval) => poll switch
    {
        PollClass.Fast => TimeSpan.FromTicks(Math.Max(TimeSpan.FromMinutes(1).Ticks, 6 * interval.Ticks)),
        PollClass.Normal => TimeSpan.FromMinutes(3),
        PollClass.Slow => TimeSpan.FromMinutes(30),
        _ => TimeSpan.FromDays(3650),
    };
}
