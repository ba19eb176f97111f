using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Random and mutated frames through everything that reads what a meter, or whoever pretends to be one, sends.</summary>
internal static class MBusFuzz
{
    /// <summary>What one frame of at most 261 bytes may cost: some 120 records of two bytes each, in a list that grows.</summary>
    public const long MostBytesPerFrame = 64 * 1024;

    /// <summary>Runs so many cases; throws what a parser throws, and fails when one frame costs more than its bound.</summary>
    public static void Run(int seed, long count)
    {
        var random = new Random(seed);
        var reader = new MBusFrameReader();
        var slave = new MBusSlave(new MBusVirtualMeter(new MBusIdentity(0x12345678, 0x2C2D, 1, MBusMedium.Heat), 1));
        var frame = new byte[2 * MBusFrame.MaxLength];
        var answer = new byte[MBusFrame.MaxLength];
        for (var n = 0L; n < count; n++)
        {
            var length = Compose(random, frame);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read(reader, slave, frame.AsSpan(0, length), answer);
            var cost = GC.GetAllocatedBytesForCurrentThread() - before;
            if (cost > MostBytesPerFrame)
                Assert.Fail($"Seed {seed}, case {n}: {cost} bytes for {Convert.ToHexString(frame, 0, length)}");
        }
    }

    private static void Read(MBusFrameReader reader, MBusSlave slave, ReadOnlySpan<byte> bytes, Span<byte> answer)
    {
        reader.Append(bytes);
        while (reader.TryRead(out var frame))
        {
            slave.Answer(frame, answer);
            _ = MBusTelegram.TryParse(frame.Application, out _);
        }

        while (reader.TryReadLast(out _))
        {
        }

        // Also without the frame around it, as if every check sum were right.
        foreach (var ci in (ReadOnlySpan<byte>)[0x72, 0x73, 0x76, 0x78, 0x7A])
            _ = MBusTelegram.TryParse([ci, .. bytes[..Math.Min(bytes.Length, MBusFrame.MaxApplication - 1)]], out _);
    }

    private static int Compose(Random random, Span<byte> frame)
    {
        if (random.Next(4) == 0)
        {
            var length = random.Next(MBusFrame.MaxLength + 1);
            random.NextBytes(frame[..length]);
            return length;
        }

        var recorded = RecordedFrame.All[random.Next(RecordedFrame.All.Count)].Bytes;
        recorded.CopyTo(frame);
        for (var changes = random.Next(6); changes > 0; changes--)
            frame[random.Next(recorded.Length)] = (byte)random.Next(256);
        var kept = random.Next(8) == 0 ? random.Next(recorded.Length) : recorded.Length;
        if (random.Next(2) == 0 && kept == recorded.Length)
            Repair(frame, recorded.Length);
        return kept;
    }

    /// <summary>So that the change is not caught by the link layer.</summary>
    private static void Repair(Span<byte> frame, int length)
    {
        frame[0] = frame[3] = 0x68;
        frame[1] = frame[2] = (byte)(length - 6);
        frame[length - 2] = MBusFrame.Sum(frame[4..(length - 2)]);
        frame[length - 1] = 0x16;
    }
}
