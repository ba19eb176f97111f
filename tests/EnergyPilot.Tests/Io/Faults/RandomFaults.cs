namespace EnergyPilot.Tests.Io.Faults;

/// <summary>
/// Faults drawn at random, and any number of them one after the other. No bit error that a checksum of 16 bits cannot see is drawn:
/// at most three bits of a serial frame, whose distance is four; in a TCP frame only bits of the head, for TCP has its own checksum.
/// </summary>
internal static class RandomFaults
{
    /// <summary>What becomes of the next answer; half of them go through.</summary>
    public static Behaviour Draw(Random random, LineKind kind, TimeSpan deadline) => random.Next(28) switch
    {
        < 14 => LineFaults.Through,
        14 => LineFaults.Silent,
        15 or 16 => LineFaults.Late(deadline * (2 * random.NextDouble())),
        17 => Cut(random),
        18 => Garbage(random, Place.Before),
        19 => Garbage(random, Place.After),
        20 => Garbage(random, Place.Instead),
        21 => LineFaults.Exception(random.Next(1, 256)),
        22 => kind == LineKind.RtuSerial ? LineFaults.Silent : random.Next(2) == 0 ? LineFaults.Reset : LineFaults.Close,
        23 => Pieces(random),
        24 => to => to.Say([.. to.Frame, .. to.Frame]),
        25 => Flipped(random),
        26 => Stranger(random),
        _ => kind == LineKind.Tcp ? LineFaults.Vanish : Flipped(random),
    };

    private enum Place { Before, After, Instead }

    private static Behaviour Cut(Random random)
    {
        var share = random.NextDouble();
        return to => to.Say(to.Frame[..(int)(to.Frame.Length * share)]);
    }

    private static Behaviour Garbage(Random random, Place place)
    {
        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        return to => to.Say(place switch { Place.Before => [.. bytes, .. to.Frame], Place.After => [.. to.Frame, .. bytes], _ => bytes });
    }

    private static Behaviour Pieces(Random random)
    {
        var size = random.Next(1, 20);
        var pause = TimeSpan.FromMilliseconds(random.Next(0, 8));
        return to => to.SayInPieces(pause, [.. to.Frame.Chunk(size)]);
    }

    private static Behaviour Flipped(Random random)
    {
        var places = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.NextDouble()).ToArray();
        return to =>
        {
            var changed = (byte[])to.Frame.Clone();
            foreach (var place in places)
            {
                var bit = (int)(place * 8 * (to.IsTcp ? to.PduAt + 2 : changed.Length));
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            return to.Say(changed);
        };
    }

    // Sound frames of somebody else, or to something else.
    private static Behaviour Stranger(Random random)
    {
        var (what, by) = (random.Next(3), random.Next(1, 100));
        return to => to.Say(what switch
        {
            0 => to.Framed((byte)(to.Unit + by), to.Pdu),
            1 => to.Framed(to.Unit, [(byte)((to.Pdu[0] + by) & 0x7F), .. to.Pdu[1..]]),
            _ => to.Framed(to.Unit, [to.Pdu[0], (byte)(to.Pdu[1] - 2), .. to.Pdu[2..^2]]),
        });
    }
}
