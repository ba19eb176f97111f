using System.Globalization;
using System.Text;
using System.Text.Json;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Io.Kernel;
using EnergyPilot.Io.MBus;
using EnergyPilot.Tests.Core.Devices;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Io.MBus;
using EnergyPilot.Tests.Io.Modbus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>Each known answer stands on a virtual wire, in the bytes of its bus; the gateway's own bus reads it into the process image.</summary>
public sealed class DevicePolling
{
    // EN 13757-2, 5.5: SND_NKE, the single character, and where the address stands in a long frame.
    private const byte SendReset = 0x40;
    private const byte Acknowledged = 0xE5;
    private const int AddressField = 5;

    private static readonly DateTimeOffset At = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ModbusVectors.All), MemberType = typeof(ModbusVectors))]
    public async Task Modbus_devices_are_read_and_written(string device, string point, string registers, double value)
    {
        var installed = Install(device, "1", 1);
        var watched = installed.Points.Single(p => p.Type.Name == point);
        var map = new RegisterMap(installed.Type);
        var where = (RegisterSelector)watched.Type.Where;
        var image = Image(installed);
        await using var bus = new ModbusBus(installed.Bus, [installed], MemoryWire.To(map), image, trace: null, TimeProvider.System);

        if (watched.Type.Access == Access.Read)
        {
            map[where] = registers;
        }
        else
        {
            // Where bits share a register, the others stand there before and stay.
            if (where.Encoding.Bits != BitRange.All) map[where] = (Convert.ToUInt16(registers, 16) ^ (ushort)where.Encoding.Bits.Mask).ToString("X4", CultureInfo.InvariantCulture);
            (await bus.Write(watched, value, Stop)).ShouldBe(WriteResult.Done);
            map[where].ShouldBe(registers);
        }

        if (watched.Type.Access == Access.Write) return;

        await bus.Poll(At, Stop);

        ShouldBe(image, watched, value);
        installed.Points.Where(p => p.Type.Access != Access.Write).ShouldAllBe(p => image.Freeze(At, default).Readings.ContainsKey(p.Id));
    }

    [Theory]
    [MemberData(nameof(KernelVectors.All), MemberType = typeof(KernelVectors))]
    public async Task Sensors_with_kernel_drivers_are_read(string device, string point, string content, double value)
    {
        var installed = Install(device, "1-0044", 1);
        var watched = installed.Points.Single(p => p.Type.Name == point);
        var files = new MemorySensorFiles();
        var path = watched.Type.Where is FileSelector file ? file.File : ((ChannelSelector)watched.Type.Where).Channel;
        var folder = string.Join('/', path.Replace("*", "3", StringComparison.Ordinal).Split('/').SkipLast(1).Prepend(installed.Address));
        foreach (var entry in content.Split("; ").Select(e => e.Split('=', 2)))
            files.Write($"{folder}/{entry[0]}", Encoding.ASCII.GetBytes(entry[1] + "\n"));
        var image = Image(installed);
        await using var bus = new KernelBus(installed.Bus, [installed], files, image);

        await bus.Poll(At, Stop);

        ShouldBe(image, watched, value);
    }

    [Theory]
    [MemberData(nameof(MBusVectors.All), MemberType = typeof(MBusVectors))]
    public async Task Meters_on_an_M_Bus_are_read(string device, string point, string frame, double value)
    {
        // A long frame in hexadecimal begins with its start character; a name never does.
        var bytes = frame.StartsWith("68 ", StringComparison.Ordinal) ? Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal)) : RecordedFrame.Named(frame).Bytes;
        var installed = Install(device, bytes[AddressField].ToString(CultureInfo.InvariantCulture), 1);
        var image = Image(installed);
        await using var line = new ScriptedLine(request => request[1] == SendReset ? [Acknowledged] : bytes);
        await using var bus = new MBusBus(
            installed.Bus, [installed], new MBusMaster(_ => ValueTask.FromResult<Stream>(line), new MBusLine(9600, TimeSpan.FromSeconds(1)), TimeProvider.System), image, TimeProvider.System);

        await bus.Poll(At, Stop);

        ShouldBe(image, installed.Points.Single(p => p.Type.Name == point), value);
    }

    [Theory]
    [MemberData(nameof(MqttVectors.All), MemberType = typeof(MqttVectors))]
    public async Task Wireless_devices_are_heard_and_told(string device, string point, string message, double value)
    {
        var installed = Install(device, "radio/one", 1);
        var watched = installed.Points.Single(p => p.Type.Name == point);
        var where = (MessageSelector)watched.Type.Where;
        var image = Image(installed);
        var broker = new HeardMessages();
        await using var bus = new MqttBus(installed.Bus, [installed], broker, image) { Another = () => new HeardMessages() };
        await bus.Poll(At, Stop);

        broker.Say(where.Topic.Length == 0 ? "radio/one" : $"radio/one/{where.Topic}", message, At);

        ShouldBe(image, watched, value);
        if (watched.Type.Access == Access.Read) return;
        (await bus.Write(watched, value, Stop)).ShouldBe(WriteResult.Done);
        var number = watched.Type.Quantity == Quantity.State ? (value >= 0.5 ? "true" : "false") : value.ToString(CultureInfo.InvariantCulture);
        broker.Published.ShouldBe(($"radio/one/{where.Command.Topic}", where.Command.Payload.Replace("{value}", number, StringComparison.Ordinal)));
        JsonDocument.Parse(broker.Published.Payload).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Theory]
    [MemberData(nameof(TicVectors.All), MemberType = typeof(TicVectors))]
    public async Task French_meters_are_heard(string device, string point, string group, double value)
    {
        var installed = Install(device, Device.AnyAddress, 1);
        var image = Image(installed);
        await using var bus = new TicBus(installed.Bus, [installed], new HeardMeter(At, group), image);

        await bus.Poll(At, Stop);

        ShouldBe(image, installed.Points.Single(p => p.Type.Name == point), value);
    }

    [Theory]
    [MemberData(nameof(GpioVectors.All), MemberType = typeof(GpioVectors))]
    public async Task Lines_of_the_gateway_are_read_and_written(string device, string point, string line, double value)
    {
        var words = line.Split(' ');
        var installed = Install(device, "5", words.Length == 4 ? double.Parse(words[3], CultureInfo.InvariantCulture) : 1);
        var watched = installed.Points.Single(p => p.Type.Name == point);
        var time = new ManualTime();
        var board = new VirtualGpioBoard(8, time);
        var image = Image(installed);
        await using var bus = new GpioBus(installed.Bus, [installed], () => board, image, PulseCounts.Forgotten, NullLogger.Instance);
        if (words is [var level] && watched.Type.Access == Access.Read) board.Drive(5, Voltage(level));

        await bus.Poll(At, Stop);
        if (words is [var count, "pulses", ..]) board.Pulse(5, int.Parse(count, CultureInfo.InvariantCulture));
        if (watched.Type.Access != Access.Read)
        {
            (await bus.Write(watched, value, Stop)).ShouldBe(WriteResult.Done);
            board.Voltage(5).ShouldBe(Voltage(line));
        }

        time.Advance(TimeSpan.FromSeconds(10));
        await bus.Poll(At.AddSeconds(10), Stop);

        ShouldBe(image, watched, value);
    }

    private static Device Install(string device, string address, double factor)
    {
        var type = Models.Read(device);
        var bus = new Bus("wire", type.Protocol, "", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        return new Device("device", device, type, bus, address,
            [.. type.Points.Select(p => new Point(new PointId($"device.{p.Name}"), p, factor, Wiring.NormallyOpen, TimeSpan.FromMinutes(3)))]);
    }

    private static ProcessImage Image(Device installed) => new(SchoolFiles.DemoSite with { Devices = [installed], Buses = [installed.Bus] });

    private static void ShouldBe(ProcessImage image, Point point, double value)
    {
        var reading = image.Freeze(At, default).Readings[point.Id];
        Vector.ShouldBeSame(reading.Value, value);
        reading.IsReliable.ShouldBe(point.Type.Range.Contains(value));
    }

    private static GpioVoltage Voltage(string level) => level == "high" ? GpioVoltage.High : GpioVoltage.Low;
}
