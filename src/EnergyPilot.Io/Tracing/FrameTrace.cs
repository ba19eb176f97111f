using System.Buffers.Binary;

namespace EnergyPilot.Io.Tracing;

/// <summary>
/// The last frames of a bus, in a ring of bytes of a fixed size: the newest push out the oldest. Recording allocates nothing
/// and may come from any thread.
/// </summary>
/// <param name="capacity">Bytes kept; each frame costs its length and 11 more. 16 KiB hold some 500 Modbus requests and answers.</param>
/// <param name="time">Tells when a frame was.</param>
public sealed class FrameTrace(int capacity, TimeProvider time)
{
    /// <summary>Bytes kept of one frame; what is longer is cut.</summary>
    public const int LongestFrame = 512;

    // Ticks of the wall clock, direction, length.
    private const int HeadLength = sizeof(long) + 1 + sizeof(ushort);

    private readonly Lock gate = new();
    private readonly byte[] ring = new byte[Math.Max(capacity, HeadLength + LongestFrame)];
    private int oldest;
    private int used;
    private int frames;

    /// <summary>Keeps a copy of the bytes; nothing when there are none.</summary>
    public void Record(FrameDirection direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        bytes = bytes[..Math.Min(bytes.Length, LongestFrame)];
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteInt64LittleEndian(head, time.GetUtcNow().UtcTicks);
        head[sizeof(long)] = (byte)direction;
        BinaryPrimitives.WriteUInt16LittleEndian(head[(sizeof(long) + 1)..], (ushort)bytes.Length);
        lock (gate)
        {
            while (ring.Length - used < HeadLength + bytes.Length)
                DropOldest();
            Append(head);
            Append(bytes);
            frames++;
        }
    }

    /// <summary>The newest frames, at most so many, oldest of them first.</summary>
    public IReadOnlyList<TracedFrame> Last(int count)
    {
        lock (gate)
        {
            List<TracedFrame> last = new(Math.Clamp(count, 0, frames));
            var at = oldest;
            for (var i = 0; i < frames; i++)
            {
                var length = LengthAt(at);
                if (i >= frames - count)
                    last.Add(FrameAt(at, length));
                at = (at + HeadLength + length) % ring.Length;
            }

            return last;
        }
    }

    private void DropOldest()
    {
        var whole = HeadLength + LengthAt(oldest);
        oldest = (oldest + whole) % ring.Length;
        used -= whole;
        frames--;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var at = (oldest + used) % ring.Length;
        var straight = Math.Min(bytes.Length, ring.Length - at);
        bytes[..straight].CopyTo(ring.AsSpan(at));
        bytes[straight..].CopyTo(ring);
        used += bytes.Length;
    }

    private int LengthAt(int at)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        Copy(at + sizeof(long) + 1, length);
        return BinaryPrimitives.ReadUInt16LittleEndian(length);
    }

    private TracedFrame FrameAt(int at, int length)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Copy(at, head);
        var bytes = new byte[length];
        Copy(at + HeadLength, bytes);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(head);
        return new TracedFrame(new DateTimeOffset(ticks, TimeSpan.Zero), (FrameDirection)head[sizeof(long)], bytes);
    }

    private void Copy(int at, Span<byte> to)
    {
        at %= ring.Length;
        var straight = Math.Min(to.Length, ring.Length - at);
        ring.AsSpan(at, straight).CopyTo(to);
        ring.AsSpan(0, to.Length - straight).CopyTo(to[straight..]);
    }
}
