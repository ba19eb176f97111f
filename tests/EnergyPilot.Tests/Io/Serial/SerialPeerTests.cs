using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Tests.Io.Serial;

/// <summary>Our port and our Modbus RTU against other people's programs at the far end of a cable.</summary>
public sealed class SerialPeerTests
{
    // A pseudo-terminal has no parity, and pyserial's server insists on what it asks for.
    private const string Pymodbus = """
        import asyncio, sys
        from pymodbus.datastore import ModbusSequentialDataBlock as Block, ModbusSlaveContext, ModbusServerContext
        from pymodbus.server.async_io import ModbusSerialServer
        from pymodbus.framer.rtu_framer import ModbusRtuFramer

        async def main():
            unit = ModbusSlaveContext(
                di=Block(0, [n % 3 == 1 for n in range(200)]), co=Block(0, [n % 3 == 0 for n in range(200)]),
                hr=Block(0, list(range(200))), ir=Block(0, list(range(1000, 1200))), zero_mode=True)
            server = ModbusSerialServer(
                ModbusServerContext(slaves={1: unit}, single=False), framer=ModbusRtuFramer,
                port=sys.argv[1], baudrate=19200, bytesize=8, parity="N", stopbits=1)
            await server.start()
            print(1, flush=True)
            await server.serve_forever()

        asyncio.run(main())
        """;

    private const string Libmodbus = """
        #include <modbus/modbus.h>
        #include <stdio.h>

        int main(int count, char **words) {
            modbus_t *ctx = modbus_new_rtu(words[1], 19200, 'E', 8, 1);
            modbus_mapping_t *map = modbus_mapping_new(200, 200, 200, 200);
            for (int n = 0; n < 200; n++) {
                map->tab_registers[n] = n;
                map->tab_input_registers[n] = n + 1000;
                map->tab_bits[n] = n % 3 == 0;
                map->tab_input_bits[n] = n % 3 == 1;
            }
            modbus_set_slave(ctx, 1);
            if (modbus_connect(ctx) != 0)
                return 1;
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

    private const string Speeds = """
        #include <asm/termbits.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <sys/ioctl.h>

        int main(int count, char **words) {
            struct termios2 line;
            int port = open(words[1], O_RDWR | O_NOCTTY | O_NONBLOCK);
            if (ioctl(port, TCGETS2, &line) != 0)
                return 1;
            printf("%u %u\n", line.c_ispeed, line.c_ospeed);
            return 0;
        }
        """;

    // Another program that locks its port, as pyserial does with exclusive=True.
    private const string Lock = """
        import fcntl, os, sys
        port = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            fcntl.flock(port, fcntl.LOCK_EX | fcntl.LOCK_NB)
            print("free")
        except BlockingIOError:
            print("locked")
        """;

    private static readonly SerialSettings Settings = new(19200, SerialParity.Even);
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Pymodbus_serial_server_answers_our_master()
    {
        var python = Peers.NeedPython("pymodbus.server", "python3-pymodbus python3-serial-asyncio");
        await using var cable = await SocatCable.Plug(Stop);
        await using var peer = PeerProcess.Start(python, "-c", Pymodbus, cable.Far);
        await peer.Port(Stop);

        await ReadsAndWrites(cable.Near);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Libmodbus_serial_server_answers_our_master()
    {
        Peers.NeedFile("/usr/include/modbus/modbus.h", "libmodbus-dev");
        using var program = await CompiledProbe.Compile(Libmodbus, Stop, "modbus");
        await using var cable = await SocatCable.Plug(Stop);
        await using var peer = PeerProcess.Start(program.Path, cable.Far);
        await peer.Port(Stop);

        await ReadsAndWrites(cable.Near);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Unplugged_cable_is_a_lost_line_and_the_next_one_works()
    {
        var cable = await SocatCable.Plug(Stop);
        using var port = SerialPort.Open(cable.Near, Settings);
        var buffer = new byte[16];
        var read = port.ReadAsync(buffer, Stop);

        await cable.DisposeAsync();

        await Should.ThrowAsync<IOException>(async () => await read);
        Should.Throw<IOException>(() => SerialPort.Open(cable.Near, Settings));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Master_says_disconnected_when_the_adapter_is_pulled()
    {
        var cable = await SocatCable.Plug(Stop);
        await using var wire = Wire(cable.Near);
        var answer = new byte[ModbusPdu.MaxLength];
        var call = wire.Exchange(1, new byte[] { 3, 0, 0, 0, 1 }, answer, Ample, Stop);

        await cable.DisposeAsync();

        (await call).Fault.ShouldBe(ModbusFault.Disconnected);
        (await wire.Exchange(1, new byte[] { 3, 0, 0, 0, 1 }, answer, Ample, Stop)).Fault.ShouldBe(ModbusFault.Disconnected);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Line_is_set_as_other_programs_see_it()
    {
        var stty = Peers.Need("stty", "coreutils");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may look at a port that is taken.");
        using var probe = await CompiledProbe.Compile(Speeds, Stop);
        using var pty = new PtyPair();
        using var port = SerialPort.Open(pty.Path, new(31250, SerialParity.Odd, SerialStopBits.Two, 7));
        await using var look = PeerProcess.Start(stty, "-F", pty.Path, "-a");
        await using var measure = PeerProcess.Start(probe.Path, pty.Path);

        var said = (await look.Output(Stop)).ReplaceLineEndings(" ");

        (await measure.Output(Stop)).ShouldBe("31250 31250\n");
        // A pseudo-terminal keeps speed, stop bits and input flags; it has no parity and no seven bits.
        foreach (var word in new[] { "cstopb", "parodd", "clocal", "cread", "-crtscts", "inpck", "istrip", "ignbrk", "-icrnl", "-ixon", "-opost", "-icanon", "-echo", "-isig", "min = 1", "time = 0" })
            said.ShouldContain(" " + word);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Lock_is_seen_by_programs_that_lock_their_ports()
    {
        var python = Peers.NeedPython("fcntl", "python3");
        using var pty = new PtyPair();
        using var port = SerialPort.Open(pty.Path, Settings);
        await using var other = PeerProcess.Start(python, "-c", Lock, pty.Path);

        // Without root the exclusive mode keeps it from opening at all.
        (await other.Output(Stop)).ShouldMatch("locked|busy");
    }

    private static ModbusRtuWire Wire(string path) =>
        new(SerialPort.Opener(path, Settings), new SerialLine(Settings.BaudRate), TimeProvider.System);

    private static async Task ReadsAndWrites(string path)
    {
        await using var wire = Wire(path);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var holding = new ModbusAddress(1, ModbusSpace.HoldingRegisters, 10);
        var registers = new ushort[125];
        var bits = new bool[100];

        for (var round = 0; round < 20; round++)
        {
            (await master.ReadRegisters(holding, registers, Ample, Stop)).ShouldBe(ModbusResult.Good);
            registers[3..].ShouldBe([.. Enumerable.Range(13, 122).Select(n => (ushort)n)]);
            (await master.ReadBits(new(1, ModbusSpace.DiscreteInputs, 0), bits, Ample, Stop)).ShouldBe(ModbusResult.Good);
            bits.ShouldBe([.. Enumerable.Range(0, 100).Select(n => n % 3 == 1)]);
            (await master.WriteRegisters(holding, new ushort[] { 7, 8, (ushort)round }, Ample, Stop)).ShouldBe(ModbusResult.Good);
            (await master.ReadRegisters(holding, registers.AsMemory(0, 3), Ample, Stop)).ShouldBe(ModbusResult.Good);
            registers[..3].ShouldBe([7, 8, (ushort)round]);
        }

        (await master.ReadRegisters(holding with { Address = 199 }, registers.AsMemory(0, 2), Ample, Stop))
            .ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));
        (await master.ReadRegisters(holding, registers, Ample, Stop)).ShouldBe(ModbusResult.Good);
    }
}
