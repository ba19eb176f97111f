using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of a bus.</summary>
internal static class BusFields
{
    public static Bus Read(string id, Fields fields)
    {
        var protocol = fields.Need("protocol", Shapes.Choice<Protocol>(), "What is spoken on it");
        var where = fields.Need("where", Shapes.Text, "modbus: host:port, rtu://host:port, or a serial port; gpio: /dev/gpiochip0; kernel: the folder that holds the devices' folders; m-bus and tic: a serial port or host:port; mqtt: host:port of the broker");
        var deadline = fields.Take("deadline", Deadlines, Deadline(protocol), "How long one request may take; 1 s when missing, 5 s on an M-Bus");
        var interval = fields.Take("interval", Shapes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), TimeSpan.FromSeconds(10), "How often its fast points are polled; 10 s when missing");
        var format = Format(protocol, fields);
        var login = Login(fields);
        if (!BusPlace.TryParse(protocol, where, out var place) && where.Length > 0) fields.At("where").Unexpected(BusPlace.Expected(protocol));
        CheckKeys(protocol, place, fields);
        return new Bus(id, protocol, where, deadline, interval) { Place = place, Format = format, Login = login };
    }

    /// <summary>Times that a request may take.</summary>
    public static readonly Shape<TimeSpan> Deadlines = Shapes.Duration(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30));

    // A meter on 300 Bd takes some seconds for its 255 bytes.
    private static TimeSpan Deadline(Protocol protocol) => TimeSpan.FromSeconds(protocol == Protocol.MBus ? 5 : 1);

    private static LineFormat Format(Protocol protocol, Fields fields)
    {
        var usual = LineFormat.Of(protocol);
        return new LineFormat(
            (int)fields.Take("baud", Shapes.Whole(300, 921_600), (ulong)usual.BaudRate, "Serial lines: bits per second; modbus 9600, m-bus 2400, tic 9600 (a Linky in historical mode: 1200) when missing"),
            fields.Take("parity", Shapes.Choice<Parity>(), usual.Parity, "Serial lines: modbus none, m-bus and tic even when missing"),
            (int)fields.Take("stop-bits", Shapes.Whole(1, 2), (ulong)usual.StopBits, "Serial lines: 1 when missing"))
        {
            Direction = fields.Take("direction", Shapes.Choice<DirectionControl>(), DirectionControl.Automatic, "Serial ports with an RS-485 transceiver that the kernel's driver turns round by RTS: rts-high or rts-low; automatic when missing"),
        };
    }

    private static BrokerLogin Login(Fields fields) => new(
        fields.Take("user", Shapes.Text, "", "mqtt: the account on the broker"),
        fields.Take("password-file", Shapes.Text, "", "mqtt: the file that holds its password, readable for the gateway only"),
        fields.Take("ca-file", Shapes.Text, "", "mqtts: the certificates (PEM) that the broker's must descend from; those that the machine trusts when missing"));

    private static void CheckKeys(Protocol protocol, BusPlace place, Fields fields)
    {
        foreach (var key in (ReadOnlySpan<string>)["baud", "parity", "stop-bits", "direction"])
            if (fields.Has(key) && protocol != Protocol.MBus && !IsSerial(place)) fields.At(key).Wrong($"\"{key}\"", $"it only where the bus is a serial line");
        foreach (var key in (ReadOnlySpan<string>)["user", "password-file", "ca-file"])
            if (fields.Has(key) && protocol != Protocol.Mqtt) fields.At(key).Wrong($"\"{key}\"", $"it only for mqtt");
        if (fields.Has("password-file") && !fields.Has("user")) fields.At("password-file").Wrong($"a password without \"user\"", $"user: the account that it belongs to");
    }

    // The timing of a line behind a converter follows from its speed as well; an M-Bus is a line in any case.
    private static bool IsSerial(BusPlace place) => place is SerialPlace or NetworkPlace { Carrying: Carrying.SerialFrames } || ReferenceEquals(place, BusPlace.Nowhere);
}
