using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using EnergyPilot.Io.Waiting;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// A TCP connection for short questions and answers. Devices nearby answer within a fraction of a millisecond: for those the asking
/// thread itself waits, which saves two changes of thread. For slower ones, or while others wait too, the <see cref="FilePoller"/> waits.
/// On Linux the socket never sees an asynchronous operation of .NET, whose own poller would from then on wake up for every packet.
/// One caller at a time; nothing is allocated per call. Trouble is a <see cref="SocketException"/>.
/// </summary>
internal sealed class TcpDialogue : IDisposable
{
    // A peer that was so quick last time is waited for in place this time.
    private static readonly TimeSpan Swift = TimeSpan.FromMilliseconds(2);

    // Longer than the kernel's tick: a shorter timeout is the next of all timers, and setting the clock to it and back costs 10 % of a request.
    private static readonly TimeSpan LongestInPlace = TimeSpan.FromMilliseconds(10);

    // The others belong to the rest of the program; with many waiting at once a poller serves them better than threads do.
    private static readonly int MostInPlace = Math.Max(Environment.ProcessorCount - 1, 1);

    private static int waiting;

    private readonly Socket socket;
    private readonly FileReadiness? readiness;
    private bool isSwift = true;

    private TcpDialogue(Socket socket, FileReadiness? readiness)
    {
        (this.socket, this.readiness) = (socket, readiness);
        socket.Blocking = false;
    }

    /// <summary>Whether the peer has closed the connection and said nothing since.</summary>
    public bool IsClosedByPeer => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    /// <summary>Connects to the first address of the host that accepts.</summary>
    public static async ValueTask<TcpDialogue> Open(string host, int port, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            return new TcpDialogue(await TcpConnection.Open(host, port, stop).ConfigureAwait(false), null);

        var refused = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false))
        {
            try
            {
                return await Open(new IPEndPoint(address, port), stop).ConfigureAwait(false);
            }
            catch (SocketException trouble)
            {
                refused = trouble;
            }
        }

        throw refused;
    }

    /// <summary>Sends everything.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask Send(ReadOnlyMemory<byte> data, WireTurn turn)
    {
        while (data.Length > 0)
        {
            data = data[socket.Send(data.Span, SocketFlags.None, out var error)..];
            if (MustWait(error))
                await Until(FilePoller.CanWrite, turn.End).ConfigureAwait(false);
        }
    }

    /// <summary>Takes what is there, at least one byte; 0 when the peer has closed the connection.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> Receive(Memory<byte> buffer, WireTurn turn)
    {
        var asked = Stopwatch.GetTimestamp();
        var others = Interlocked.Increment(ref waiting) - 1;
        try
        {
            if (others >= MostInPlace || !CameInPlace(turn))
                await Until(FilePoller.CanRead, turn.End).ConfigureAwait(false);
            while (true)
            {
                var read = socket.Receive(buffer.Span, SocketFlags.None, out var error);
                if (!MustWait(error))
                    return read;
                await Until(FilePoller.CanRead, turn.End).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            isSwift = Stopwatch.GetElapsedTime(asked) < Swift;
        }
    }

    /// <summary>Closes the connection; a call under way ends with <see cref="ObjectDisposedException"/> or <see cref="SocketException"/>.</summary>
    public void Dispose()
    {
        readiness?.Dispose();
        socket.Dispose();
    }

    private static async ValueTask<TcpDialogue> Open(IPEndPoint peer, CancellationToken stop)
    {
        var socket = TcpConnection.Prepare(new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        FileReadiness? readiness = null;
        try
        {
            Begin(socket, peer);
            readiness = new FileReadiness((int)socket.SafeHandle.DangerousGetHandle());
            await readiness.Until(FilePoller.CanWrite, stop).ConfigureAwait(false);
            if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int and not 0 and var trouble)
                throw new SocketException(trouble);
            return new TcpDialogue(socket, readiness);
        }
        catch
        {
            readiness?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private static void Begin(Socket socket, IPEndPoint peer)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(peer);
        }
        catch (SocketException trouble) when (trouble.SocketErrorCode == SocketError.WouldBlock)
        {
            // Under way.
        }
    }

    private bool CameInPlace(WireTurn turn) => isSwift && turn.Left > LongestInPlace && socket.Poll(LongestInPlace, SelectMode.SelectRead);

    private ValueTask Until(uint events, CancellationToken stop) =>
        readiness?.Until(events, stop) ?? UntilReadable(socket, stop);

    // Elsewhere than on Linux; a send buffer that is full ends a connection of small requests there.
    private static async ValueTask UntilReadable(Socket socket, CancellationToken stop) =>
        await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, stop).ConfigureAwait(false);

    private static bool MustWait(SocketError error) => error switch
    {
        SocketError.Success => false,
        SocketError.WouldBlock => true,
        _ => throw new SocketException((int)error),
    };
}
