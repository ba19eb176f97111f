using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Modbus;

/// <summary>Opens TCP connections fit for small requests on networks that lose cables.</summary>
internal static class TcpConnection
{
    private const int IpProtocolTcp = 6;
    private const int TcpUserTimeout = 18;

    // Unacknowledged data kills the connection after this long; without it a half-open one lives for about 15 minutes.
    private const int UserTimeoutMilliseconds = 5_000;

    /// <summary>Connects without Nagle's delay and with TCP_USER_TIMEOUT (Linux); throws <see cref="SocketException"/>.</summary>
    public static async ValueTask<Socket> Open(string host, int port, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Prepare(socket);
            await socket.ConnectAsync(host, port, stop).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sets what a connection needs before it is made.</summary>
    public static Socket Prepare(Socket socket)
    {
        socket.NoDelay = true;
        if (!OperatingSystem.IsLinux())
            return socket;
        var timeout = UserTimeoutMilliseconds;
        socket.SetRawSocketOption(IpProtocolTcp, TcpUserTimeout, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref timeout)));
        return socket;
    }
}
