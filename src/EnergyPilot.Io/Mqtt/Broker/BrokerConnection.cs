using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>What all connections of a broker have in common.</summary>
internal sealed record BrokerParts(MqttBrokerLimits Limits, TimeProvider Time, BrokerExchange Exchange, BrokerDoor Door, Action<MqttBrokerNote> Note);

/// <summary>One client from its first byte to its end.</summary>
internal sealed class BrokerConnection(BrokerParts parts) : IMqttSource, IDisposable
{
    private const int TcpProbeAfterSeconds = 120;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time = parts.Time;
    private readonly TaskCompletionSource<BrokerEnd> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim wakeUp = new(0);
    private volatile BrokerTerms? terms;
    private volatile BrokerSession? session;
    private volatile Func<TimeSpan>? stuckFor;
    private long heardAt = parts.Time.GetTimestamp();
    private int isAwake;

    public MqttVersion Version => terms?.Version ?? MqttVersion.V311;

    /// <summary>Connects the client with its session; a reason other than success refuses it.</summary>
    public MqttReason Attach(BrokerTerms agreed, out bool isPresent)
    {
        terms = agreed;
        var reason = parts.Exchange.Attach(this, agreed, out var attached, out isPresent);
        if (reason == MqttReason.Success)
            session = attached;
        return reason;
    }

    /// <summary>Ends it from outside.</summary>
    public void End(BrokerEnd why) => ending.TrySetResult(why);

    /// <summary>Something may have to be sent.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref isAwake, 1) == 0)
            wakeUp.Release();
    }

    /// <summary>Called about once a second: who is silent for too long or takes nothing is given up.</summary>
    public void Check()
    {
        // MQTT-3.1.2-22
        if (terms is { KeepAlive.Ticks: > 0 } agreed && time.GetElapsedTime(Volatile.Read(ref heardAt)) > agreed.KeepAlive * 1.5)
            End(BrokerEnd.Wrong(MqttReason.KeepAliveTimeout, "It has been silent for 1.5 times its keep-alive time."));
        else if (stuckFor?.Invoke() > parts.Limits.WritePatience)
            End(BrokerEnd.Lost("It takes nothing of what it is sent."));
    }

    /// <summary>Serves the client until it ends; never throws for what a peer does.</summary>
    public async Task Serve(Socket socket, SslServerAuthenticationOptions? tls, CancellationToken stop)
    {
        using var life = new CancellationTokenSource();
        using var stopping = stop.UnsafeRegister(_ => End(BrokerEnd.Wrong(MqttReason.ServerShuttingDown, "The broker stops.")), null);
        var end = await Named(() => Live(socket, tls, life, stop)).ConfigureAwait(false);
        var isRefused = end.Kind == BrokerEndKind.Refused;
        parts.Note(new MqttBrokerNote(isRefused ? MqttBrokerEvent.Refused : MqttBrokerEvent.Ended, terms?.ClientId ?? "", end.Reason, end.Text));
    }

    /// <summary>After <see cref="Serve"/>.</summary>
    public void Dispose() => wakeUp.Dispose();

    /// <inheritdoc/>
    public bool TryWriteNext(IBufferWriter<byte> to, MqttVersion version)
    {
        if (session is not { } mine || terms is not { } agreed)
            return false;
        var kind = parts.Exchange.Take(mine, this, agreed, out var packet);
        if (kind == BrokerTakeKind.Packet)
            MqttEncoder.Write(to, packet, version);
        return kind != BrokerTakeKind.Nothing;
    }

    private async Task<BrokerEnd> Live(Socket socket, SslServerAuthenticationOptions? tls, CancellationTokenSource life, CancellationToken stop)
    {
        socket.NoDelay = true;
        // Finds half-open lines of clients that want no keep-alive.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, TcpProbeAfterSeconds);
        using var deadline = new CancellationTokenSource(parts.Limits.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, life.Token, stop);
        var plain = new NetworkStream(socket, ownsSocket: true);
        await using Stream stream = tls is null ? plain : new SslStream(plain);
        var certificate = "";
        if (stream is SslStream encrypted)
        {
            await encrypted.AuthenticateAsServerAsync(tls ?? new(), either.Token).ConfigureAwait(false);
            certificate = encrypted.RemoteCertificate?.Subject ?? "";
        }

        await using var opened = new MqttLink(stream, MqttVersion.V311, time);
        stuckFor = () => opened.StuckFor;
        List<Task<BrokerEnd>> loops = [Named(() => Pump(opened, life.Token))];
        var end = BrokerEnd.Lost("");
        loops.Add(Named(() => new BrokerGreeting(parts, this, certificate).Hear(opened, either.Token)));
        try
        {
            end = await First([.. loops, ending.Task]).ConfigureAwait(false);
            if (session is { } mine && terms is { } agreed && end == BrokerGreeting.Welcome)
            {
                loops[1] = Named(() => Receive(opened, new BrokerDialogue(parts.Exchange, this, mine, agreed, opened), life.Token));
                loops.Add(Named(() => Deliver(opened, life.Token)));
                end = await First([.. loops, ending.Task]).ConfigureAwait(false);
            }

            Detach(end);
            await Farewell(opened, end, loops[0]).ConfigureAwait(false);
            return end;
        }
        finally
        {
            await life.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(false);
            // A client may have been let in while its end was decided already.
            Detach(end);
        }
    }

    private void Detach(BrokerEnd end)
    {
        if (session is { } left)
            parts.Exchange.Detach(this, left, end.Kind);
    }

    private static async Task<BrokerEnd> First(Task<BrokerEnd>[] loops) => await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);

    private static async Task<BrokerEnd> Pump(MqttLink over, CancellationToken stop)
    {
        await over.Pump(stop).ConfigureAwait(false);
        return BrokerEnd.Lost("Everything was sent.");
    }

    private async Task<BrokerEnd> Receive(MqttLink over, BrokerDialogue dialogue, CancellationToken stop)
    {
        while (true)
        {
            var read = await over.Input.ReadAsync(stop).ConfigureAwait(false);
            var buffer = read.Buffer;
            MqttMalformed fault;
            while (MqttFrame.TryTake(ref buffer, parts.Limits.PacketSize, out var frame, out fault))
            {
                Volatile.Write(ref heardAt, time.GetTimestamp());
                if (await dialogue.Take(frame, stop).ConfigureAwait(false) is { } end)
                    return end;
            }

            if (fault != MqttMalformed.None)
                return BrokerEnd.Malformed(fault, (MqttPacketKind)(buffer.FirstSpan[0] >> 4));
            if (read.IsCompleted)
                return BrokerEnd.Lost("It closed the connection without a word.");
            over.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private async Task<BrokerEnd> Deliver(MqttLink over, CancellationToken stop)
    {
        while (true)
        {
            await wakeUp.WaitAsync(stop).ConfigureAwait(false);
            Volatile.Write(ref isAwake, 0);
            while (await over.Send(this, stop).ConfigureAwait(false))
            {
            }
        }
    }

    // A client that closes after it was told loses nothing; one that does not read gets a second.
    private async Task Farewell(MqttLink over, BrokerEnd end, Task<BrokerEnd> pump)
    {
        using var patience = new CancellationTokenSource(FarewellTime, time);
        try
        {
            // MQTT-3.14.0-1: not before CONNACK; 3.1.1 has no such packet for servers.
            if (session is not null && end.Kind == BrokerEndKind.Wrong && Version == MqttVersion.V50)
                await over.Send(new MqttFarewell(MqttPacketKind.Disconnect, end.Reason, MqttProperties.None), patience.Token).ConfigureAwait(false);
            await over.Finish().WaitAsync(patience.Token).ConfigureAwait(false);
            await pump.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was an offer.
        }
    }

    private static async Task<BrokerEnd> Named(Func<Task<BrokerEnd>> loop)
    {
        try
        {
            return await loop().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new BrokerEnd(BrokerEndKind.Refused, MqttReason.Unspecified, "It did not come to CONNECT in time.");
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            return BrokerEnd.Lost($"The connection broke: {(broken.InnerException ?? broken).Message}");
        }
    }
}
