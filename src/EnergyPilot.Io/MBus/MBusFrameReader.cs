namespace EnergyPilot.Io.MBus;

/// <summary>
/// Finds frames in a stream of bytes that may hold noise, echoes and collisions. A place that cannot be a frame is passed over byte by byte.
/// Room is fixed; nothing is allocated after construction and nothing throws.
/// </summary>
public sealed class MBusFrameReader
{
    private readonly byte[] heard = new byte[2 * MBusFrame.MaxLength];
    private int from;
    private int to;

    /// <summary>Bytes that were no part of a frame, since <see cref="Clear"/>: noise or a collision.</summary>
    public int Skipped { get; private set; }

    /// <summary>Bytes that were taken in, since <see cref="Clear"/>.</summary>
    public int Heard { get; private set; }

    /// <summary>Takes in as many bytes as there is room for and says how many; after <see cref="TryRead"/> was false there always is room.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        if (from > 0)
        {
            heard.AsSpan(from, to - from).CopyTo(heard);
            (from, to) = (0, to - from);
        }

        var taken = Math.Min(bytes.Length, heard.Length - to);
        bytes[..taken].CopyTo(heard.AsSpan(to));
        to += taken;
        Heard += taken;
        return taken;
    }

    /// <summary>The next frame; valid until more bytes are taken in. False while it is not complete.</summary>
    public bool TryRead(out MBusFrame frame)
    {
        frame = default;
        while (from < to)
        {
            var rest = heard.AsSpan(from, to - from);
            switch (Look(rest, out frame, out var length))
            {
                case Sight.Frame:
                    from += length;
                    return true;
                case Sight.Growing:
                    return false;
                default:
                    from++;
                    Skipped++;
                    break;
            }
        }

        return false;
    }

    /// <summary>The next frame when nothing more will come: what looks unfinished was noise.</summary>
    public bool TryReadLast(out MBusFrame frame)
    {
        while (!TryRead(out frame))
        {
            if (from >= to)
                return false;
            from++;
            Skipped++;
        }

        return true;
    }

    /// <summary>Forgets everything heard.</summary>
    public void Clear() => (from, to, Skipped, Heard) = (0, 0, 0, 0);

    private enum Sight
    {
        Noise,
        Growing,
        Frame,
    }

    private static Sight Look(ReadOnlySpan<byte> rest, out MBusFrame frame, out int length)
    {
        frame = default;
        length = 1;
        switch (rest[0])
        {
            case MBusFrame.AcknowledgeByte:
                frame = new MBusFrame(MBusFrameKind.Acknowledge, 0, 0, []);
                return Sight.Frame;
            case MBusFrame.ShortStart:
                length = MBusFrame.ShortLength;
                return LookShort(rest, out frame);
            case MBusFrame.LongStart:
                return LookLong(rest, out frame, out length);
            default:
                return Sight.Noise;
        }
    }

    private static Sight LookShort(ReadOnlySpan<byte> rest, out MBusFrame frame)
    {
        frame = default;
        if (rest.Length < MBusFrame.ShortLength)
            return Sight.Growing;
        if (rest[4] != MBusFrame.StopByte || rest[3] != MBusFrame.Sum(rest[1..3]))
            return Sight.Noise;
        frame = new MBusFrame(MBusFrameKind.ShortFrame, rest[1], rest[2], []);
        return Sight.Frame;
    }

    private static Sight LookLong(ReadOnlySpan<byte> rest, out MBusFrame frame, out int length)
    {
        frame = default;
        length = rest.Length > 1 ? rest[1] + MBusFrame.LongOverhead : 0;
        if (rest.Length > 1 && rest[1] < 3 || rest.Length > 2 && rest[2] != rest[1] || rest.Length > 3 && rest[3] != MBusFrame.LongStart)
            return Sight.Noise;
        if (rest.Length < 4 || rest.Length < length)
            return Sight.Growing;
        if (rest[length - 1] != MBusFrame.StopByte || rest[length - 2] != MBusFrame.Sum(rest[4..(length - 2)]))
            return Sight.Noise;
        frame = new MBusFrame(rest[1] == 3 ? MBusFrameKind.ControlFrame : MBusFrameKind.LongFrame, rest[4], rest[5], rest[6..(length - 2)]);
        return Sight.Frame;
    }
}
