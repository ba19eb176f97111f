using System.Globalization;
using System.Net;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>Against mbpoll, the tool that an installer has on the laptop.</summary>
public sealed class MbpollTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("4", new[] { 13, 14, 15 })]
    [InlineData("3", new[] { 1013, 1014, 1015 })]
    [InlineData("1", new[] { 1, 0, 0 })]
    [InlineData("0", new[] { 0, 0, 1 })]
    public async Task Mbpoll_reads_our_tables(string table, int[] values)
    {
        var said = await Poll(new Tables(), ["-t", table, "-r", "13", "-c", "3", "-1", "127.0.0.1"]);

        Values(said).ShouldBe(values, said);
    }

    [Fact]
    public async Task Mbpoll_writes_our_registers()
    {
        var tables = new Tables();

        await Poll(tables, ["-t", "4", "-r", "20", "127.0.0.1", "4711", "1", "65535"]);

        tables.Holding[20..23].ShouldBe([4711, 1, 65535]);
    }

    // A line of its output: "[13]: <tab>1013".
    private static int[] Values(string said) =>
        [.. said.Split('\n').Where(line => line.StartsWith('[')).Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))];

    private static async Task<string> Poll(Tables tables, string[] arguments)
    {
        var mbpoll = Peers.Need("mbpoll", "mbpoll");
        var slave = new ModbusSlave(new Dictionary<byte, IModbusUnit> { [1] = tables }, UnknownUnit.Silence);
        await using var server = ModbusTcpServer.Start(slave, new(IPAddress.Loopback, 0), 4, Stop);
        await using var peer = PeerProcess.Start(mbpoll, ["-m", "tcp", "-p", $"{server.Port}", "-a", "1", "-0", .. arguments]);
        return await peer.Output(Stop);
    }
}
