using System.Buffers;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Random and mutated packets against the parsers: no exception, no allocation beyond the bound, and what is understood can be said again.</summary>
public static class MqttFuzz
{
    // What a parser may allocate whatever it reads: nothing in the steady state; the pool may need a buffer for a long text in pieces now and then.
    private const long AllocationBound = 96 * 1024;

    /// <summary>Runs so many cases; throws at the first that breaks the law. Returns how many were packets and how many were not.</summary>
    public static (int Packets, int Malformed) Run(int seed, int count)
    {
        var random = new Random(seed);
        var again = new ArrayBufferWriter<byte>(1 << 16);
        var (packets, malformed) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var version = random.Next(2) == 0 ? MqttVersion.V311 : MqttVersion.V50;
            var bytes = Case(random, version);
            var pieces = random.Next(3) == 0 ? MqttBytes.InPieces(bytes, random.Next(1, 9)) : new ReadOnlySequence<byte>(bytes);
            again.ResetWrittenCount();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = MqttBytes.Parse(pieces, version, again);
            if (GC.GetAllocatedBytesForCurrentThread() - before > AllocationBound)
                throw new InvalidOperationException($"Case {i} of seed {seed} allocated too much: {Convert.ToHexString(bytes)}");
            if (fault != MqttMalformed.None)
                malformed++;
            else
                packets++;
            if (fault == MqttMalformed.None && !IsStable(again.WrittenSpan.ToArray(), version))
                throw new InvalidOperationException($"Case {i} of seed {seed} is not understood when said again: {Convert.ToHexString(bytes)}");
        }

        return (packets, malformed);
    }

    /// <summary>What a client says that means no good: most of it good packets, so that it is not thrown out at once.</summary>
    public static byte[] Hostile(Random random, MqttVersion version)
    {
        if (random.Next(50) == 0)
            return Case(random, version);
        while (true)
            if (RandomPacket.Next(random, version) is var packet && IsWelcome(packet, version))
                return packet;
    }

    private static bool IsWelcome(byte[] packet, MqttVersion version)
    {
        var rest = new ReadOnlySequence<byte>(packet);
        if (!MqttFrame.TryTake(ref rest, 1 << 20, out var frame, out _))
            return false;
        if (frame.Kind == MqttPacketKind.Publish && MqttPublish.TryParse(frame, version, out var publish, out _))
            return !publish.Properties.Contains(MqttPropertyId.TopicAlias) && !publish.Properties.Contains(MqttPropertyId.SubscriptionIdentifier);
        return frame.Kind is MqttPacketKind.Subscribe or MqttPacketKind.Unsubscribe or MqttPacketKind.Puback or MqttPacketKind.Pubrel or MqttPacketKind.Pingreq;
    }

    private static byte[] Case(Random random, MqttVersion version)
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(64)];
            random.NextBytes(noise);
            return noise;
        }

        var bytes = RandomPacket.Next(random, version);
        return random.Next(6) switch
        {
            0 => bytes,
            1 => bytes[..random.Next(bytes.Length)],
            2 => [.. bytes[..random.Next(bytes.Length)], (byte)random.Next(256), .. bytes[random.Next(bytes.Length)..]],
            _ => Mutated(random, bytes),
        };
    }

    private static byte[] Mutated(Random random, byte[] bytes)
    {
        for (var n = random.Next(1, 6); n > 0; n--)
            bytes[random.Next(bytes.Length)] = random.Next(3) switch
            {
                0 => 0,
                1 => 0xFF,
                _ => (byte)random.Next(256),
            };
        return bytes;
    }

    private static bool IsStable(byte[] said, MqttVersion version)
    {
        var twice = new ArrayBufferWriter<byte>(said.Length + 1);
        return MqttBytes.Parse(new(said), version, twice) == MqttMalformed.None && twice.WrittenSpan.SequenceEqual(said);
    }
}
