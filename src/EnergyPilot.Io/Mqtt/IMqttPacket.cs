namespace EnergyPilot.Io.Mqtt;

/// <summary>A packet that can be written: its first byte and what follows the fixed header.</summary>
internal interface IMqttPacket
{
    byte Head { get; }

    void WriteBody(ref MqttWriter to, MqttVersion version);
}
