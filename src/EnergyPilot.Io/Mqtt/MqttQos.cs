namespace EnergyPilot.Io.Mqtt;

/// <summary>What a sender promises about the delivery of a message (5.0 §4.3).</summary>
public enum MqttQos : byte
{
    /// <summary>Once or, when something breaks, not at all.</summary>
    AtMostOnce,

    /// <summary>Repeated until acknowledged: may arrive twice.</summary>
    AtLeastOnce,

    /// <summary>Once, by a handshake of four packets.</summary>
    ExactlyOnce,
}
