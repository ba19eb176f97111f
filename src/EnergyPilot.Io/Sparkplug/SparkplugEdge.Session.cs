using System.Threading.Channels;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

// From connection to connection, and within each from birth to birth.
public sealed partial class SparkplugEdge
{
    // How long a death may take that nobody may be there to read.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly Channel<SparkplugLife> lives = Channel.CreateBounded<SparkplugLife>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile SparkplugLife? life;
    private string clientFault = "";
    private byte deaths;
    private long requests;

    private async Task Live(CancellationToken stop)
    {
        try
        {
            while (true)
                await Live(await lives.Reader.ReadAsync(stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Run says goodbye.
        }
    }

    private async Task Live(SparkplugLife now, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, now.Over);
        try
        {
            if (await IsSubscribed(either.Token).ConfigureAwait(false))
                await Bear(now, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The connection is over, or the host is.
        }

        await Die(now).ConfigureAwait(false);
        // operational-behavior-edge-node-termination-host-offline-reconnect: the next server in a list of one.
        Client.Leave(now.Link);
    }

    private async Task<bool> IsSubscribed(CancellationToken over)
    {
        await Client.Renewing.WaitAsync(over).ConfigureAwait(false);
        var missing = topics.Subscriptions.FirstOrDefault(filter => !Client.IsSubscribed(filter));
        if (missing is not null)
            Note($"The server does not grant the subscription '{missing}', without which the node must not be born. {Client.Connection.LastFaultText}");
        return missing is null;
    }

    // Ends when the server does not take a birth; else only with the connection.
    private async Task Bear(SparkplugLife now, CancellationToken over)
    {
        if (host is not null)
        {
            // message-flow-edge-node-birth-publish-phid-wait, operational-behavior-edge-node-birth-sequence-wait
            Move(now, SparkplugPhase.WaitingForHost);
            await host.Online(over).ConfigureAwait(false);
        }

        for (var why = SparkplugWish.Host; ; why = await rebirths.Next(over).ConfigureAwait(false))
        {
            Silence();
            Move(now, SparkplugPhase.Spreading);
            if (why == SparkplugWish.Host)
                await Task.Delay(options.BirthSpread * options.Random.NextDouble(), time, over).ConfigureAwait(false);
            rebirths.Serve();
            var result = await voice.Bear(now, birth(), over).ConfigureAwait(false);
            if (!result.IsGood)
            {
                Note($"The server does not take the births: {result.Fault} {result.Reason}.");
                return;
            }

            Speak(now);
            await Client.Open(now.Link, over).ConfigureAwait(false);
        }
    }

    private void Speak(SparkplugLife now)
    {
        var number = standing.Births + 1;
        var isBorn = rebirths.UnlessWished(() => voice.Speak(now, number));
        Change(was => was with { Births = number });
        if (isBorn)
            Change(was => life == now ? was with { Phase = SparkplugPhase.Born, Since = time.GetUtcNow(), Birth = number } : was);
    }

    private async Task Die(SparkplugLife now)
    {
        Silence();
        using var patience = new CancellationTokenSource(FarewellTime, time);
        try
        {
            await voice.Die(now, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A server that does not read will find out by itself, and say the will.
        }
    }

    // topics-nbirth-bdseq-increment: from 0, one more with every CONNECT, 0 after 255.
    private MqttMessage Will() =>
        new(topics.NodeDeath, SparkplugPen.NodeDeath(deaths++, time.GetUtcNow()), MqttQos.AtLeastOnce);

    // On the client's loop: whatever a will was made for is the connection that is made next.
    private void Follow(MqttConnection connection)
    {
        if (connection.Phase == MqttPhase.Connected && Client.Present is { } link)
        {
            if (life?.Link != link)
                Begin(new SparkplugLife(link, (byte)(deaths - 1), new CancellationTokenSource()));
        }
        else if (connection.Phase != MqttPhase.Connected)
        {
            End();
            var phase = connection.Phase == MqttPhase.Connecting ? SparkplugPhase.Connecting : SparkplugPhase.Apart;
            Change(was => was.Phase == phase ? was : was with { Phase = phase, Since = time.GetUtcNow(), IsHostOnline = host?.IsOnline });
        }

        if (connection.LastFaultText != clientFault)
            Note(clientFault = connection.LastFaultText, connection.LastFault);
    }

    private void Begin(SparkplugLife now)
    {
        life = now;
        lives.Writer.TryWrite(now);
    }

    private void End()
    {
        var last = life;
        life = null;
        last?.End();
        host?.Forget();
        orders.Roster = null;
        Silence();
    }

    private void Take(in MqttDelivery delivery)
    {
        if (topics.HostState is { } state && host is not null && state.Matches(delivery.Topic))
            HearHost(host, delivery.Payload);
        else if (!orders.TryTake(delivery))
            options.Others?.Invoke(delivery);
    }

    private void HearHost(SparkplugHost primary, ReadOnlySpan<byte> payload)
    {
        var wasOnline = primary.IsOnline;
        if (!primary.TryHear(payload))
            orders.Invalid();
        var isOnline = primary.IsOnline;
        if (wasOnline == isOnline)
            return;
        Change(was => was with { IsHostOnline = isOnline });
        if (isOnline)
            return;
        // message-flow-edge-node-birth-publish-phid-offline: at once no more data; the session's loop says the death and leaves.
        Silence();
        life?.End();
    }

    private void HostAsks()
    {
        Interlocked.Increment(ref requests);
        if (rebirths.Asked())
            ShowSilence();
    }

    private void Silence()
    {
        voice.Silence();
        ShowSilence();
    }

    // The births that were wished for may be out before who wished gets here: then there is nothing to show.
    private void ShowSilence() => Change(was => was.Birth == 0 || voice.IsSpeaking
        ? was
        : was with { Birth = 0, Phase = was.Phase == SparkplugPhase.Born ? SparkplugPhase.Spreading : was.Phase, Since = time.GetUtcNow() });

    // Of a connection that is over nothing more is said.
    private void Move(SparkplugLife now, SparkplugPhase phase) =>
        Change(was => was.Phase == phase || life != now ? was : was with { Phase = phase, Since = time.GetUtcNow() });

    private void Note(string text, MqttFault fault = MqttFault.None) => Change(was => was with { LastFaultText = text, LastFault = fault });

    private void Change(Func<SparkplugStanding, SparkplugStanding> change)
    {
        lock (gate)
        {
            var changed = change(standing);
            if (changed == standing)
                return;
            standing = changed;
        }

        Changed?.Invoke(Standing);
    }
}
