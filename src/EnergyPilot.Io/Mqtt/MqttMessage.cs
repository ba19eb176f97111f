namespace EnergyPilot.Io.Mqtt;

/// <summary>A message to publish, also as a will.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Payload">Its bytes; copied before a call returns.</param>
/// <param name="Qos">QoS 0 or 1; a will may have 2.</param>
public readonly record struct MqttMessage(MqttTopic Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos)
{
    /// <summary>Whether the server keeps it as the last value of the topic.</summary>
    public bool Retain { get; init; }

    /// <summary>5.0: expiry, content type and so on; not sent with 3.1.1.</summary>
    public MqttProperties Properties { get; init; }
}
