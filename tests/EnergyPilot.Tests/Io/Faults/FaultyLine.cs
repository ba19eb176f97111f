using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>Our master, the fault proxy and a slave of libmodbus in its own process; between them TCP, or socat's serial ports.</summary>
internal sealed class FaultyLine : IAsyncDisposable
{
    public const int Count = 20;

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(3);
    private static readonly SerialLine Speed = new(115_200);

    private static readonly TimeSpan PauseWhenDisconnected = TimeSpan.FromMilliseconds(100);

    private readonly LineKind kind;
    private readonly Stack<IAsyncDisposable> parts;
    private readonly ModbusMaster master;
    private readonly Random random;
    private readonly ushort[] values = new ushort[Count];

    private FaultyLine(LineKind kind, FaultProxy proxy, ModbusMaster master, Random random, Stack<IAsyncDisposable> parts) =>
        (this.kind, Proxy, this.master, this.random, this.parts) = (kind, proxy, master, random, parts);

    public FaultProxy Proxy { get; }

    /// <summary>Builds the line and sees a good poll through it.</summary>
    public static async Task<FaultyLine> Open(LineKind kind, CountingSlave slave, string socat, Random random, CancellationToken stop)
    {
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            var toSlave = kind == LineKind.Tcp ? await TcpTo(slave, parts, stop) : await SerialTo(slave, socat, parts, stop);
            var proxy = Part(parts, new FaultProxy(kind, toSlave));
            var wire = Part<IModbusWire>(parts, kind switch
            {
                LineKind.Tcp => new ModbusTcpWire("127.0.0.1", proxy.Port, TimeProvider.System),
                LineKind.RtuOverTcp => ModbusRtuWire.OverTcp("127.0.0.1", proxy.Port, Speed, TimeProvider.System),
                _ => new ModbusRtuWire(SerialPort.Opener(Part(parts, await SocatPort.To(socat, proxy.Port, stop)).Path, new(Speed.BaudRate)), Speed, TimeProvider.System),
            });
            var line = new FaultyLine(kind, proxy, new ModbusMaster(wire, TimeProvider.System), random, parts);
            var first = await line.Poll(Ample, stop);
            return first.Result.IsGood && !first.Wrong ? line : throw new InvalidOperationException($"The line does not work without faults: {first}.");
        }
        catch
        {
            await Close(parts);
            throw;
        }
    }

    /// <summary>Lets a fault happen, then polls until a good answer, at most five times.</summary>
    public async Task<FaultOutcome> Suffer(LineFault fault, TimeSpan deadline, CancellationToken stop)
    {
        List<PollOutcome> polls = [];
        var connections = Proxy.Connections;
        Proxy.Do(fault.Plan);
        for (var i = 0; i < fault.Polls; i++)
            polls.Add(await Poll(fault.Ends == Ending.Good || (i > 0 && fault.Plan.Length > 1) ? Ample : deadline, stop));
        Proxy.Do();
        var recovered = 0;
        for (var i = 1; i <= 5 && recovered == 0; i++)
        {
            polls.Add(await Poll(Ample, stop));
            recovered = polls[^1].Result.IsGood ? i : 0;
        }

        // A second good one: nothing that was left over may pass for it.
        polls.Add(await Poll(Ample, stop));
        return new FaultOutcome(
            polls[0], polls.Count(p => p.Wrong), polls.Count(p => p.Hung), recovered, polls.Max(p => p.Over), Proxy.Connections > connections);
    }

    /// <summary>One poll while a fault drawn at random happens, or none.</summary>
    public async Task<PollOutcome> SufferAtRandom(TimeSpan deadline, CancellationToken stop)
    {
        Proxy.Do(RandomFaults.Draw(random, kind, deadline));
        var poll = await Poll(deadline, stop);
        // Until the connection may be tried again every call ends at once: a poller that only asked faster would count nothing but these.
        if (poll.Result.Fault == ModbusFault.Disconnected)
            await Task.Delay(PauseWhenDisconnected, stop);
        return poll;
    }

    /// <summary>Reads at a random place; the answer must carry the values of that place, and be of this very question.</summary>
    public async Task<PollOutcome> Poll(TimeSpan deadline, CancellationToken stop)
    {
        var from = random.Next(CountingSlave.Registers - Count);
        var before = Proxy.Forwarded;
        var asked = TimeProvider.System.GetTimestamp();
        var result = await master.ReadRegisters(new(CountingSlave.Unit, ModbusSpace.HoldingRegisters, (ushort)from), values, deadline, stop);
        return new PollOutcome(result, result.IsGood && !IsAnswer(from, before), TimeProvider.System.GetElapsedTime(asked) - deadline);
    }

    public async ValueTask DisposeAsync() => await Close(parts);

    // Which of the questions since the poll began: the master may have asked again, for a unit that said it was busy.
    private bool IsAnswer(int from, int before)
    {
        var counted = values[from % 2 == 0 ? 1 : 0];
        var since = (ushort)(counted - before);
        if (since == 0 || since > Proxy.Forwarded - before)
            return false;
        for (var i = 0; i < Count; i++)
            if (values[i] != CountingSlave.Value(from + i, counted))
                return false;
        return true;
    }

    private static async Task<Socket> TcpTo(CountingSlave slave, Stack<IAsyncDisposable> parts, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, await Part(parts, slave.ServeTcp()).Port(stop), stop);
        return socket;
    }

    private static async Task<Socket> SerialTo(CountingSlave slave, string socat, Stack<IAsyncDisposable> parts, CancellationToken stop)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = Part(parts, await SocatPort.To(socat, ((IPEndPoint)listener.LocalEndpoint).Port, stop));
        var accepted = await listener.AcceptSocketAsync(stop);
        accepted.NoDelay = true;
        await Part(parts, slave.ServeRtu(port.Path)).Port(stop);
        return accepted;
    }

    private static T Part<T>(Stack<IAsyncDisposable> parts, T part)
        where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }

    private static async Task Close(Stack<IAsyncDisposable> parts)
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
    }
}
