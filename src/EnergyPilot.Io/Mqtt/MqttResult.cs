namespace EnergyPilot.Io.Mqtt;

/// <summary>How a request ended.</summary>
/// <param name="Fault"><see cref="MqttFault.None"/> or why there is no good answer.</param>
/// <param name="Reason">The server's answer; success with 3.1.1, which has none, and for QoS 0.</param>
public readonly record struct MqttResult(MqttFault Fault, MqttReason Reason)
{
    /// <summary>Whether the server took it. It may still say that nobody has it: <see cref="MqttReason.NoMatchingSubscribers"/>.</summary>
    public bool IsGood => Fault == MqttFault.None;

    internal static MqttResult Of(MqttReason reason) => new(reason < MqttReason.Unspecified ? MqttFault.None : MqttFault.Refused, reason);

    internal static MqttResult Failed(MqttFault fault) => new(fault, MqttReason.Success);
}
