namespace EnergyPilot.Io.Mqtt;

/// <summary>The protocol level that a connection speaks, as in CONNECT.</summary>
public enum MqttVersion : byte
{
    /// <summary>MQTT 3.1.1 (OASIS, 29 October 2014).</summary>
    V311 = 4,

    /// <summary>MQTT 5.0 (OASIS, 7 March 2019).</summary>
    V50 = 5,
}
