using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Io.Kernel;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Serial;
using EnergyPilot.Io.Tic;
using EnergyPilot.Io.Tracing;
using EnergyPilot.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Field;

/// <summary>Opens the buses of a site: the real ones, or those of a virtual school.</summary>
internal static class FieldBuses
{
    private const int DemoConnections = 8;

    // Of a Modbus line some five hundred requests and answers, of an M-Bus the last readings.
    private const int TraceBytes = 32 * 1024;

    // Measuring all of a 1-Wire together takes less than a second; so does any sensor alone.
    private static readonly TimeSpan HangingAfter = TimeSpan.FromSeconds(3);

    /// <summary>Real hardware.</summary>
    /// <param name="counts">What pulse meters had counted before this start.</param>
    public static ImmutableArray<IFieldBus> Real(Site site, ProcessImage image, PulseCounts counts, ILogger log) =>
        [.. site.Buses.Select(bus => OpenOrDoWithout(bus, [.. On(site, bus)], image, new Surroundings($"energypilot-{site.Id}-{bus.Id}", counts, log)))];

    // A password file that is missing costs its own bus, never the school's heating.
    private static IFieldBus OpenOrDoWithout(Bus bus, Device[] devices, ProcessImage image, Surroundings around)
    {
        try
        {
            return Open(bus, devices, image, around);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            return new AbsentBus(bus, devices, e is CryptographicException ? new(LineFault.CertificateWrong, e.Message, Fact.Of("file", bus.Login.CaFile)) : LineTrouble.OfSetUp(e));
        }
    }

    /// <summary>One real bus with these devices on it.</summary>
    public static IFieldBus Open(Bus bus, IEnumerable<Device> devices, ProcessImage image, Surroundings around) => bus.Protocol switch
    {
        Protocol.Modbus => Traced(trace => new ModbusBus(bus, devices, Wire(bus, trace), image, trace, TimeProvider.System)),
        Protocol.Gpio => new GpioBus(bus, devices, () => new LinuxGpioBoard(bus.Where), image, around.Counts, around.Log),
        Protocol.Tic => Traced(trace => new TicBus(bus, devices, TicLine(bus, trace), image) { Trace = trace }),
        Protocol.MBus => Traced(trace => new MBusBus(bus, devices, MBusMaster(bus, trace), image, TimeProvider.System) { Trace = trace }),
        Protocol.Mqtt => Traced(trace => new MqttBus(bus, devices, Messages(around.Client, bus), image) { Trace = trace, Another = () => Messages($"{around.Client}-look", bus) }),
        _ => new KernelBus(bus, devices, new BoundedSensorFiles(new LinuxSensorFiles(bus.Where), HangingAfter), image),
    };

    /// <summary>A virtual school, wholly in memory but in the bytes of its devices: fast enough for seasons.</summary>
    public static ImmutableArray<IFieldBus> InMemory(VirtualSchool school, ProcessImage image) => InMemory(school, image, PulseCounts.Forgotten);

    /// <param name="counts">From where pulse meters go on.</param>
    public static ImmutableArray<IFieldBus> InMemory(VirtualSchool school, ProcessImage image, PulseCounts counts) =>
        [.. school.Site.Buses.Select(bus => bus.Protocol switch
        {
            Protocol.Modbus => new ModbusBus(bus, On(school.Site, bus), school.LineOn(bus), image, trace: null, school.Clock),
            Protocol.Gpio => new GpioBus(bus, On(school.Site, bus), () => school.BoardOn(bus), image, counts, NullLogger.Instance),
            Protocol.Tic => new TicBus(bus, On(school.Site, bus), school.TicOn(bus), image),
            Protocol.MBus => new MBusBus(bus, On(school.Site, bus), school.MBusOn(bus), image, TimeProvider.System),
            Protocol.Mqtt => new MqttBus(bus, On(school.Site, bus), school.MessagesOn(bus), image) { Another = () => school.MessagesOn(bus) },
            _ => (IFieldBus)new KernelBus(bus, On(school.Site, bus), school.FilesOn(bus), image),
        })];

    /// <summary>The same school, its Modbus devices polled over real TCP connections on the loopback interface from now on; the other buses go on as they are.</summary>
    /// <param name="servers">Where its servers were started, by bus.</param>
    public static ImmutableArray<IFieldBus> OverTcp(
        VirtualSchool school, ProcessImage image, IReadOnlyDictionary<string, ModbusTcpServer> servers, ImmutableArray<IFieldBus> inMemory) =>
        [.. inMemory.Select(bus => servers.TryGetValue(bus.Bus.Id, out var server)
            ? Traced(trace => new ModbusBus(
                bus.Bus with { Where = $"127.0.0.1:{server.Port}", Place = new NetworkPlace(IPAddress.Loopback.ToString(), server.Port, Carrying.Plain) }, On(school.Site, bus.Bus), new ModbusTcpWire(IPAddress.Loopback.ToString(), server.Port, TimeProvider.System) { Trace = trace }, image, trace, TimeProvider.System))
            : bus)];

    /// <summary>Serves each Modbus bus of a virtual school on a free loopback port.</summary>
    public static ImmutableDictionary<string, ModbusTcpServer> Serve(VirtualSchool school, CancellationToken stop) =>
        school.Site.Buses.Where(bus => bus.Protocol == Protocol.Modbus).ToImmutableDictionary(
            bus => bus.Id,
            bus => ModbusTcpServer.Start(school.SlaveOn(bus), new IPEndPoint(IPAddress.Loopback, 0), DemoConnections, stop));

    /// <summary>The bus that each point is on.</summary>
    public static ImmutableDictionary<PointId, IFieldBus> ByPoint(Site site, ImmutableArray<IFieldBus> buses) =>
        site.Devices.SelectMany(d => d.Points, (d, p) => (p.Id, Bus: buses.First(b => b.Bus.Id == d.Bus.Id)))
            .ToImmutableDictionary(x => x.Id, x => x.Bus);

    private static IFieldBus Traced(Func<FrameTrace, IFieldBus> open) => open(new FrameTrace(TraceBytes, TimeProvider.System));

    /// <summary>The wire of a Modbus bus.</summary>
    public static IModbusWire Wire(Bus bus, FrameTrace trace) => bus.Place switch
    {
        NetworkPlace { Carrying: Carrying.Plain } place => new ModbusTcpWire(place.Host, place.Port, TimeProvider.System) { Trace = trace },
        _ => new ModbusRtuWire(Line(bus, dataBits: 8), new SerialLine(bus.Format.BaudRate), TimeProvider.System) { Trace = trace },
    };

    // A meter whose speed the site file does not say is tried at both.
    public static TicReader TicLine(Bus bus, FrameTrace trace)
    {
        Bus[] speeds = bus.Place is SerialPlace && bus.Format == LineFormat.Of(Protocol.Tic)
            ? [bus, bus with { Format = bus.Format with { BaudRate = HistoricBaudRate } }]
            : [bus];
        return new TicReader([.. speeds.Select(b => TracingStream.Opener(Line(b, dataBits: 7), trace))], TimeProvider.System);
    }

    private const int HistoricBaudRate = 1200;

    // What a converter and a network between add to the answer of a meter.
    private static readonly TimeSpan ConverterLatency = TimeSpan.FromMilliseconds(200);

    public static MBusMaster MBusMaster(Bus bus, FrameTrace trace) => new(
        TracingStream.Opener(Line(bus, dataBits: 8), trace), new MBusLine(bus.Format.BaudRate, bus.Place is NetworkPlace ? ConverterLatency : TimeSpan.Zero), TimeProvider.System);

    /// <param name="client">The name under which the broker knows us; a second connection of the same name ends the first.</param>
    public static MqttOptions Broker(string client, Bus bus)
    {
        if (bus.Place is not NetworkPlace broker) throw new NotSupportedException($"{bus.Where} is no broker.");
        return new MqttOptions
        {
            Host = broker.Host, Port = broker.Port, Version = MqttVersion.V311, ClientId = client,
            User = bus.Login.User, Password = Secret(bus.Login.PasswordFile, bus),
            Tls = broker.Carrying == Carrying.Encrypted ? new MqttTls { AuthoritiesPem = Secret(bus.Login.CaFile, bus) } : null,
        };
    }

    private static MqttMessageLine Messages(string client, Bus bus) => new(Broker(client, bus), TimeProvider.System);

    private static string Secret(string file, Bus bus) => Unusable.Secret(file, $"buses.{bus.Id}");

    /// <summary>Opens the bytes of a serial line, whichever way they come.</summary>
    public static Func<CancellationToken, ValueTask<Stream>> Line(Bus bus, int dataBits) => bus.Place switch
    {
        SerialPlace port => SerialPort.Opener(port.Path, Settings(bus.Format, dataBits)),
        NetworkPlace converter => TcpLine.Opener(converter.Host, converter.Port),
        _ => throw new NotSupportedException($"{bus.Where} is no serial line."),
    };

    private static SerialSettings Settings(LineFormat format, int dataBits) => new(
        format.BaudRate, format.Parity switch { Parity.Even => SerialParity.Even, Parity.Odd => SerialParity.Odd, _ => SerialParity.None },
        format.StopBits == 2 ? SerialStopBits.Two : SerialStopBits.One, dataBits)
    {
        Rs485 = format.Direction switch
        {
            DirectionControl.RtsHigh => new Rs485Mode(RtsLevel.High),
            DirectionControl.RtsLow => new Rs485Mode(RtsLevel.Low),
            _ => null,
        },
    };

    private static IEnumerable<Device> On(Site site, Bus bus) => site.Devices.Where(d => d.Bus.Id == bus.Id);
}

/// <summary>What a bus needs besides its devices.</summary>
/// <param name="Client">The name under which a broker knows us.</param>
/// <param name="Counts">What pulse meters had counted before this start.</param>
/// <param name="Log">Where trouble is told.</param>
internal sealed record Surroundings(string Client, PulseCounts Counts, ILogger Log);
