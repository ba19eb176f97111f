using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>
/// Stands between a master and a real slave. Each request goes to the slave, whole; what becomes of the slave's answer is planned.
/// Without a plan it goes through as it came.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim slaveGate = new(1, 1);
    private readonly CancellationTokenSource ending = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly LineKind kind;
    private readonly Socket slave;
    private readonly Task accepting;
    private Queue<Behaviour> plan = new();
    private byte[] last = [];
    private int forwarded;

    /// <param name="kind">How requests and answers are framed.</param>
    /// <param name="slave">Connected to the slave, in the same frames.</param>
    public FaultProxy(LineKind kind, Socket slave)
    {
        (this.kind, this.slave) = (kind, slave);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    /// <summary>Requests that have reached the slave.</summary>
    public int Forwarded => Volatile.Read(ref forwarded);

    /// <summary>Connections that masters have made.</summary>
    public int Connections { get; private set; }

    /// <summary>What becomes of the next answers. The last behaviour stays until the next plan.</summary>
    public void Do(params Behaviour[] next)
    {
        lock (gate)
            plan = new Queue<Behaviour>(next);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        slave.Dispose();
    }

    private async Task Accept()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                var master = await listener.AcceptSocketAsync(ending.Token);
                Connections++;
                master.NoDelay = true;
                conversations.Add(Converse(master));
            }
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped while waiting, or between two masters: a listener that no longer listens says so as an invalid operation.
            await Task.WhenAll(conversations);
        }
    }

    private async Task Converse(Socket master)
    {
        using var closing = master;
        var received = new byte[2048];
        var filled = 0;
        try
        {
            while (await master.ReceiveAsync(received.AsMemory(filled), SocketFlags.None, ending.Token) is > 0 and var read)
            {
                filled += read;
                for (int length; (length = Length(received.AsSpan(0, filled), ModbusRtuFrame.RequestLength)) > 0 && length <= filled; filled -= length)
                {
                    var request = received[..length];
                    received.AsSpan(length, filled - length).CopyTo(received);
                    var (answer, before) = await Ask(request);
                    await Next()(new Answering(kind, answer, before, master, ending.Token));
                }
            }
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Connections are broken here on purpose, by either side.
        }
    }

    private async Task<(byte[] Answer, byte[] Before)> Ask(byte[] request)
    {
        await slaveGate.WaitAsync(ending.Token);
        try
        {
            Interlocked.Increment(ref forwarded);
            await slave.SendAsync(request, SocketFlags.None, ending.Token);
            var answer = new byte[512];
            var filled = 0;
            int length;
            while ((length = Length(answer.AsSpan(0, filled), ModbusRtuFrame.AnswerLength)) <= 0 || filled < length)
            {
                var read = await slave.ReceiveAsync(answer.AsMemory(filled), SocketFlags.None, ending.Token);
                if (read == 0)
                    throw new InvalidOperationException("The slave has gone.");
                filled += read;
            }

            var before = last;
            last = answer[..length];
            return (last, before);
        }
        finally
        {
            slaveGate.Release();
        }
    }

    private Behaviour Next()
    {
        lock (gate)
            return plan.Count switch { 0 => static to => to.Say(to.Frame), 1 => plan.Peek(), _ => plan.Dequeue() };
    }

    private int Length(ReadOnlySpan<byte> frame, Func<ReadOnlySpan<byte>, int> rtu)
    {
        if (kind != LineKind.Tcp)
            return rtu(frame);
        return ModbusTcpFrame.TryReadHeader(frame, out var header) ? header.FrameLength : 0;
    }
}
