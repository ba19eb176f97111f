using EnergyPilot.Io.Tic;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>Random and mutated frames: no exception, nothing kept beyond its bound.</summary>
internal static class TicFuzz
{
    private static readonly byte[][] Samples =
    [
        TicSamples.Bytes(TicSamples.HistoricHours), TicSamples.Bytes(TicSamples.HistoricTempo), TicSamples.Bytes(TicSamples.HistoricThreePhase),
        TicSamples.Bytes(TicSamples.Standard), TicSamples.Bytes(TicSamples.StandardSummer),
    ];

    private static readonly byte[] Structure = [0x02, 0x03, 0x04, 0x09, 0x0A, 0x0D, 0x20, 0x82, (byte)'E', (byte)'0'];

    // A group of seven bytes becomes two strings and a place in two lists.
    private const int AllocatedPerByte = 64;
    private const int AllocatedAtMostBeside = 64 * 1024;

    /// <summary>Parses so many inputs; returns how many frames were found. The same seed gives the same inputs.</summary>
    public static long Run(int seed, int count)
    {
        var random = new Random(seed);
        var parser = new TicParser();
        for (var n = 0; n < count; n++)
        {
            var input = Input(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Parse(parser, input, random.Next(1, 200));
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(AllocatedAtMostBeside + AllocatedPerByte * input.Length);
        }

        return parser.Statistics.Frames;
    }

    private static void Parse(TicParser parser, ReadOnlySpan<byte> input, int piece)
    {
        while (!input.IsEmpty)
        {
            var taken = input[..Math.Min(piece, input.Length)];
            input = input[taken.Length..];
            while (parser.TryTake(ref taken, out var frame))
                Inspect(frame);
        }
    }

    private static void Inspect(TicFrame frame)
    {
        if (frame.Groups.Count is 0 or > TicParser.MostGroups)
            throw new InvalidOperationException($"{frame.Groups.Count} groups");
        foreach (var group in frame.Groups)
        {
            if (group.Label.Length is 0 or > 9 || group.Value.Length > TicParser.LongestGroup)
                throw new InvalidOperationException($"'{group.Label}' '{group.Value}'");
            _ = frame.TryRead(group.Label, out _) || TicStatus.TryParse(group.Value, out _);
        }
    }

    private static byte[] Input(Random random)
    {
        if (random.Next(5) == 0)
            return Noise(random);
        byte[] bytes = [.. Samples[random.Next(Samples.Length)]];
        for (var changes = random.Next(4); changes > 0; changes--)
            bytes = Changed(bytes, random);
        return bytes;
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 600)];
        random.NextBytes(bytes);
        var structured = random.Next(2) == 0;
        for (var i = 0; structured && i < bytes.Length; i++)
            if (random.Next(3) == 0)
                bytes[i] = Structure[random.Next(Structure.Length)];
        return bytes;
    }

    private static byte[] Changed(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = Structure[random.Next(Structure.Length)];
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..], 0x03];
            case 3:
                return [.. bytes[..at], .. Noise(random), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
        }
    }
}
