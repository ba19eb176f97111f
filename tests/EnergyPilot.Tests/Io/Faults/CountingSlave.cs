namespace EnergyPilot.Tests.Io.Faults;

/// <summary>
/// A real slave: libmodbus in a process of its own, unit 1, over TCP or a serial port. Even registers hold a value that follows from their
/// address, odd ones the number of requests that this connection has brought: so every answer tells which question it belongs to.
/// </summary>
internal sealed class CountingSlave : IDisposable
{
    public const string Header = "/usr/include/modbus/modbus.h";
    public const byte Unit = 1;
    public const int Registers = 2000;

    private const string Source = """
        #include <arpa/inet.h>
        #include <modbus/modbus.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/prctl.h>
        #include <sys/socket.h>
        #include <unistd.h>

        static void serve(modbus_t *ctx) {
            modbus_mapping_t *map = modbus_mapping_new(0, 0, 2000, 0);
            uint16_t count = 0;
            uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
            int head = modbus_get_header_length(ctx);
            for (int n = 0; n < 2000; n += 2)
                map->tab_registers[n] = (uint16_t)(n * 40503u + 12345u);
            for (;;) {
                int length = modbus_receive(ctx, request);
                if (length < 0)
                    return;
                if (length == 0)
                    continue;
                count++;
                int from = request[head + 1] << 8 | request[head + 2], many = request[head + 3] << 8 | request[head + 4];
                for (int n = from | 1; n < from + many && n < 2000; n += 2)
                    map->tab_registers[n] = count;
                modbus_reply(ctx, request, length, map);
            }
        }

        int main(int argc, char **argv) {
            signal(SIGCHLD, SIG_IGN);
            if (strcmp(argv[1], "rtu") == 0) {
                modbus_t *line = modbus_new_rtu(argv[2], 115200, 'N', 8, 1);
                modbus_set_slave(line, 1);
                if (modbus_connect(line) != 0)
                    return 1;
                printf("0\n");
                fflush(stdout);
                serve(line);
                return 0;
            }
            modbus_t *ctx = modbus_new_tcp("127.0.0.1", 0);
            int listening = modbus_tcp_listen(ctx, 64);
            struct sockaddr_in bound;
            socklen_t size = sizeof bound;
            getsockname(listening, (struct sockaddr *)&bound, &size);
            printf("%d\n", ntohs(bound.sin_port));
            fflush(stdout);
            for (;;) {
                if (modbus_tcp_accept(ctx, &listening) < 0)
                    continue;
                if (fork() == 0) {
                    prctl(PR_SET_PDEATHSIG, SIGKILL);
                    serve(ctx);
                    exit(0);
                }
                close(modbus_get_socket(ctx));
            }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("energypilot-slave").FullName;

    private string Program => Path.Combine(folder, "slave");

    /// <summary>Compiles the slave; it goes with this object.</summary>
    public static async Task<CountingSlave> Compile(string compiler, CancellationToken stop)
    {
        var slave = new CountingSlave();
        var file = slave.Program + ".c";
        await File.WriteAllTextAsync(file, Source, stop);
        await using var process = PeerProcess.Start(compiler, "-O2", "-o", slave.Program, file, "-lmodbus");
        var said = await process.Output(stop);
        return File.Exists(slave.Program) ? slave : throw new InvalidOperationException($"The slave does not compile: {said}");
    }

    /// <summary>What register <paramref name="address"/> holds in the answer to the connection's request number <paramref name="request"/>.</summary>
    public static ushort Value(int address, int request) => (ushort)(address % 2 == 0 ? (address * 40503) + 12345 : request);

    public PeerProcess ServeTcp() => PeerProcess.Start(Program, "tcp");

    public PeerProcess ServeRtu(string port) => PeerProcess.Start(Program, "rtu", port);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
