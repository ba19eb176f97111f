using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class TcpServerTests
{
    // A test that would wait for ever fails instead.

    private static readonly byte[] Request = [0, 1, 0, 0, 0, 6, 1, 3, 0, 10, 0, 2];
    private static readonly byte[] Answer = [0, 1, 0, 0, 0, 7, 1, 3, 4, 0, 10, 0, 11];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Request_is_answered_on_the_chosen_port()
    {
        await using var server = Start(UnknownUnit.Silence);
        using var client = await Connect(server);

        await client.SendAsync(Request);

        (await Receive(client, Answer.Length)).ShouldBe(Answer);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Request_that_comes_byte_by_byte_is_answered()
    {
        await using var server = Start(UnknownUnit.Silence);
        using var client = await Connect(server);

        foreach (var one in Request)
            await client.SendAsync(new[] { one });

        (await Receive(client, Answer.Length)).ShouldBe(Answer);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Merged_requests_are_answered_in_order()
    {
        await using var server = Start(UnknownUnit.Silence);
        using var client = await Connect(server);
        var many = Enumerable.Range(0, 100).SelectMany(_ => Request).ToArray();

        await client.SendAsync(many);

        (await Receive(client, 100 * Answer.Length)).ShouldBe([.. Enumerable.Range(0, 100).SelectMany(_ => Answer)]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Silence_for_one_unit_does_not_end_the_conversation()
    {
        await using var server = Start(UnknownUnit.Silence);
        using var client = await Connect(server);

        await client.SendAsync((byte[])[0, 9, 0, 0, 0, 6, 99, 3, 0, 10, 0, 2, .. Request]);

        (await Receive(client, Answer.Length)).ShouldBe(Answer);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Unknown_unit_is_said_to_be_unreachable_where_that_is_wanted()
    {
        await using var server = Start(UnknownUnit.GatewayTargetFailed);
        using var client = await Connect(server);

        await client.SendAsync((byte[])[0, 9, 0, 0, 0, 6, 99, 3, 0, 10, 0, 2]);

        (await Receive(client, 9)).ShouldBe([0, 9, 0, 0, 0, 3, 99, 0x83, 11]);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 0, 1, 3, 0, 10, 0, 2 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 0xFF, 0xFF, 1, 3, 0, 10, 0, 2 })]
    [InlineData(new byte[] { 0x47, 0x45, 0x54, 0x20, 0x2F, 0x20, 0x48, 0x54 })]
    public async Task What_is_not_Modbus_ends_its_own_connection_only(byte[] garbage)
    {
        await using var server = Start(UnknownUnit.Silence);
        using var bad = await Connect(server);
        using var good = await Connect(server);

        await bad.SendAsync(garbage);
        await Ended(bad);

        await good.SendAsync(Request);
        (await Receive(good, Answer.Length)).ShouldBe(Answer);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Connections_are_bounded()
    {
        await using var server = Start(UnknownUnit.Silence);
        List<Socket> clients = [];
        for (var i = 0; i < server.MaxConnections; i++)
        {
            clients.Add(await Connect(server));
            await clients[i].SendAsync(Request);
            await Receive(clients[i], Answer.Length);
        }

        using var tooMany = await Connect(server);
        await Ended(tooMany);

        foreach (var client in clients)
        {
            await client.SendAsync(Request);
            (await Receive(client, Answer.Length)).ShouldBe(Answer);
            client.Dispose();
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Stopped_server_ends_connections_and_frees_its_port()
    {
        using var stop = new CancellationTokenSource();
        var slave = new ModbusSlave(new Dictionary<byte, IModbusUnit> { [1] = new Tables() }, UnknownUnit.Silence);
        var server = ModbusTcpServer.Start(slave, new(IPAddress.Loopback, 0), 4, stop.Token);
        using var client = await Connect(server);
        await client.SendAsync(Request);
        await Receive(client, Answer.Length);

        await stop.CancelAsync();
        await Ended(client);
        await server.DisposeAsync();

        await Should.ThrowAsync<SocketException>(() => Connect(server));
    }

    private static ModbusTcpServer Start(UnknownUnit unknown)
    {
        var slave = new ModbusSlave(new Dictionary<byte, IModbusUnit> { [1] = new Tables() }, unknown);
        return ModbusTcpServer.Start(slave, new(IPAddress.Loopback, 0), 4, Stop);
    }

    private static async Task<Socket> Connect(ModbusTcpServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, Stop);
        return socket;
    }

    private static async Task<byte[]> Receive(Socket from, int length)
    {
        var received = new byte[length];
        await using var stream = new NetworkStream(from, ownsSocket: false);
        await stream.ReadExactlyAsync(received, Stop);
        return received;
    }

    private static async Task Ended(Socket peer)
    {
        try
        {
            (await peer.ReceiveAsync(new byte[1], Stop)).ShouldBe(0);
        }
        catch (SocketException reset)
        {
            reset.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }
    }
}
