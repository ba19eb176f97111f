using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>Who an edge node is and with which server it speaks. Impossible values throw when the node is made.</summary>
public sealed record SparkplugEdgeOptions
{
    /// <summary>The server. Without a will and with a session that ends with the connection: both are the node's.</summary>
    public required MqttOptions Mqtt { get; init; }

    /// <summary>The group's identifier: without +, / and #.</summary>
    public required string Group { get; init; }

    /// <summary>The node's identifier in the group: without +, / and #. No other node may have the same.</summary>
    public required string Node { get; init; }

    /// <summary>The host without which the node does not speak; empty for none.</summary>
    public string PrimaryHost { get; init; } = "";

    /// <summary>Births after a connection and after a host's request wait for a random part of this, so that many nodes do not speak at once.</summary>
    public TimeSpan BirthSpread { get; init; }

    /// <summary>Where the random parts come from.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>
    /// Whether data say their types again. The specification advises against it (payloads-metric-datatype-not-req), but
    /// Eclipse Tahu's JavaScript 1.0.3 reads no value without one.
    /// </summary>
    public bool TypesInData { get; init; }

    /// <summary>Takes messages of other subscriptions that were made with the same client; null drops them.</summary>
    public MqttHandler? Others { get; init; }

    internal void Check()
    {
        SparkplugTopics.RequireId("group", Group);
        SparkplugTopics.RequireId("edge node", Node);
        if (PrimaryHost.Length > 0)
            SparkplugTopics.RequireId("primary host", PrimaryHost);
        if (Mqtt.Will is not null || Mqtt.WillOf is not null)
            throw new ArgumentException("The will of an edge node is its death certificate: the options must leave it open.");
        // principles-persistence-clean-session-311, -50
        if (Mqtt.SessionExpiry != TimeSpan.Zero)
            throw new ArgumentException("The session of an edge node ends with its connection: the options must not keep it.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BirthSpread, TimeSpan.Zero);
    }
}
