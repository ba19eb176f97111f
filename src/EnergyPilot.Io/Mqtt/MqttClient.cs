using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// A client of an MQTT server, 3.1.1 or 5.0, that keeps its connection: <see cref="Run"/> connects, notices a dead or frozen
/// server by monotonic time, and comes back with growing, jittered pauses. Messages of QoS 1 that are not acknowledged when a
/// connection ends are sent again over the next one; subscriptions are renewed when the server has not kept them.
/// Calls may overlap. Nothing is allocated per message of QoS 0 in the steady state.
/// Memory: the window's messages, one receive buffer and one packet of the largest size, and 64 kB towards the server.
/// </summary>
public sealed partial class MqttClient : IDisposable
{
    // A connection that breaks sooner was no success: two clients with one identifier would throw each other out at full speed.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseGrain = TimeSpan.FromMilliseconds(50);

    // A server that restarts loses all its clients in the same instant.
    private static readonly TimeSpan FirstSpread = TimeSpan.FromSeconds(0.5);

    private readonly MqttOptions options;
    private readonly TimeProvider time;
    private readonly SslClientAuthenticationOptions? tls;
    private readonly MqttParts parts;
    private readonly MqttWishes wishes = new();
    private readonly Backoff backoff;
    private readonly Lock gate = new();
    private string clientId;
    private volatile MqttLink? link;
    private volatile MqttConnection connection;
    private volatile Task renewing = Task.CompletedTask;
    private volatile CancellationTokenSource leave = new();
    private long handlerFailures;

    /// <summary>Makes a client that is not connected; wrong options throw.</summary>
    public MqttClient(MqttOptions options, MqttHandler handler, TimeProvider time)
    {
        options.Check();
        (this.options, this.time, clientId) = (options, time, options.ClientId);
        tls = options.Tls?.Authentication(options.Host);
        parts = new MqttParts(options, time, new MqttInbox(options, handler, HandlerFailed), new MqttWindow(options.Window, options.Version), new MqttQuestions(time));
        backoff = new Backoff(time, Random.Shared, FirstSpread);
        connection = new MqttConnection(MqttPhase.Apart, time.GetUtcNow(), false, MqttFault.None, MqttReason.Success, "");
    }

    /// <summary>Raised after each change of <see cref="Connection"/>, on the loop that made it: it must return soon and not throw.</summary>
    public event Action<MqttConnection>? Changed;

    /// <summary>How the client stands now.</summary>
    public MqttConnection Connection => connection;

    /// <summary>Messages received so far.</summary>
    public long Received => parts.Inbox.Received;

    /// <summary>Messages for which the handler threw.</summary>
    public long HandlerFailures => Interlocked.Read(ref handlerFailures);

    /// <summary>Messages of QoS 1 that wait for their acknowledgement.</summary>
    public int Unacknowledged => parts.Window.Count;

    /// <summary>
    /// Keeps the connection until <paramref name="stop"/>, then says goodbye (the will is not published) and returns; who
    /// waits for an acknowledgement is told that the client was stopped. Runs once at a time.
    /// </summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            Change(was => was with { Phase = MqttPhase.Connecting, Since = time.GetUtcNow() });
            var end = await Live(stop).ConfigureAwait(false);
            Parted(end);
            if (stop.IsCancellationRequested)
                break;
            if (time.GetElapsedTime(began) >= Settled)
                backoff.Succeeded();
            backoff.Failed();
            await Pause(stop).ConfigureAwait(false);
        }

        parts.Window.Stop();
    }

    /// <summary>
    /// Publishes a message. QoS 0: handed to the connection, or <see cref="MqttFault.NotConnected"/>. QoS 1: waits for a place
    /// in the window and for the acknowledgement, over as many connections as it takes; a call that is cancelled before its
    /// message was sent takes it back, one that is cancelled later does not. QoS 2 is not offered.
    /// </summary>
    public ValueTask<MqttResult> Publish(MqttMessage message, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)message.Qos, (int)MqttQos.AtLeastOnce, nameof(message));
        if (message.Payload.Length > options.MaximumPacketSize)
            return ValueTask.FromResult(MqttResult.Failed(MqttFault.TooLarge));
        return message.Qos == MqttQos.AtMostOnce ? PublishOnce(message, stop) : PublishSurely(message, stop);
    }

    /// <summary>
    /// Subscribes, now and in each new session; the answer's reason is the QoS granted. When there is no connection the wish
    /// is kept all the same. A later refusal is seen as <see cref="MqttConnection.LastFault"/>.
    /// </summary>
    public async ValueTask<MqttResult> Subscribe(MqttSubscription subscription, CancellationToken stop)
    {
        wishes.Add(subscription);
        return link is { } now ? await Make(subscription, now, stop).ConfigureAwait(false) : MqttResult.Failed(MqttFault.NotConnected);
    }

    /// <summary>Ends a subscription and no longer renews it.</summary>
    public async ValueTask<MqttResult> Unsubscribe(MqttFilter filter, CancellationToken stop)
    {
        wishes.Remove(filter);
        return link is { } now
            ? await parts.Questions.Ask(identifier => MqttSubscribe.Unsubscribe(identifier, filter), now, options.Deadline, stop).ConfigureAwait(false)
            : MqttResult.Failed(MqttFault.NotConnected);
    }

    /// <summary>Frees what the client holds, after <see cref="Run"/> has returned.</summary>
    public void Dispose()
    {
        parts.Window.Dispose();
        parts.Questions.Dispose();
    }

    private ValueTask<MqttResult> PublishOnce(MqttMessage message, CancellationToken stop) =>
        link is { } now ? PublishOver(now, message, stop) : ValueTask.FromResult(MqttResult.Failed(MqttFault.NotConnected));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MqttResult> PublishOver(MqttLink now, MqttMessage message, CancellationToken stop)
    {
        var packet = new MqttPublish
        {
            IsRetained = message.Retain,
            Topic = message.Topic.Utf8,
            Properties = message.Properties,
            Payload = new ReadOnlySequence<byte>(message.Payload),
        };
        var verdict = parts.Window.Judge(packet.Head, MqttEncoder.LengthOf(packet, options.Version));
        if (verdict.IsGood)
            await now.Send(packet, stop).ConfigureAwait(false);
        return verdict;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MqttResult> PublishSurely(MqttMessage message, CancellationToken stop)
    {
        var slot = await parts.Window.Enter(message, stop).ConfigureAwait(false);
        try
        {
            if (link is { } now)
                await now.Send(parts.Window, stop).ConfigureAwait(false);
            using var cancelled = stop.UnsafeRegister(MqttSlot.GiveUp, slot);
            return await slot.Answer.ConfigureAwait(false);
        }
        finally
        {
            parts.Window.Leave(slot);
        }
    }

    private async Task<MqttEnd> Live(CancellationToken stop)
    {
        try
        {
            await using var opened = await Open(stop).ConfigureAwait(false);
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stop, (leave = new CancellationTokenSource()).Token);
            return await new MqttConversation(parts, opened).Run(clientId, connack => Connected(opened, connack, stop), leaving.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return stop.IsCancellationRequested ? MqttEnd.Stopped : new MqttEnd(MqttFault.Timeout, MqttReason.Success, $"The server at {options.Host}:{options.Port} does not answer.");
        }
        catch (AuthenticationException refused)
        {
            return new MqttEnd(MqttFault.TlsFailed, MqttReason.Success, $"No TLS with {options.Host}:{options.Port}: {(refused.InnerException ?? refused).Message}");
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return new MqttEnd(broken is SocketException ? MqttFault.Unreachable : MqttFault.ConnectionLost, MqttReason.Success, $"No connection with {options.Host}:{options.Port}: {broken.Message}");
        }
    }

    private async Task<MqttLink> Open(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        return await MqttLink.Open(options, tls, time, either.Token).ConfigureAwait(false);
    }

    private void Connected(MqttLink opened, MqttConnack connack, CancellationToken stop)
    {
        if (clientId.Length == 0)
            clientId = connack.Properties.Text(MqttPropertyId.AssignedClientIdentifier);
        if (!connack.IsSessionPresent)
        {
            parts.Inbox.SessionLost();
            wishes.SessionLost();
        }

        parts.Window.Connected(opened, MqttTerms.Of(connack, options), options.IsHeldBack);
        link = opened;
        var isKept = connack.IsSessionPresent;
        renewing = Renew(opened, stop);
        Change(was => was with { Phase = MqttPhase.Connected, Since = time.GetUtcNow(), IsSessionPresent = isKept });
    }

    // Ends by itself: at the latest when the connection does, which answers every question.
    private async Task Renew(MqttLink over, CancellationToken stop)
    {
        try
        {
            foreach (var subscription in wishes.NotMade())
            {
                var result = await Make(subscription, over, stop).ConfigureAwait(false);
                if (link != over)
                    return;
                if (!result.IsGood)
                    Note(result.Fault, result.Reason, $"The server does not take the subscription '{subscription.Filter}': {result.Reason}.");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client stops; there is nothing to renew for.
        }
    }

    private async ValueTask<MqttResult> Make(MqttSubscription subscription, MqttLink over, CancellationToken stop)
    {
        // MQTT-3.2.2-15
        var verdict = parts.Window.Judge(0, MqttEncoder.LengthOf(MqttSubscribe.Subscribe(MqttWindow.FirstOtherIdentifier, subscription, options.Version), options.Version));
        if (!verdict.IsGood)
            return verdict;
        var result = await parts.Questions.Ask(identifier => MqttSubscribe.Subscribe(identifier, subscription, options.Version), over, options.Deadline, stop).ConfigureAwait(false);
        if (result.IsGood)
            wishes.Made(subscription);
        return result;
    }

    private void Parted(MqttEnd end)
    {
        link = null;
        parts.Questions.Disconnected();
        Change(was => end.Fault == MqttFault.Stopped
            ? was with { Phase = MqttPhase.Apart, Since = time.GetUtcNow() }
            : was with { Phase = MqttPhase.Apart, Since = time.GetUtcNow(), LastFault = end.Fault, LastReason = end.Reason, LastFaultText = end.Text });
    }

    private void HandlerFailed(Exception trouble)
    {
        Interlocked.Increment(ref handlerFailures);
        Note(MqttFault.HandlerFailed, MqttReason.ImplementationSpecific, $"A message could not be handled: {trouble.GetType().Name}: {trouble.Message}");
    }

    private void Note(MqttFault fault, MqttReason reason, string text) =>
        Change(was => was with { LastFault = fault, LastReason = reason, LastFaultText = text });

    private void Change(Func<MqttConnection, MqttConnection> change)
    {
        MqttConnection changed;
        lock (gate)
            connection = changed = change(connection);
        Changed?.Invoke(changed);
    }

    private async Task Pause(CancellationToken stop)
    {
        using var grain = new PeriodicTimer(PauseGrain, time);
        try
        {
            while (backoff.IsPausing)
                await grain.WaitForNextTickAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Run sees it.
        }
    }
}
