using System.Buffers.Binary;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Writes the fields of a message into a span, or with <see cref="Counting"/> only counts their bytes: the same code
/// says how long a message is and what it is, so that its length can stand before it.
/// </summary>
internal ref struct ProtobufWriter(Span<byte> to)
{
    private readonly Span<byte> to = to;
    private bool isCounting;

    public int Length { get; private set; }

    public static ProtobufWriter Counting => new([]) { isCounting = true };

    public void Number(int field, ulong value)
    {
        Tag(field, ProtobufWire.Varint);
        Varint(value);
    }

    public void Fixed32(int field, uint bits)
    {
        Tag(field, ProtobufWire.Fixed32);
        if (!isCounting)
            BinaryPrimitives.WriteUInt32LittleEndian(to[Length..], bits);
        Length += 4;
    }

    public void Fixed64(int field, ulong bits)
    {
        Tag(field, ProtobufWire.Fixed64);
        if (!isCounting)
            BinaryPrimitives.WriteUInt64LittleEndian(to[Length..], bits);
        Length += 8;
    }

    public void Bytes(int field, scoped ReadOnlySpan<byte> bytes)
    {
        Head(field, bytes.Length);
        if (!isCounting)
            bytes.CopyTo(to[Length..]);
        Length += bytes.Length;
    }

    /// <summary>The number, when there is one.</summary>
    public void Optional(int field, ulong? value)
    {
        if (value is { } number)
            Number(field, number);
    }

    /// <summary>The text or message, when there is one.</summary>
    public void Optional(int field, scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            Bytes(field, bytes);
    }

    /// <summary>True; what is false is not said.</summary>
    public void Flag(int field, bool isSet)
    {
        if (isSet)
            Number(field, 1);
    }

    /// <summary>What stands before a message of so many bytes.</summary>
    public void Head(int field, int length)
    {
        Tag(field, ProtobufWire.LengthDelimited);
        Varint((uint)length);
    }

    private void Tag(int field, ProtobufWire wire) => Varint((uint)(field << 3 | (int)wire));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        if (!isCounting)
            to[Length] = value;
        Length++;
    }
}
