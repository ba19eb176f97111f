using System.Buffers.Binary;
using System.Text;

namespace EnergyPilot.Gateway.Recording;

/// <summary>Reads what a <see cref="ByteSink"/> wrote. What is not there reads as zero and marks the source as broken: whoever reads asks once, at the end of a unit.</summary>
internal sealed class ByteSource(ReadOnlyMemory<byte> bytes)
{
    private int at;

    /// <summary>Whether anything was read that is not there.</summary>
    public bool IsBroken { get; private set; }

    public int Left => bytes.Length - at;

    public byte Byte() => Take(1) is { IsEmpty: false } one ? one.Span[0] : default;

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        return Broken<ulong>();
    }

    public long Signed()
    {
        var folded = Number();
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    public ulong Word() => Take(8) is { IsEmpty: false } word ? BinaryPrimitives.ReadUInt64LittleEndian(word.Span) : default;

    public ReadOnlyMemory<byte> Block() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Block().Span);

    /// <summary>How many things follow, each of a byte at least.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)Left ? (int)count : Broken<int>();
    }

    public T Broken<T>() where T : struct
    {
        IsBroken = true;
        return default;
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > Left)
        {
            IsBroken = true;
            return default;
        }

        at += length;
        return bytes.Slice(at - length, length);
    }
}
