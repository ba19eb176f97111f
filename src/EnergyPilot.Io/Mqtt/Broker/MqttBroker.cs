using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// A small MQTT server, 3.1.1 and 5.0, for a desk, tests and a small city: retained messages, wills, wildcards, shared
/// subscriptions, sessions, TLS, passwords, and limits on everything (<see cref="MqttBrokerLimits"/>).
/// QoS 2 is taken exactly once and passed on with QoS 1: subscribers are granted 1 at most, so that no state of two sides
/// must be kept for them. Everything is in memory: a restart forgets sessions and retained messages.
/// There are no access rules by topic: who is let in may read and write everything. A serious site runs mosquitto or a cluster.
/// Full queues drop what comes (<see cref="MqttBrokerFigures.Dropped"/>, <see cref="Noted"/>), so a slow reader delays nobody.
/// </summary>
public sealed class MqttBroker : IDisposable
{
    private const int Backlog = 128;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly BrokerParts parts;
    private readonly List<(Socket Socket, SslServerAuthenticationOptions? Tls)> listeners = [];
    private readonly Lock gate = new();
    private readonly Dictionary<BrokerConnection, Task> connections = [];
    private long refused;

    private MqttBroker(MqttBrokerOptions options, TimeProvider time)
    {
        var exchange = new BrokerExchange(options.Limits, time, Note);
        parts = new BrokerParts(options.Limits, time, exchange, new BrokerDoor(options.Limits) { Passwords = options.Passwords }, Note);
    }

    /// <summary>Raised for its log, now and then while others wait: a handler must return soon, not throw and not call the broker.</summary>
    public event Action<MqttBrokerNote>? Noted;

    /// <summary>Where it listens, in the order of the options, with the ports that were found.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. listeners.Select(listener => listener.Socket.LocalEndPoint).OfType<IPEndPoint>()];

    /// <summary>How it stands.</summary>
    public MqttBrokerFigures Figures
    {
        get
        {
            lock (gate)
                return parts.Exchange.Figures with { Connections = connections.Count, Refused = Interlocked.Read(ref refused) };
        }
    }

    /// <summary>Makes a broker that listens already; wrong options, wrong certificates and taken addresses throw.</summary>
    public static MqttBroker Open(MqttBrokerOptions options, TimeProvider time)
    {
        options.Limits.Check();
        var broker = new MqttBroker(options, time);
        try
        {
            foreach (var (at, tls) in options.Listeners)
                broker.Listen(at, tls?.Authentication());
            return broker;
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Lets other users in from now on; who is connected stays.</summary>
    public void Admit(MqttPasswords? passwords) => parts.Door.Passwords = passwords;

    /// <summary>Serves clients until <paramref name="stop"/>, then tells them and returns; no wills are published then. Runs once.</summary>
    public async Task Run(CancellationToken stop)
    {
        await Task.WhenAll(listeners.Select(listener => Accept(listener.Socket, listener.Tls, stop)).Append(Watch(stop))).ConfigureAwait(false);
        await Task.WhenAll(Connections().Select(connection => connection.Serving)).ConfigureAwait(false);
    }

    /// <summary>Frees its ports, after <see cref="Run"/> has returned.</summary>
    public void Dispose()
    {
        foreach (var (socket, _) in listeners)
            socket.Dispose();
        parts.Door.Dispose();
    }

    private void Listen(IPEndPoint at, SslServerAuthenticationOptions? tls)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listeners.Add((socket, tls));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(at);
        socket.Listen(Backlog);
    }

    private async Task Accept(Socket listener, SslServerAuthenticationOptions? tls, CancellationToken stop)
    {
        using var pause = new PeriodicTimer(Tick, parts.Time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop).ConfigureAwait(false);
                if (!TryServe(socket, tls, stop))
                {
                    socket.Dispose();
                    Note(new MqttBrokerNote(MqttBrokerEvent.Refused, "", MqttReason.ServerBusy, $"There are {parts.Limits.Connections} connections already."));
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failed) when (failed.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                Note(new MqttBrokerNote(MqttBrokerEvent.Refused, "", MqttReason.ServerUnavailable, $"A connection could not be accepted: {failed.Message}"));
                await pause.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // A peer that is gone again.
            }
        }
    }

    private bool TryServe(Socket socket, SslServerAuthenticationOptions? tls, CancellationToken stop)
    {
        lock (gate)
        {
            if (connections.Count >= parts.Limits.Connections)
                return false;
            var connection = new BrokerConnection(parts);
            connections[connection] = Task.Run(() => Serve(connection, socket, tls, stop), CancellationToken.None);
            return true;
        }
    }

    private async Task Serve(BrokerConnection connection, Socket socket, SslServerAuthenticationOptions? tls, CancellationToken stop)
    {
        try
        {
            await connection.Serve(socket, tls, stop).ConfigureAwait(false);
        }
        catch (Exception surprise)
        {
            // A mistake of ours: it must be seen, and must not cost the other clients their broker.
            Note(new MqttBrokerNote(MqttBrokerEvent.Failed, "", MqttReason.ImplementationSpecific, surprise.ToString()));
        }
        finally
        {
            socket.Dispose();
            connection.Dispose();
            lock (gate)
                connections.Remove(connection);
        }
    }

    private async Task Watch(CancellationToken stop)
    {
        using var clock = new PeriodicTimer(Tick, parts.Time);
        try
        {
            while (await clock.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                foreach (var (connection, _) in Connections())
                    connection.Check();
                parts.Exchange.Sweep();
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private List<(BrokerConnection Connection, Task Serving)> Connections()
    {
        lock (gate)
            return [.. connections.Select(entry => (entry.Key, entry.Value))];
    }

    private void Note(MqttBrokerNote note)
    {
        if (note.Event == MqttBrokerEvent.Refused)
            Interlocked.Increment(ref refused);
        Noted?.Invoke(note);
    }
}
