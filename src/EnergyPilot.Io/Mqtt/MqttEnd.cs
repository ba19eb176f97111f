namespace EnergyPilot.Io.Mqtt;

/// <summary>Why a connection ended, for the record.</summary>
internal sealed record MqttEnd(MqttFault Fault, MqttReason Reason, string Text)
{
    public static MqttEnd Stopped { get; } = new(MqttFault.Stopped, MqttReason.Success, "The client was stopped.");

    public static MqttEnd Lost { get; } = new(MqttFault.ConnectionLost, MqttReason.Success, "The server closed the connection without a word.");

    public static MqttEnd Malformed(MqttMalformed why, MqttPacketKind kind) =>
        new(why == MqttMalformed.TooLarge ? MqttFault.TooLarge : MqttFault.Malformed, MqttReasons.Of(why), $"The server sent a {kind} that is malformed: {why}.");

    public static MqttEnd Wrong(MqttReason reason, string text) => new(MqttFault.ProtocolError, reason, text);
}
