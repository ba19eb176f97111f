using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>One property of a packet.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Number">Its value when it is a number.</param>
/// <param name="Value">Its value when it is text (UTF-8) or binary.</param>
/// <param name="Name">The name of a user property (UTF-8).</param>
public readonly record struct MqttProperty(MqttPropertyId Id, uint Number, ReadOnlySequence<byte> Value, ReadOnlySequence<byte> Name)
{
    internal static MqttProperty Read(ref MqttReader from)
    {
        // Identifiers are variable byte integers, but all that exist have one byte.
        var id = (MqttPropertyId)from.Byte();
        switch (MqttPropertyTable.ShapeOf(id))
        {
            case MqttPropertyShape.Byte:
                return OfNumber(ref from, id, from.Byte());
            case MqttPropertyShape.UInt16:
                return OfNumber(ref from, id, from.UInt16());
            case MqttPropertyShape.UInt32:
                return OfNumber(ref from, id, from.UInt32());
            case MqttPropertyShape.VariableInteger:
                return OfNumber(ref from, id, from.VariableInteger());
            case MqttPropertyShape.Text:
                return OfText(ref from, id);
            case MqttPropertyShape.Binary:
                return new MqttProperty(id, 0, from.Binary(), default);
            case MqttPropertyShape.TextPair:
                var name = from.Text();
                return new MqttProperty(id, 0, from.Text(), name);
            default:
                from.Fail(MqttMalformed.Property);
                return default;
        }
    }

    private static MqttProperty OfNumber(ref MqttReader from, MqttPropertyId id, uint value)
    {
        if (!MqttPropertyTable.IsAllowed(id, value))
            from.Fail(MqttMalformed.PropertyValue);
        return new MqttProperty(id, value, default, default);
    }

    private static MqttProperty OfText(ref MqttReader from, MqttPropertyId id)
    {
        var text = from.Text();
        // MQTT-3.3.2-14
        if (id == MqttPropertyId.ResponseTopic && !MqttTopic.IsName(text))
            from.Fail(MqttMalformed.Topic);
        return new MqttProperty(id, 0, text, default);
    }
}
