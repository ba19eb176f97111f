using System.Buffers.Binary;
using System.Text;

namespace EnergyPilot.Gateway.Recording;

/// <summary>Bytes in the making: small numbers take one byte (LEB128), signed ones are folded first so that -1 is as small as 1.</summary>
internal sealed class ByteSink
{
    private byte[] bytes = new byte[4096];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Word(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    /// <summary>With its length before it.</summary>
    public void Block(ReadOnlySpan<byte> block)
    {
        Number((ulong)block.Length);
        block.CopyTo(Room(block.Length));
    }

    /// <summary>As UTF-8; half a surrogate pair does not survive.</summary>
    public void Text(string text) => Block(Encoding.UTF8.GetBytes(text));

    private Span<byte> Room(int length)
    {
        if (bytes.Length - Count < length) Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Count + length));
        var room = bytes.AsSpan(Count, length);
        Count += length;
        return room;
    }
}
