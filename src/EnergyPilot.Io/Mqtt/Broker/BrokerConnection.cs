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
        loops.Add(Named(() => Greet(opened, certificate, either.Token)));
        try
        {
            var end = await First([.. loops, ending.Task]).ConfigureAwait(false);
            if (session is { } mine && terms is { } agreed && end == Welcome)
            {
                loops[1] = Named(() => Receive(opened, new BrokerDialogue(parts.Exchange, this, mine, agreed, opened), life.Token));
                loops.Add(Named(() => Deliver(opened, life.Token)));
                end = await First([.. loops, ending.Task]).ConfigureAwait(false);
            }

            if (session is { } left)
                parts.Exchange.Detach(this, left, end.Kind);
            await Farewell(opened, end, loops[0]).ConfigureAwait(false);
            return end;
        }
        finally
        {
            await life.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(false);
        }
    }

    private static BrokerEnd Welcome { get; } = new(BrokerEndKind.Left, MqttReason.Success, "");

    private static async Task<BrokerEnd> First(Task<BrokerEnd>[] loops) => await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);

    private static async Task<BrokerEnd> Pump(MqttLink over, CancellationToken stop)
    {
        await over.Pump(stop).ConfigureAwait(false);
        return BrokerEnd.Lost("Everything was sent.");
    }

    private async Task<BrokerEnd> Greet(MqttLink over, string certificate, CancellationToken stop)
    {
        while (true)
        {
            var read = await over.Input.ReadAsync(stop).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (MqttFrame.TryTake(ref buffer, parts.Limits.ConnectSize, out var frame, out var fault))
            {
                var end = await Connect(over, frame, certificate, stop).ConfigureAwait(false);
                over.Input.AdvanceTo(buffer.Start);
                return end;
            }

            // MQTT-3.1.0-1: CONNECT comes first; nothing else is worth waiting for its end.
            if (fault != MqttMalformed.None || (!buffer.IsEmpty && buffer.FirstSpan[0] >> 4 != (int)MqttPacketKind.Connect) || read.IsCompleted)
                return new BrokerEnd(BrokerEndKind.Refused, MqttReason.ProtocolError, "It did not begin with CONNECT.");
            over.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private async Task<BrokerEnd> Connect(MqttLink over, MqttFrame frame, string certificate, CancellationToken stop)
    {
        if (frame.Kind != MqttPacketKind.Connect)
            return new BrokerEnd(BrokerEndKind.Refused, MqttReason.ProtocolError, $"It began with {frame.Kind} instead of CONNECT.");
        if (!MqttConnect.TryParse(frame, out var connect, out var fault))
        {
            // MQTT-3.1.2-2: a later version is told in its own form, an earlier one in that of 3.1.1. Other mistakes get no answer.
            over.Version = fault == MqttMalformed.ProtocolLevel && LevelOf(frame) > (byte)MqttVersion.V50 ? MqttVersion.V50 : MqttVersion.V311;
            var reason = fault == MqttMalformed.ProtocolLevel ? MqttReason.UnsupportedProtocolVersion : MqttReasons.Of(fault);
            return await Refuse(over, reason, fault == MqttMalformed.ProtocolLevel, $"Its CONNECT is malformed: {fault}.", stop).ConfigureAwait(false);
        }

        over.Version = connect.Version;
        var (agreed, refusal) = await parts.Door.Judge(connect, certificate, stop).ConfigureAwait(false);
        if (agreed is null)
            return await Refuse(over, refusal, true, $"'{MqttText.Of(connect.ClientId)}' was refused: {refusal}.", stop).ConfigureAwait(false);
        terms = agreed;
        refusal = parts.Exchange.Attach(this, agreed, out var attached, out var isPresent);
        if (refusal != MqttReason.Success)
            return await Refuse(over, refusal, true, $"'{agreed.ClientId}' was refused: {refusal}.", stop).ConfigureAwait(false);
        session = attached;
        parts.Note(new MqttBrokerNote(MqttBrokerEvent.Connected, agreed.ClientId, MqttReason.Success, $"'{agreed.ClientId}' came in with {agreed.Version}{(isPresent ? " and has its session back" : "")}."));
        await over.Send(new MqttConnack(isPresent, MqttReason.Success, agreed.Answer(connect, parts.Limits)), stop).ConfigureAwait(false);
        Wake();
        return Welcome;
    }

    private static async Task<BrokerEnd> Refuse(MqttLink over, MqttReason reason, bool isTold, string text, CancellationToken stop)
    {
        if (isTold)
            await over.Send(new MqttConnack(false, reason, MqttProperties.None), stop).ConfigureAwait(false);
        return new BrokerEnd(BrokerEndKind.Refused, reason, text);
    }

    // The byte behind the name, which was read before it was found wrong.
    private static byte LevelOf(in MqttFrame frame) => frame.Body.Slice(6).FirstSpan[0];

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
