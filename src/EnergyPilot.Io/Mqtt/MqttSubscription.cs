namespace EnergyPilot.Io.Mqtt;

/// <summary>A wish to receive the messages of some topics.</summary>
/// <param name="Filter">Which topics.</param>
/// <param name="Qos">The highest QoS with which they may come.</param>
public sealed record MqttSubscription(MqttFilter Filter, MqttQos Qos)
{
    /// <summary>5.0: messages that this client published itself do not come back.</summary>
    public bool NoLocal { get; init; }

    /// <summary>5.0: messages keep the retain flag with which they were published.</summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>5.0: when retained messages are sent.</summary>
    public MqttRetainHandling RetainHandling { get; init; }

    /// <summary>5.0: a subscription identifier, user properties.</summary>
    public MqttProperties Properties { get; init; }

    // §3.8.3.1; 3.1.1 has the QoS only.
    internal byte Options(MqttVersion version) => version == MqttVersion.V311
        ? (byte)Qos
        : (byte)((int)Qos | (NoLocal ? 4 : 0) | (RetainAsPublished ? 8 : 0) | (int)RetainHandling << 4);
}

/// <summary>When retained messages are sent to a subscriber (5.0 §3.8.3.1).</summary>
public enum MqttRetainHandling
{
    /// <summary>At each subscription.</summary>
    Send,

    /// <summary>When the subscription is new.</summary>
    SendIfNew,

    /// <summary>Never.</summary>
    DoNotSend,
}
