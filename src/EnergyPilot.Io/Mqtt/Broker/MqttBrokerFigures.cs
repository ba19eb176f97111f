namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>How a broker stands: counts of now, and totals since it was opened.</summary>
public sealed record MqttBrokerFigures
{
    /// <summary>Connections, also those that have not said CONNECT yet.</summary>
    public int Connections { get; init; }

    /// <summary>Sessions, connected or not.</summary>
    public int Sessions { get; init; }

    /// <summary>Subscriptions of all sessions.</summary>
    public int Subscriptions { get; init; }

    /// <summary>Retained messages.</summary>
    public int Retained { get; init; }

    /// <summary>What retained messages cost, in bytes.</summary>
    public long RetainedBytes { get; init; }

    /// <summary>What messages that wait for clients or their acknowledgement cost, in bytes; one that waits for two counts twice.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>Messages received in all.</summary>
    public long Received { get; init; }

    /// <summary>Messages handed to connections in all, without repetitions.</summary>
    public long Delivered { get; init; }

    /// <summary>Messages that a client did not get, or that were not kept, because a limit was reached.</summary>
    public long Dropped { get; init; }

    /// <summary>Clients that were refused, or closed because there were too many.</summary>
    public long Refused { get; init; }
}
