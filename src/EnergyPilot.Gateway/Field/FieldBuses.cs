using System.Collections.Immutable;
using System.Net;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Io.Kernel;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Field;

/// <summary>Opens the buses of a site: the real ones, or those of a virtual school.</summary>
internal static class FieldBuses
{
    private const int DemoConnections = 8;

    // Measuring all of a 1-Wire together takes less than a second; so does any sensor alone.
    private static readonly TimeSpan HangingAfter = TimeSpan.FromSeconds(3);

    /// <summary>Real hardware.</summary>
    /// <param name="counts">What pulse meters had counted before this start.</param>
    public static ImmutableArray<IFieldBus> Real(Site site, ProcessImage image, PulseCounts counts, ILogger log) =>
        [.. site.Buses.Select(bus => bus.Protocol switch
        {
            Protocol.Modbus => Modbus(site, bus, Wire(bus), image),
            Protocol.Gpio => new GpioBus(bus, On(site, bus), () => new LinuxGpioBoard(bus.Where), image, counts, log),
            _ => (IFieldBus)new KernelBus(bus, On(site, bus), new BoundedSensorFiles(new LinuxSensorFiles(bus.Where), HangingAfter), image),
        })];

    /// <summary>A virtual school, wholly in memory but in the bytes of its devices: fast enough for seasons.</summary>
    public static ImmutableArray<IFieldBus> InMemory(VirtualSchool school, ProcessImage image) =>
        [.. school.Site.Buses.Select(bus => bus.Protocol switch
        {
            Protocol.Modbus => Modbus(school.Site, bus, school.LineOn(bus), image),
            Protocol.Gpio => new GpioBus(bus, On(school.Site, bus), () => school.BoardOn(bus), image, PulseCounts.Forgotten, NullLogger.Instance),
            _ => (IFieldBus)new KernelBus(bus, On(school.Site, bus), school.FilesOn(bus), image),
        })];

    /// <summary>The same school, its Modbus devices polled over real TCP connections on the loopback interface from now on; the other buses go on as they are.</summary>
    /// <param name="servers">Where its servers were started, by bus.</param>
    public static ImmutableArray<IFieldBus> OverTcp(
        VirtualSchool school, ProcessImage image, IReadOnlyDictionary<string, ModbusTcpServer> servers, ImmutableArray<IFieldBus> inMemory) =>
        [.. inMemory.Select(bus => servers.TryGetValue(bus.Bus.Id, out var server)
            ? Modbus(school.Site, bus.Bus, new ModbusTcpWire(IPAddress.Loopback.ToString(), server.Port, TimeProvider.System), image)
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

    private static ModbusBus Modbus(Site site, Bus bus, IModbusWire wire, ProcessImage image) =>
        new(bus, On(site, bus), wire, image, TimeProvider.System);

    private static IModbusWire Wire(Bus bus) => bus.Place switch
    {
        NetworkPlace { Carrying: Carrying.SerialFrames } tunnel => ModbusRtuWire.OverTcp(tunnel.Host, tunnel.Port, new SerialLine(bus.Format.BaudRate), TimeProvider.System),
        NetworkPlace place => new ModbusTcpWire(place.Host, place.Port, TimeProvider.System),
        _ => throw new NotSupportedException($"{bus.Where} is no place for Modbus."),
    };

    private static IEnumerable<Device> On(Site site, Bus bus) => site.Devices.Where(d => d.Bus.Id == bus.Id);
}
