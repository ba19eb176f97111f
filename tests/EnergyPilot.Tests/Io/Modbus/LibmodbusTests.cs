using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>Against a server on libmodbus, the library in most C devices.</summary>
public sealed class LibmodbusTests
{
    private const string Server = """
        #include <arpa/inet.h>
        #include <modbus/modbus.h>
        #include <stdio.h>
        #include <sys/socket.h>

        int main(void) {
            modbus_t *ctx = modbus_new_tcp("127.0.0.1", 0);
            modbus_mapping_t *map = modbus_mapping_new(200, 200, 200, 200);
            for (int n = 0; n < 200; n++) {
                map->tab_registers[n] = n;
                map->tab_input_registers[n] = n + 1000;
                map->tab_bits[n] = n % 3 == 0;
                map->tab_input_bits[n] = n % 3 == 1;
            }
            int listening = modbus_tcp_listen(ctx, 1);
            struct sockaddr_in bound;
            socklen_t size = sizeof bound;
            getsockname(listening, (struct sockaddr *)&bound, &size);
            printf("%d\n", ntohs(bound.sin_port));
            fflush(stdout);
            for (;;) {
                modbus_tcp_accept(ctx, &listening);
                uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
                int length;
                while ((length = modbus_receive(ctx, request)) >= 0)
                    if (length > 0)
                        modbus_reply(ctx, request, length, map);
                modbus_close(ctx);
            }
        }
        """;

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Libmodbus_server_answers_our_master()
    {
        Peers.NeedFile("/usr/include/modbus/modbus.h", "libmodbus-dev");
        using var program = await CompiledProbe.Compile(Server, Stop, "modbus");
        await using var peer = PeerProcess.Start(program.Path);
        await using var wire = new ModbusTcpWire("127.0.0.1", await peer.Port(Stop), TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var holding = new ModbusAddress(1, ModbusSpace.HoldingRegisters, 10);
        var registers = new ushort[125];
        var bits = new bool[100];

        (await master.ReadRegisters(holding, registers, Ample, Stop)).ShouldBe(ModbusResult.Good);
        registers.ShouldBe([.. Enumerable.Range(10, 125).Select(n => (ushort)n)]);
        (await master.ReadBits(new(1, ModbusSpace.DiscreteInputs, 0), bits, Ample, Stop)).ShouldBe(ModbusResult.Good);
        bits.ShouldBe([.. Enumerable.Range(0, 100).Select(n => n % 3 == 1)]);
        (await master.WriteRegisters(holding, new ushort[] { 7, 8, 9 }, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.WriteCoils(new(1, ModbusSpace.Coils, 0), new bool[100], Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.WriteRegister(holding, 6, Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.MaskRegister(holding, new(0xFFF0, 0x0005), Ample, Stop)).ShouldBe(ModbusResult.Good);
        (await master.ReadRegisters(holding, registers.AsMemory(0, 3), Ample, Stop)).ShouldBe(ModbusResult.Good);
        registers[..3].ShouldBe([5, 8, 9]);
        (await master.ReadRegisters(holding with { Address = 199 }, registers.AsMemory(0, 2), Ample, Stop))
            .ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));
        (await master.ReadRegisters(holding, registers, Ample, Stop)).ShouldBe(ModbusResult.Good);
    }
}
