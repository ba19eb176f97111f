using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// An edge node of Sparkplug B 3.0: keeps its connection and tells hosts who is there. With each connection a new death certificate
/// goes out as the will; when the commands are subscribed to and the primary host is there, if one is named, the births follow, and then
/// data are taken. A host's request makes the births go out again. Calls may overlap; publishing allocates nothing in the steady state.
/// Messages of QoS 1 of the same <see cref="Client"/> wait in each connection until the births are out; those of QoS 0 its users must hold back.
/// Source: Eclipse Sparkplug 3.0.0; comments name its statements without "tck-id-".
/// </summary>
public sealed partial class SparkplugEdge : IDisposable
{
    private readonly SparkplugEdgeOptions options;
    private readonly Func<SparkplugBirth> birth;
    private readonly TimeProvider time;
    private readonly SparkplugTopics topics;
    private readonly SparkplugOrders orders;
    private readonly SparkplugRebirths rebirths;
    private readonly SparkplugVoice voice;
    private readonly SparkplugHost? host;
    private readonly Lock gate = new();
    private volatile SparkplugStanding standing;

    /// <summary>
    /// Makes a node that is not connected. <paramref name="birth"/> is asked for the present state before each birth and must not call the node;
    /// wrong options throw, and wrong births make <see cref="Run"/> throw (<see cref="SparkplugBirth.Check"/>).
    /// </summary>
    public SparkplugEdge(SparkplugEdgeOptions options, Func<SparkplugBirth> birth, SparkplugCommandHandler commanded, TimeProvider time)
    {
        options.Check();
        (this.options, this.birth, this.time) = (options, birth, time);
        topics = new SparkplugTopics(options.Group, options.Node, options.PrimaryHost);
        orders = new SparkplugOrders(topics, commanded, HostAsks);
        host = topics.HostState is null ? null : new SparkplugHost();
        Client = new MqttClient(options.Mqtt with { WillOf = Will, Goodbye = MqttReason.DisconnectWithWill, IsHeldBack = true }, Take, time);
        Client.Changed += Follow;
        voice = new SparkplugVoice(Client, topics, orders, new SparkplugPen(options.TypesInData), fault => Note(fault), time);
        rebirths = new SparkplugRebirths(time, voice.Silence);
        standing = new SparkplugStanding(SparkplugPhase.Apart, time.GetUtcNow()) { IsHostOnline = host?.IsOnline };
    }

    /// <summary>Raised after each change of <see cref="Standing"/> but its counters, on the thread that made it: it must return soon and not throw.</summary>
    public event Action<SparkplugStanding>? Changed;

    /// <summary>How the node stands now.</summary>
    public SparkplugStanding Standing => orders.Count(standing) with { Sent = voice.Sent, RebirthRequests = Interlocked.Read(ref requests) };

    /// <summary>The same connection, for messages that are none of Sparkplug's.</summary>
    public MqttClient Client { get; }

    /// <summary>
    /// Keeps everything going until <paramref name="stop"/>, then says the node's death, leaves and returns. Throws
    /// <see cref="ArgumentException"/> when the births are against the specification, and what the asked for births throw. Runs once.
    /// </summary>
    public async Task Run(CancellationToken stop)
    {
        foreach (var filter in topics.Subscriptions)
            // Kept until there is a connection. message-flow-edge-node-ncmd-subscribe, message-flow-device-dcmd-subscribe: QoS 1.
            await Client.Subscribe(new MqttSubscription(filter, MqttQos.AtLeastOnce), stop).ConfigureAwait(false);
        using var ending = new CancellationTokenSource();
        var connecting = Client.Run(ending.Token);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var living = Live(either.Token);
            await Task.WhenAny(living, connecting).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
            await living.ConfigureAwait(false);
        }
        finally
        {
            if (life is { } last)
                await Die(last).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await connecting.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Publishes data of a device, or of the node when <paramref name="device"/> is empty, in one message, ordered by time. They belong to the birth of
    /// that number (<see cref="SparkplugStanding.Birth"/>). Waits while the server does not read, whatever <paramref name="stop"/> says once the
    /// message is begun, but no longer than the connection lives. <paramref name="data"/> must not change until it returns.
    /// </summary>
    public ValueTask<SparkplugSent> Publish(long birth, string device, ReadOnlyMemory<SparkplugDatum> data, CancellationToken stop) =>
        voice.Publish(birth, device, data, stop);

    /// <summary>What the births say has changed: no data are taken until all of them have been sent anew.</summary>
    public void Rebirth()
    {
        rebirths.Changed();
        ShowSilence();
    }

    /// <summary>A device is gone: says so, and leaves it out of the births until <see cref="DeviceBorn"/>.</summary>
    public ValueTask DeviceDied(string device, CancellationToken stop) => voice.Bury(device, stop);

    /// <summary>
    /// A device is there (again): its birth alone is sent, as the asked for births describe it. Throws <see cref="ArgumentException"/>
    /// when they do not, or are against the specification. Before the node's own birth it only counts among the living again.
    /// </summary>
    public ValueTask DeviceBorn(string device, CancellationToken stop) => voice.Revive(device, birth, stop);

    /// <summary>Frees what the node holds, after <see cref="Run"/> has returned.</summary>
    public void Dispose()
    {
        rebirths.Dispose();
        Client.Dispose();
        voice.Dispose();
        host?.Dispose();
    }
}
