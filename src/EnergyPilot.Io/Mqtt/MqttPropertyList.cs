using System.Buffers;
using System.Text;

namespace EnergyPilot.Io.Mqtt;

/// <summary>Puts properties together for sending. A value that does not fit its property throws.</summary>
public sealed class MqttPropertyList
{
    private readonly ArrayBufferWriter<byte> block = new(32);

    /// <summary>The properties so far; what is added later is not among them.</summary>
    public MqttProperties Properties => new(new ReadOnlySequence<byte>(block.WrittenMemory));

    /// <summary>Adds a number.</summary>
    public MqttPropertyList Add(MqttPropertyId id, uint value)
    {
        if (!MqttPropertyTable.IsAllowed(id, value))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{id} cannot be {value}.");
        Span<byte> bytes = stackalloc byte[8];
        var writer = new MqttWriter(bytes);
        writer.Byte((byte)id);
        switch (MqttPropertyTable.ShapeOf(id))
        {
            case MqttPropertyShape.Byte:
                writer.Byte((byte)value);
                break;
            case MqttPropertyShape.UInt16:
                writer.UInt16(checked((ushort)value));
                break;
            case MqttPropertyShape.UInt32:
                writer.UInt32(value);
                break;
            case MqttPropertyShape.VariableInteger when value < 1 << 28:
                writer.VariableInteger(value);
                break;
            default:
                throw new ArgumentException($"{id} cannot be the number {value}.", nameof(id));
        }

        block.Write(bytes[..writer.Length]);
        return this;
    }

    /// <summary>Adds text.</summary>
    public MqttPropertyList Add(MqttPropertyId id, string text)
    {
        Require(id, MqttPropertyShape.Text);
        block.Write([(byte)id]);
        Write(CheckedText(text));
        return this;
    }

    /// <summary>Adds binary data.</summary>
    public MqttPropertyList Add(MqttPropertyId id, ReadOnlySpan<byte> data)
    {
        Require(id, MqttPropertyShape.Binary);
        block.Write([(byte)id]);
        Write(data);
        return this;
    }

    /// <summary>Adds a name and a value of the application.</summary>
    public MqttPropertyList AddUser(string name, string value)
    {
        block.Write([(byte)MqttPropertyId.UserProperty]);
        Write(CheckedText(name));
        Write(CheckedText(value));
        return this;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        block.Write([(byte)checked((ushort)bytes.Length >> 8), (byte)bytes.Length]);
        block.Write(bytes);
    }

    private static byte[] CheckedText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return MqttText.IsValid(bytes) ? bytes : throw new ArgumentException("The text is too long or contains U+0000.", nameof(text));
    }

    private static void Require(MqttPropertyId id, MqttPropertyShape shape)
    {
        if (MqttPropertyTable.ShapeOf(id) != shape)
            throw new ArgumentException($"{id} does not have such a value.", nameof(id));
    }
}
