namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>Something that happened in a broker, for its log.</summary>
/// <param name="Event">What.</param>
/// <param name="ClientId">Which client; empty before it has said it.</param>
/// <param name="Reason">The code that a v5 client is told.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record MqttBrokerNote(MqttBrokerEvent Event, string ClientId, MqttReason Reason, string Text);

/// <summary>What can happen in a broker.</summary>
public enum MqttBrokerEvent
{
    /// <summary>A client was let in.</summary>
    Connected,

    /// <summary>A client was not let in.</summary>
    Refused,

    /// <summary>A connection ended.</summary>
    Ended,

    /// <summary>A limit costs messages; said once per connection, or once until there is room again.</summary>
    Dropping,

    /// <summary>A mistake in the broker itself ended a connection; the text is the exception.</summary>
    Failed,
}
