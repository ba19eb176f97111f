namespace EnergyPilot.Io.Mqtt;

/// <summary>Takes a message in. Runs on the connection's loop, in the order of arrival: while it runs nothing else is received.</summary>
public delegate void MqttHandler(in MqttDelivery delivery);

/// <summary>A message that came. What it shows is valid only while it is handled.</summary>
public readonly ref struct MqttDelivery
{
    /// <summary>Its topic in UTF-8.</summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>How it was sent.</summary>
    public MqttQos Qos { get; init; }

    /// <summary>Whether it is the kept last value instead of news.</summary>
    public bool IsRetained { get; init; }

    /// <summary>Whether it may have been delivered before.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Its properties (5.0).</summary>
    public MqttProperties Properties { get; init; }
}
