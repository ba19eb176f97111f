using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>Random and mutated payloads through everything that reads them: no exception, no allocation, and a walk that ends.</summary>
internal static class SparkplugFuzz
{
    // Limits that mutated payloads do reach.
    private static readonly SparkplugLimits Limits = new(1500, 40, 9);

    private static readonly byte[][] Samples =
    [
        .. Enumerable.Range(0, 200).Select(seed => RandomPayload.Next(new Random(seed)).Bytes()).Where(bytes => bytes.Length > 0),
        .. Enumerable.Range(0, 20).SelectMany(_ => new[] { Convert.FromHexString(TahuSamples.DataSet), Convert.FromHexString(TahuSamples.Template) }),
    ];

    private static readonly byte[][] Metrics =
        [.. Enumerable.Range(0, 100).Select(seed => (RandomPayload.Next(new Random(seed)) with { Timestamp = null, Sequence = null, Uuid = "", Body = "" }).Bytes())];

    /// <summary>Runs so many cases; throws at the first that breaks the law. Returns how many were taken and how many were not.</summary>
    public static (int Taken, int Refused) Run(int seed, int count)
    {
        var random = new Random(seed);
        var (taken, refused) = (0, 0);
        // What is run once for the first time costs the runtime some bytes.
        foreach (var sample in Samples)
            _ = SparkplugWalk.Through(sample, Limits);
        for (var i = 0; i < count; i++)
        {
            var bytes = Case(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = SparkplugWalk.Through(bytes, Limits);
            if (GC.GetAllocatedBytesForCurrentThread() != before)
                throw new InvalidOperationException($"Case {i} of seed {seed} allocated: {Convert.ToHexString(bytes)}");
            if (fault == SparkplugFault.None)
                taken++;
            else
                refused++;
        }

        return (taken, refused);
    }

    private static byte[] Case(Random random)
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(80)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] bytes = [.. Samples[random.Next(Samples.Length)]];
        var other = Samples[random.Next(Samples.Length)];
        return random.Next(6) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes[..random.Next(bytes.Length)], (byte)random.Next(256), .. bytes[random.Next(bytes.Length)..]],
            2 => [.. bytes[..random.Next(bytes.Length)], .. other],
            3 => Wrapped(random, [.. Metrics[random.Next(Metrics.Length)]]),
            _ => Mutated(random, bytes),
        };
    }

    private static byte[] Mutated(Random random, byte[] bytes)
    {
        for (var n = random.Next(1, 5); n > 0; n--)
            bytes[random.Next(bytes.Length)] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xFF,
                2 => (byte)(random.Next(1, 20) << 3 | 2),
                _ => (byte)random.Next(256),
            };
        return bytes;
    }

    /// <summary>Metrics as the template of a metric, and again: metrics have the same field number in a payload and in a template.</summary>
    private static byte[] Wrapped(Random random, byte[] bytes)
    {
        for (var depth = random.Next(1, 8); depth > 0; depth--)
            bytes = SparkplugBytes.Message(2, SparkplugBytes.Message(18, bytes));
        return bytes;
    }
}
