namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// What a broker gives to its clients at most. Its memory is bounded by them, whatever clients send:
/// <see cref="RetainedBytes"/> + <see cref="QueuedBytesInAll"/> + <see cref="Connections"/> × (one packet in, 64 kB and one packet out)
/// + <see cref="Sessions"/> × (one will and <see cref="Inflight"/> retained messages on their way) + some 5 kB for each of <see cref="Subscriptions"/>.
/// These are worst cases: an idle connection holds some 10 kB.
/// </summary>
public sealed record MqttBrokerLimits
{
    /// <summary>Connections at once, from the first byte on; more are closed without a word.</summary>
    public int Connections { get; init; } = 500;

    /// <summary>Sessions, connected or not. When they are used up new clients are refused; no session of another is given up for them.</summary>
    public int Sessions { get; init; } = 1_000;

    /// <summary>How long a session outlives its connection at most; v5 clients are told, 3.1.1 clients without a clean session get this.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From the connection to the end of CONNECT, with TLS.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest silence that v5 clients may ask for; 3.1.1 knows no way to tell, there the client's word holds.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a client may take nothing of what it is sent before it is given up.</summary>
    public TimeSpan WritePatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest CONNECT in bytes, with its will: who has not said who it is gets no more memory than this.</summary>
    public int ConnectSize { get; init; } = 16 * 1024;

    /// <summary>The longest packet in bytes.</summary>
    public int PacketSize { get; init; } = 256 * 1024;

    /// <summary>The longest client identifier in bytes; the specification asks for 23 at least (MQTT-3.1.3-5).</summary>
    public int ClientIdLength { get; init; } = 256;

    /// <summary>The longest topic or filter in bytes.</summary>
    public int TopicLength { get; init; } = 512;

    /// <summary>The most levels of a topic or filter.</summary>
    public int TopicLevels { get; init; } = 16;

    /// <summary>Subscriptions of one client.</summary>
    public int SubscriptionsPerClient { get; init; } = 200;

    /// <summary>Subscriptions of all clients.</summary>
    public int Subscriptions { get; init; } = 10_000;

    /// <summary>Retained messages.</summary>
    public int RetainedMessages { get; init; } = 10_000;

    /// <summary>Bytes of retained messages, with what they cost beside their payload.</summary>
    public long RetainedBytes { get; init; } = 16 << 20;

    /// <summary>Messages that wait for one client or for its acknowledgement. The message that finds no place is dropped, older ones stay.</summary>
    public int QueuedMessages { get; init; } = 10_000;

    /// <summary>The same in bytes; at least <see cref="PacketSize"/>.</summary>
    public long QueuedBytes { get; init; } = 4 << 20;

    /// <summary>The same for all clients together.</summary>
    public long QueuedBytesInAll { get; init; } = 64 << 20;

    /// <summary>Messages of QoS 1 on their way to one client without acknowledgement; a v5 client may want fewer.</summary>
    public int Inflight { get; init; } = 20;

    /// <summary>Messages of QoS 1 and 2 that a client may have on their way to the broker.</summary>
    public int ReceiveMaximum { get; init; } = 100;

    internal void Check()
    {
        Require(nameof(Connections), Connections, 1, 100_000);
        Require(nameof(Sessions), Sessions, 1, 1_000_000);
        Require(nameof(SessionExpiry), SessionExpiry.TotalSeconds, 0, uint.MaxValue - 1.0);
        Require(nameof(ConnectTimeout), ConnectTimeout.TotalSeconds, 0.1, 3_600);
        Require(nameof(KeepAlive), KeepAlive.TotalSeconds, 1, ushort.MaxValue);
        Require(nameof(WritePatience), WritePatience.TotalSeconds, 1, 86_400);
        Require(nameof(ConnectSize), ConnectSize, 64, 16 << 20);
        Require(nameof(PacketSize), PacketSize, 64, 16 << 20);
        Require(nameof(ClientIdLength), ClientIdLength, 23, ushort.MaxValue);
        Require(nameof(TopicLength), TopicLength, 1, ushort.MaxValue);
        Require(nameof(TopicLevels), TopicLevels, 1, 200);
        Require(nameof(SubscriptionsPerClient), SubscriptionsPerClient, 0, 1_000_000);
        Require(nameof(Subscriptions), Subscriptions, 0, 10_000_000);
        Require(nameof(RetainedMessages), RetainedMessages, 0, 10_000_000);
        Require(nameof(RetainedBytes), RetainedBytes, 0, long.MaxValue);
        Require(nameof(QueuedMessages), QueuedMessages, 1, 10_000_000);
        Require(nameof(QueuedBytes), QueuedBytes, PacketSize, long.MaxValue);
        Require(nameof(QueuedBytesInAll), QueuedBytesInAll, QueuedBytes, long.MaxValue);
        Require(nameof(Inflight), Inflight, 1, 1_000);
        Require(nameof(ReceiveMaximum), ReceiveMaximum, 1, ushort.MaxValue);
    }

    private static void Require(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
    }
}
