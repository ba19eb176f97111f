namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>Why a connection ended.</summary>
/// <param name="Kind">What becomes of the will and who is told.</param>
/// <param name="Reason">What a v5 client is told.</param>
/// <param name="Text">A sentence for the log.</param>
internal sealed record BrokerEnd(BrokerEndKind Kind, MqttReason Reason, string Text)
{
    public static BrokerEnd Lost(string text) => new(BrokerEndKind.Lost, MqttReason.Unspecified, text);

    public static BrokerEnd Wrong(MqttReason reason, string text) => new(BrokerEndKind.Wrong, reason, text);

    public static BrokerEnd Malformed(MqttMalformed why, MqttPacketKind kind) => Wrong(MqttReasons.Of(why), $"It sent a {kind} that is malformed: {why}.");
}

internal enum BrokerEndKind
{
    /// <summary>It never came in.</summary>
    Refused,

    /// <summary>It said goodbye: the will is forgotten.</summary>
    Left,

    /// <summary>It said goodbye and wants its will published.</summary>
    LeftWithWill,

    /// <summary>The connection broke.</summary>
    Lost,

    /// <summary>It did what it must not: it is told.</summary>
    Wrong,
}
