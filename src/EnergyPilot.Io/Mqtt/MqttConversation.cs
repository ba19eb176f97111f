using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.Mqtt;

/// <summary>What a client keeps over its connections.</summary>
internal sealed record MqttParts(MqttOptions Options, TimeProvider Time, MqttInbox Inbox, MqttWindow Window, MqttQuestions Questions);

/// <summary>One connection from CONNECT to its end, which it explains.</summary>
internal sealed class MqttConversation(MqttParts parts, MqttLink link)
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time = parts.Time;
    private readonly MqttVersion version = parts.Options.Version;
    private long heardAt = parts.Time.GetTimestamp();
    private long heardTimes;

    /// <summary>
    /// Says CONNECT as <paramref name="clientId"/> and hears the answer, calls <paramref name="connected"/> when it is good,
    /// and goes on until the connection or <paramref name="stop"/> ends it. Throws what streams throw before the answer.
    /// </summary>
    public async Task<MqttEnd> Run(string clientId, Action<MqttConnack> connected, CancellationToken stop)
    {
        using var ending = new CancellationTokenSource();
        var pump = Named(link.Pump(ending.Token));
        List<Task<MqttEnd>> loops = [pump];
        try
        {
            await link.Send(MqttConnect.Of(parts.Options, clientId), stop).ConfigureAwait(false);
            var (connack, wrong) = await Greet(stop).ConfigureAwait(false);
            if (wrong is not null)
                return wrong;
            connected(connack);
            loops.Add(Receive(ending.Token));
            loops.Add(Watch(MqttTerms.Of(connack, parts.Options).KeepAlive, ending.Token));
            await link.Send(parts.Window, stop).ConfigureAwait(false);
            var end = await (await Task.WhenAny(loops).WaitAsync(stop).ConfigureAwait(false)).ConfigureAwait(false);
            if (version == MqttVersion.V50 && end.Fault is MqttFault.Malformed or MqttFault.TooLarge or MqttFault.ProtocolError)
                await Farewell(end.Reason, pump).ConfigureAwait(false);
            return end;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Farewell(parts.Options.Goodbye, loops.Count > 1 ? loops[1] : pump).ConfigureAwait(false);
            return MqttEnd.Stopped;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(false);
        }
    }

    private async Task<(MqttConnack Connack, MqttEnd? Wrong)> Greet(CancellationToken stop)
    {
        try
        {
            return await Greeting(stop).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            return (default, new MqttEnd(MqttFault.ConnectionLost, MqttReason.Success, $"{NoGreeting} ({(broken.InnerException ?? broken).Message})"));
        }
    }

    private async Task<(MqttConnack Connack, MqttEnd? Wrong)> Greeting(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(parts.Options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        while (true)
        {
            var read = await link.Input.ReadAsync(either.Token).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (MqttFrame.TryTake(ref buffer, parts.Options.MaximumPacketSize, out var frame, out var fault))
            {
                var judged = Judge(frame);
                link.Input.AdvanceTo(buffer.Start);
                return judged;
            }

            if (fault != MqttMalformed.None)
                return (default, MqttEnd.Malformed(fault, (MqttPacketKind)(read.Buffer.FirstSpan[0] >> 4)));
            if (read.IsCompleted)
                return (default, new MqttEnd(MqttFault.ConnectionLost, MqttReason.Success, NoGreeting));
            link.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private string NoGreeting => parts.Options.Tls is null
        ? "The server closed the connection without an answer to CONNECT."
        : "The server closed the connection without an answer to CONNECT; with TLS 1.3 also when it does not accept the client's certificate.";

    private (MqttConnack Connack, MqttEnd? Wrong) Judge(in MqttFrame frame)
    {
        // MQTT-3.2.0-1: CONNACK is the first packet.
        if (frame.Kind != MqttPacketKind.Connack)
            return (default, MqttEnd.Wrong(MqttReason.ProtocolError, $"The server answered CONNECT with {frame.Kind}."));
        if (!MqttConnack.TryParse(frame, version, out var connack, out var fault))
            return (default, MqttEnd.Malformed(fault, frame.Kind));
        if (connack.Reason != MqttReason.Success)
            return (default, new MqttEnd(MqttFault.Refused, connack.Reason, $"The server refused the connection: {connack.Reason}. {connack.Properties.Text(MqttPropertyId.ReasonString)}".TrimEnd()));
        // The properties lie in the receive buffer, which is about to be used again.
        var kept = new MqttProperties(new(System.Buffers.BuffersExtensions.ToArray(connack.Properties.Block)));
        return (new MqttConnack(connack.IsSessionPresent, connack.Reason, kept), null);
    }

    private Task<MqttEnd> Receive(CancellationToken stop) => Named(async () =>
    {
        while (true)
        {
            var read = await link.Input.ReadAsync(stop).ConfigureAwait(false);
            Heard();
            var buffer = read.Buffer;
            MqttMalformed fault;
            while (MqttFrame.TryTake(ref buffer, parts.Options.MaximumPacketSize, out var frame, out fault))
            {
                if (await Take(frame, stop).ConfigureAwait(false) is { } end)
                    return end;
                Heard();
            }

            if (fault != MqttMalformed.None)
                return MqttEnd.Malformed(fault, (MqttPacketKind)(buffer.FirstSpan[0] >> 4));
            if (read.IsCompleted)
                return MqttEnd.Lost;
            link.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    });

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MqttEnd?> Take(MqttFrame frame, CancellationToken stop)
    {
        MqttEnd? end;
        MqttAck answer;
        if (frame.Kind == MqttPacketKind.Publish)
            parts.Inbox.TryTake(frame, out answer, out end);
        else
            end = Answered(frame, out answer);
        if (answer.Kind != 0)
            await link.Send(answer, stop).ConfigureAwait(false);
        if (frame.Kind == MqttPacketKind.Puback && parts.Window.HasWaiting)
            await link.Send(parts.Window, stop).ConfigureAwait(false);
        return end;
    }

    private MqttEnd? Answered(in MqttFrame frame, out MqttAck answer)
    {
        answer = default;
        MqttMalformed fault;
        switch (frame.Kind)
        {
            case MqttPacketKind.Puback when MqttAck.TryParse(frame, version, out var ack, out fault):
                parts.Window.Acknowledge(ack.Identifier, ack.Reason);
                return null;
            case MqttPacketKind.Pubrel when MqttAck.TryParse(frame, version, out var release, out fault):
                answer = parts.Inbox.Release(release.Identifier);
                return null;
            case MqttPacketKind.Suback or MqttPacketKind.Unsuback when MqttSuback.TryParse(frame, version, out var suback, out fault):
                // One filter is asked for at a time: one code, or none in 3.1.1's UNSUBACK.
                parts.Questions.Answer(suback.Identifier, MqttResult.Of(suback.Codes.IsEmpty ? MqttReason.Success : (MqttReason)suback.Codes.FirstSpan[0]));
                return null;
            case MqttPacketKind.Pingresp when MqttPing.IsValid(frame, out fault):
                return null;
            case MqttPacketKind.Disconnect when version == MqttVersion.V50 && MqttFarewell.TryParse(frame, version, out var farewell, out fault):
                return new MqttEnd(MqttFault.Disconnected, farewell.Reason, $"The server ended the connection: {farewell.Reason}. {farewell.Properties.Text(MqttPropertyId.ReasonString)}".TrimEnd());
            case MqttPacketKind.Puback or MqttPacketKind.Pubrel or MqttPacketKind.Suback or MqttPacketKind.Unsuback or MqttPacketKind.Pingresp:
                return MqttEnd.Wrong(MqttReason.MalformedPacket, $"The server sent a {frame.Kind} that is malformed.");
            default:
                return MqttEnd.Wrong(MqttReason.ProtocolError, $"The server sent {frame.Kind}, which it must not send now.");
        }
    }

    // Asks for a sign of life after half the time without one, and after another half gives up: with the clock's grain of
    // a quarter that is 1.5 times the keep-alive time at most. Any byte counts as life; only monotonic time is used.
    private Task<MqttEnd> Watch(TimeSpan keepAlive, CancellationToken stop) => Named(async () =>
    {
        using var clock = new PeriodicTimer(keepAlive / 4, time);
        var ping = Task.CompletedTask;
        var (isPinged, pingedAt, heardThen) = (false, 0L, 0L);
        while (await clock.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            if (parts.Inbox.IsHandling)
                continue;
            var heard = Volatile.Read(ref heardAt);
            isPinged = isPinged && Interlocked.Read(ref heardTimes) == heardThen;
            if (isPinged && time.GetElapsedTime(pingedAt) >= keepAlive / 2)
                return new MqttEnd(MqttFault.PingTimeout, MqttReason.KeepAliveTimeout, $"The server has been silent for {time.GetElapsedTime(heard).TotalSeconds:0.#} s.");
            if (isPinged || !ping.IsCompleted || (time.GetElapsedTime(heard) < keepAlive / 2 && link.SilentFor < keepAlive / 2))
                continue;
            (isPinged, pingedAt, heardThen) = (true, time.GetTimestamp(), Interlocked.Read(ref heardTimes));
            // Not awaited: it waits as long as the peer does not read, which is what is watched for.
            ping = link.Send(new MqttPing(MqttPacketKind.Pingreq), stop).AsTask();
        }

        return MqttEnd.Stopped;
    });

    private void Heard()
    {
        Volatile.Write(ref heardAt, time.GetTimestamp());
        Interlocked.Increment(ref heardTimes);
    }

    // The server closes after it has read DISCONNECT. Closing first, with its messages unread, could reset the connection
    // before it does, and the will would be published.
    private async Task Farewell(MqttReason reason, Task<MqttEnd> last)
    {
        using var patience = new CancellationTokenSource(FarewellTime, time);
        try
        {
            await link.Send(new MqttFarewell(MqttPacketKind.Disconnect, reason, MqttProperties.None), patience.Token).ConfigureAwait(false);
            await link.Finish().WaitAsync(patience.Token).ConfigureAwait(false);
            await last.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was an offer: a server that does not read has lost its claim to politeness.
        }
    }

    private static Task<MqttEnd> Named(Task loop) => Named(async () =>
    {
        await loop.ConfigureAwait(false);
        return MqttEnd.Stopped;
    });

    private static async Task<MqttEnd> Named(Func<Task<MqttEnd>> loop)
    {
        try
        {
            return await loop().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return MqttEnd.Stopped;
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            return new MqttEnd(MqttFault.ConnectionLost, MqttReason.Success, $"The connection broke: {broken.Message}");
        }
    }
}
