namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>What the broker knows of one client, over its connections. Everything is guarded by the exchange's lock.</summary>
internal sealed class BrokerSession(string clientId, string owner, BrokerOutbox outbox)
{
    public string ClientId => clientId;

    /// <summary>The user whom it belongs to: nobody else gets what waits in it.</summary>
    public string Owner => owner;

    public BrokerOutbox Outbox => outbox;

    public Dictionary<string, BrokerSubscription> Subscriptions { get; } = [];

    /// <summary>Messages of QoS 2 that were taken and not released yet (5.0 §4.3.3, method A).</summary>
    public HashSet<ushort> Unreleased { get; } = [];

    /// <summary>Null while the client is away.</summary>
    public BrokerConnection? Connection { get; set; }

    /// <summary>How long it outlives its connection.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>While the client is away: when the session ends.</summary>
    public long EndsAt { get; set; }

    public BrokerWill? Will { get; set; }

    /// <summary>While the client is away: when its will is published.</summary>
    public long WillAt { get; set; }

    /// <summary>Whether it was already said that it loses messages.</summary>
    public bool IsDropping { get; set; }

    /// <summary>What the publication at hand means for this session, valid while <see cref="RoutedBy"/> is its number.</summary>
    public BrokerDelivery Routed { get; set; }

    public long RoutedBy { get; set; }
}

/// <summary>What is published when a client is lost.</summary>
internal sealed record BrokerWill(BrokerMessage Message, TimeSpan Delay, uint ExpirySeconds);
