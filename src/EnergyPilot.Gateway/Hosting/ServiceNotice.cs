using System.Net.Sockets;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Tells systemd how the service does, by the protocol of sd_notify(3): a datagram to the socket that it names. Where nobody has named one, nobody is told.
/// The watchdog is fed by cycles of the control and by nothing else, so that a program that only looks alive is started anew.
/// </summary>
internal sealed class ServiceNotice : IDisposable
{
    private readonly Socket? socket;

    /// <param name="address">A path, or a name in the abstract space with an @ before it; empty for nobody.</param>
    public ServiceNotice(string address)
    {
        if (address.Length < 2 || address[0] is not ('/' or '@')) return;
        var opened = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            opened.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));
            socket = opened;
        }
        catch (SocketException)
        {
            opened.Dispose();
        }
    }

    public static ServiceNotice FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET") ?? "");

    /// <summary>The page answers and the control begins.</summary>
    public void Ready() => Say("READY=1"u8);

    /// <summary>A cycle has succeeded.</summary>
    public void Alive() => Say("WATCHDOG=1"u8);

    /// <summary>It ends, in order.</summary>
    public void Stopping() => Say("STOPPING=1"u8);

    public void Dispose() => socket?.Dispose();

    // A supervisor that does not listen is no reason to stop heating.
    private void Say(ReadOnlySpan<byte> state)
    {
        try
        {
            socket?.Send(state);
        }
        catch (SocketException)
        {
            // The next one may arrive.
        }
    }
}
