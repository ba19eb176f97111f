using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>
/// A TCP device that does with each request what the test planned, byte by byte; without a plan it answers rightly.
/// Holding register n is n, so an answer to another question shows.
/// </summary>
internal sealed class FakeDevice : IAsyncDisposable
{
    private static readonly ModbusSlave Honest = new(new Dictionary<byte, IModbusUnit> { [1] = new Tables() }, UnknownUnit.Silence);

    private readonly TcpListener listener;
    private readonly Framing framing;
    private readonly Queue<Func<Asked, Task>> plans = new();
    private readonly Channel<Asked> asked = Channel.CreateUnbounded<Asked>();
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;

    public FakeDevice(Framing framing, int port = 0)
    {
        this.framing = framing;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = Serve();
    }

    public int Port { get; }

    public int Connections { get; private set; }

    /// <summary>What to do with the next unplanned request.</summary>
    public FakeDevice Then(Func<Asked, Task> plan)
    {
        plans.Enqueue(plan);
        return this;
    }

    public FakeDevice ThenSays(Func<Asked, byte[]> bytes) => Then(request => request.Say(bytes(request)));

    public FakeDevice ThenIsSilent() => Then(_ => Task.CompletedTask);

    /// <summary>The next request that arrived.</summary>
    public ValueTask<Asked> NextAsked() => asked.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (serving.IsCompleted)
            return;
        await ending.CancelAsync();
        listener.Stop();
        await serving;
        ending.Dispose();
    }

    private async Task Serve()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                var peer = await listener.AcceptSocketAsync(ending.Token);
                Connections++;
                peer.NoDelay = true;
                conversations.Add(Converse(peer));
            }
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end may come between two connections: the listener is then no longer one.
            await Task.WhenAll(conversations);
        }
    }

    private async Task Converse(Socket peer)
    {
        using var closing = peer;
        var received = new byte[1024];
        var filled = 0;
        try
        {
            while (await peer.ReceiveAsync(received.AsMemory(filled), ending.Token) is > 0 and var read)
            {
                filled += read;
                var length = framing == Framing.Tcp ? 6 + received[5] : ModbusRtuFrame.RequestLength(received.AsSpan(0, filled));
                if (length <= 0 || filled < length)
                    continue;
                var request = new Asked(received[..length], peer, framing);
                filled = 0;
                var plan = plans.Count > 0 ? plans.Dequeue() : Honestly;
                asked.Writer.TryWrite(request);
                await plan(request);
            }
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test's master closes connections on purpose.
        }
    }

    private static Task Honestly(Asked request) => request.Say(request.RightAnswer());

    internal enum Framing
    {
        Tcp,
        Rtu,
    }

    /// <summary>A request, and the line to answer on.</summary>
    internal sealed record Asked(byte[] Frame, Socket Line, Framing Framing)
    {
        public byte[] RightAnswer()
        {
            var answer = new byte[ModbusPdu.MaxLength];
            var request = Framing == Framing.Tcp ? Frame.AsSpan(6) : Frame.AsSpan()[..^2];
            var length = Honest.Answer(request[0], request[1..], answer);
            return Framed(answer[..length]);
        }

        public byte[] Framed(params byte[] pdu)
        {
            var frame = new byte[ModbusTcpFrame.MaxLength];
            var length = Framing == Framing.Tcp
                ? ModbusTcpFrame.Encode((ushort)(Frame[0] << 8 | Frame[1]), Frame[6], pdu, frame)
                : ModbusRtuFrame.Encode(Frame[0], pdu, frame);
            return frame[..length];
        }

        public async Task Say(params byte[] bytes) => await Line.SendAsync(bytes);

        /// <summary>Says it on a connection that the master may have closed: that is then the point.</summary>
        public async Task SayToWhomeverListens(params byte[] bytes)
        {
            try
            {
                await Say(bytes);
            }
            catch (Exception trouble) when (trouble is SocketException or ObjectDisposedException)
            {
                Line.Dispose();
            }
        }

        public static byte[] Changed(byte[] frame, int at, byte to)
        {
            frame[at] = to;
            return frame;
        }

        public async Task SayOneByOne(byte[] bytes)
        {
            foreach (var one in bytes)
                await Say(one);
        }
    }
}
