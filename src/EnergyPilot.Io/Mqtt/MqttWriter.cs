using System.Buffers;
using System.Buffers.Binary;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// Writes the fields of one packet into a span, or with <see cref="Counting"/> only counts their bytes: the same code
/// says how long a packet is and what it is, so the two cannot disagree.
/// </summary>
internal ref struct MqttWriter(Span<byte> to)
{
    private readonly Span<byte> to = to;
    private bool isCounting;

    public int Length { get; private set; }

    public static MqttWriter Counting => new([]) { isCounting = true };

    public void Byte(byte value)
    {
        if (!isCounting)
            to[Length] = value;
        Length++;
    }

    public void UInt16(ushort value)
    {
        if (!isCounting)
            BinaryPrimitives.WriteUInt16BigEndian(to[Length..], value);
        Length += 2;
    }

    public void UInt32(uint value)
    {
        if (!isCounting)
            BinaryPrimitives.WriteUInt32BigEndian(to[Length..], value);
        Length += 4;
    }

    public void VariableInteger(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Binary(in ReadOnlySequence<byte> bytes)
    {
        UInt16(checked((ushort)bytes.Length));
        Raw(bytes);
    }

    public void Raw(in ReadOnlySequence<byte> bytes)
    {
        if (!isCounting)
            bytes.CopyTo(to[Length..]);
        Length += (int)bytes.Length;
    }

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (!isCounting)
            bytes.CopyTo(to[Length..]);
        Length += bytes.Length;
    }

    public void Properties(in MqttProperties properties)
    {
        VariableInteger((uint)properties.Block.Length);
        Raw(properties.Block);
    }
}
