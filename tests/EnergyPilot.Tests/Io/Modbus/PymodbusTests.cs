using System.Net;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>Against pymodbus, as server and as client, and as a serial unit behind a TCP tunnel.</summary>
public sealed class PymodbusTests
{
    private const string ServerScript = """
        import asyncio, sys
        from pymodbus.datastore import ModbusSequentialDataBlock as Block, ModbusSlaveContext, ModbusServerContext
        from pymodbus.server.async_io import ModbusTcpServer
        from pymodbus.framer.rtu_framer import ModbusRtuFramer
        from pymodbus.framer.socket_framer import ModbusSocketFramer

        async def main():
            unit = ModbusSlaveContext(
                di=Block(0, [n % 3 == 1 for n in range(200)]), co=Block(0, [n % 3 == 0 for n in range(200)]),
                hr=Block(0, list(range(200))), ir=Block(0, list(range(1000, 1200))), zero_mode=True)
            framer = ModbusRtuFramer if sys.argv[1] == "rtu" else ModbusSocketFramer
            server = ModbusTcpServer(ModbusServerContext(slaves={1: unit}, single=False), framer=framer, address=("127.0.0.1", 0))
            serving = asyncio.ensure_future(server.serve_forever())
            await server.serving
            print(server.server.sockets[0].getsockname()[1], flush=True)
            await serving

        asyncio.run(main())
        """;

    private const string ClientScript = """
        import sys
        from pymodbus.client import ModbusTcpClient
        client = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]), timeout=5)
        assert client.connect()
        print(client.read_holding_registers(10, 3, slave=1).registers)
        print(client.read_input_registers(0, 125, slave=1).registers[124])
        print(client.read_coils(0, 4, slave=1).bits[:4])
        print(client.read_discrete_inputs(0, 4, slave=1).bits[:4])
        client.write_register(20, 4711, slave=1)
        client.write_registers(21, [1, 2, 65535], slave=1)
        print(client.read_holding_registers(20, 4, slave=1).registers)
        client.write_coil(1, True, slave=1)
        client.write_coils(2, [True] * 9, slave=1)
        print(client.read_coils(0, 11, slave=1).bits[:11], flush=True)
        print(client.mask_write_register(address=30, and_mask=0xFFF0, or_mask=0x0005, unit=1).isError())
        print(client.readwrite_registers(read_address=30, read_count=2, write_address=31, write_registers=[77], unit=1).registers)
        print(client.read_holding_registers(999, 2, slave=1).exception_code)
        print(client.read_holding_registers(0, 1, slave=9).exception_code)
        client.close()
        """;

    private const string Package = "python3-pymodbus python3-serial-asyncio";
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pymodbus_server_answers_our_master()
    {
        await using var peer = PeerProcess.Start(Peers.NeedPython("pymodbus.server", Package), "-c", ServerScript, "tcp");
        await using var wire = new ModbusTcpWire("127.0.0.1", await peer.Port(Stop), TimeProvider.System);

        await ReadsAndWrites(new ModbusMaster(wire, TimeProvider.System));
    }

    [Fact]
    public async Task Pymodbus_serial_unit_answers_our_master_through_a_tunnel()
    {
        await using var peer = PeerProcess.Start(Peers.NeedPython("pymodbus.server", Package), "-c", ServerScript, "rtu");
        await using var wire = ModbusRtuWire.OverTcp("127.0.0.1", await peer.Port(Stop), new SerialLine(19200), TimeProvider.System);

        await ReadsAndWrites(new ModbusMaster(wire, TimeProvider.System));
    }

    [Fact]
    public async Task Our_server_answers_the_pymodbus_client()
    {
        var python = Peers.NeedPython("pymodbus.server", Package);
        var tables = new Tables();
        var slave = new ModbusSlave(new Dictionary<byte, IModbusUnit> { [1] = tables }, UnknownUnit.GatewayTargetFailed);
        await using var server = ModbusTcpServer.Start(slave, new(IPAddress.Loopback, 0), 4, Stop);
        await using var peer = PeerProcess.Start(python, "-c", ClientScript, $"{server.Port}");

        var said = await peer.Output(Stop);

        said.ReplaceLineEndings("\n").ShouldBe("""
            [10, 11, 12]
            1124
            [True, False, False, True]
            [False, True, False, False]
            [4711, 1, 2, 65535]
            [True, True, True, True, True, True, True, True, True, True, True]
            False
            [21, 77]
            2
            11

            """.ReplaceLineEndings("\n"));
    }

    private static async Task ReadsAndWrites(ModbusMaster master)
    {
        var holding = new ModbusAddress(1, ModbusSpace.HoldingRegisters, 10);
        var coils = new ModbusAddress(1, ModbusSpace.Coils, 0);
        var registers = new ushort[125];
        var bits = new bool[10];

        (await master.ReadRegisters(holding, registers, Ample, Stop)).ShouldBe(ModbusResult.Good);
        registers.ShouldBe([.. Enumerable.Range(10, 125).Select(n => (ushort)n)]);
        (await master.ReadRegisters(new(1, ModbusSpace.InputRegisters, 5), registers.AsMemory(0, 2), Ample, Stop)).ShouldBe(ModbusResult.Good);
        registers[..2].ShouldBe([1005, 1006]);
        (await master.ReadBits(new(1, ModbusSpace.DiscreteInputs, 0), bits, Ample, Stop)).ShouldBe(ModbusResult.Good);
        bits.ShouldBe([false, true, false, false, true, false, false, true, false, false]);

        (await master.WriteRegister(holding, 4711, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.WriteRegisters(holding with { Address = 11 }, new ushort[] { 1, 0xFFFF }, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.ReadRegisters(holding, registers.AsMemory(0, 3), Ample, Stop)).ShouldBe(ModbusResult.Good);
        registers[..3].ShouldBe([4711, 1, 0xFFFF]);
        (await master.MaskRegister(holding, new(0xFFF0, 0x0005), Ample, Stop)).ShouldBe(ModbusResult.Good);

        (await master.WriteCoil(coils, Coil.Off, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.WriteCoils(coils with { Address = 1 }, new[] { true, true, true, true, true, true, true, true, true }, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.ReadBits(coils, bits, Ample, Stop)).ShouldBe(ModbusResult.Good);
        bits.ShouldBe([false, true, true, true, true, true, true, true, true, true]);

        (await master.ReadRegisters(holding with { Address = 199 }, registers.AsMemory(0, 2), Ample, Stop))
            .ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));
    }
}
