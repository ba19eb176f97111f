using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>Packets that wait for being sent.</summary>
internal interface IMqttSource
{
    /// <summary>Writes the next packet; false when there is none now.</summary>
    bool TryWriteNext(IBufferWriter<byte> to, MqttVersion version);
}
