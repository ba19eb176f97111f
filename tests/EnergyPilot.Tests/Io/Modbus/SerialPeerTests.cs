using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>Peers on a real terminal device, tunnelled to us by socat as a serial device server does.</summary>
public sealed class SerialPeerTests
{
    private const string Unit = """
        #include <modbus/modbus.h>
        #include <stdio.h>

        int main(int count, char **argument) {
            modbus_t *ctx = modbus_new_rtu(argument[1], 19200, 'N', 8, 1);
            modbus_mapping_t *map = modbus_mapping_new(200, 200, 200, 200);
            for (int n = 0; n < 200; n++) {
                map->tab_registers[n] = n;
                map->tab_bits[n] = n % 3 == 0;
            }
            modbus_set_slave(ctx, 7);
            if (modbus_connect(ctx)) return 1;
            printf("1\n");
            fflush(stdout);
            for (;;) {
                uint8_t request[MODBUS_RTU_MAX_ADU_LENGTH];
                int length = modbus_receive(ctx, request);
                if (length > 0)
                    modbus_reply(ctx, request, length, map);
            }
        }
        """;

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Libmodbus_serial_unit_answers_our_master()
    {
        Peers.NeedFile("/usr/include/modbus/modbus.h", "libmodbus-dev");
        using var program = await CompiledProbe.Compile(Unit, Stop, "modbus");
        await using var terminal = await Terminal.Open();
        await using var peer = PeerProcess.Start(program.Path, terminal.Path);
        await peer.Port(Stop);
        await using var wire = new ModbusRtuWire(_ => ValueTask.FromResult(terminal.OurEnd), new SerialLine(19200), TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var at = new ModbusAddress(7, ModbusSpace.HoldingRegisters, 10);
        var values = new ushort[125];

        (await master.ReadRegisters(at, values.AsMemory(0, 1), Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.ReadRegisters(at, values, Ample, Stop)).ShouldBe(ModbusResult.Good);
        values.ShouldBe([.. Enumerable.Range(10, 125).Select(n => (ushort)n)]);
        (await master.WriteRegister(at with { Unit = 0 }, 4711, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.ReadRegisters(at, values.AsMemory(0, 1), Ample, Stop)).ShouldBe(ModbusResult.Good);
        values[0].ShouldBe((ushort)4711);
        (await master.ReadWriteRegisters(at, values.AsMemory(0, 2), new(11, new ushort[] { 5 }), Ample, Stop)).ShouldBe(ModbusResult.Good);
        values[..2].ShouldBe([4711, 5]);
    }

    [Fact]
    public async Task Mbpoll_reads_and_writes_our_serial_unit()
    {
        var mbpoll = Peers.Need("mbpoll", "mbpoll");
        var tables = new Tables();
        await using var terminal = await Terminal.Open();
        await using var server = ModbusRtuServer.Start(
            new ModbusSlave(new Dictionary<byte, IModbusUnit> { [7] = tables }, UnknownUnit.Silence), terminal.OurEnd, TimeProvider.System);
        string[] serial = ["-m", "rtu", "-b", "19200", "-P", "none", "-a", "7", "-0", "-t", "4", "-r", "13"];

        await using var reading = PeerProcess.Start(mbpoll, [.. serial, "-c", "3", "-1", terminal.Path]);
        var said = await reading.Output(Stop);
        said.Split('\n').Where(line => line.StartsWith('[')).Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
            .ShouldBe([13, 14, 15], said);
        await using var writing = PeerProcess.Start(mbpoll, [.. serial, terminal.Path, "4711"]);
        await writing.Output(Stop);
        tables.Holding[13].ShouldBe((ushort)4711);
    }

    private sealed class Terminal(PeerProcess socat, Stream ourEnd, string path) : IAsyncDisposable
    {
        public Stream OurEnd => ourEnd;

        public string Path => path;

        public static async Task<Terminal> Open()
        {
            var socat = Peers.Need("socat", "socat");
            var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var process = PeerProcess.Start(socat, $"PTY,link={path},raw,echo=0", $"TCP:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port},nodelay");
            return new Terminal(process, new NetworkStream(await listener.AcceptSocketAsync(Stop), ownsSocket: true), path);
        }

        public async ValueTask DisposeAsync()
        {
            await ourEnd.DisposeAsync();
            await socat.DisposeAsync();
            File.Delete(path);
        }
    }
}
