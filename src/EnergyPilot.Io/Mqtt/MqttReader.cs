using System.Buffers;
using System.Buffers.Binary;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// Reads the fields of one packet where they lie. The first fault sticks: what is read after it is empty, so that
/// parsers read straight on and ask once at the end.
/// </summary>
internal ref struct MqttReader(ReadOnlySequence<byte> body)
{
    private SequenceReader<byte> rest = new(body);

    public MqttMalformed Fault { get; private set; }

    public readonly bool IsGood => Fault == MqttMalformed.None;

    public readonly bool HasMore => IsGood && !rest.End;

    public void Fail(MqttMalformed why)
    {
        if (IsGood)
            Fault = why;
    }

    public byte Byte()
    {
        if (IsGood && rest.TryRead(out var value))
            return value;
        Fail(MqttMalformed.Truncated);
        return 0;
    }

    public ushort UInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        return TryCopy(bytes) ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
    }

    public uint UInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        return TryCopy(bytes) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
    }

    public uint VariableInteger()
    {
        var value = 0u;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next >= 0x80)
                continue;
            // MQTT-1.5.5-1: no more bytes than necessary.
            if (next == 0 && shift > 0)
                Fail(MqttMalformed.VariableInteger);
            return value;
        }

        Fail(MqttMalformed.VariableInteger);
        return 0;
    }

    public ushort PacketIdentifier()
    {
        // MQTT-2.2.1-3, 3.1.1 MQTT-2.3.1-1
        var identifier = UInt16();
        if (identifier == 0)
            Fail(MqttMalformed.PacketIdentifier);
        return identifier;
    }

    public ReadOnlySequence<byte> Binary() => Take(UInt16());

    public ReadOnlySequence<byte> Text()
    {
        var text = Binary();
        if (!MqttText.IsValid(text))
            Fail(MqttMalformed.Text);
        return text;
    }

    public ReadOnlySequence<byte> Rest() => Take(rest.Remaining);

    public ReadOnlySequence<byte> Take(long length)
    {
        if (!IsGood || length > rest.Remaining)
        {
            Fail(MqttMalformed.Truncated);
            return default;
        }

        var taken = rest.UnreadSequence.Slice(0, length);
        rest.Advance(length);
        return taken;
    }

    /// <summary>Whether all was well and nothing is left.</summary>
    public bool IsDone(out MqttMalformed fault)
    {
        if (!rest.End)
            Fail(MqttMalformed.Trailing);
        fault = Fault;
        return IsGood;
    }

    private bool TryCopy(scoped Span<byte> bytes)
    {
        if (IsGood && rest.TryCopyTo(bytes))
        {
            rest.Advance(bytes.Length);
            return true;
        }

        Fail(MqttMalformed.Truncated);
        return false;
    }
}
