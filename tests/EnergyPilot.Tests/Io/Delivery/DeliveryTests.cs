using System.Buffers;
using EnergyPilot.Io.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Delivery;

public sealed class DeliveryTests
{
    [Fact]
    public void Sequences_are_read_as_they_were_written() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<long[]>(), sequences =>
    {
        var read = new long[sequences.Length];
        DeliverySequences.TryRead(Written(sequences), read, out var count).ShouldBeTrue();
        (count, read).ShouldSatisfyAllConditions(r => r.count.ShouldBe(sequences.Length), r => r.read.ShouldBe(sequences));
    }));

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, "020202")]
    [InlineData(new long[] { 1000, 999 }, "D00F01")]
    [InlineData(new[] { long.MaxValue }, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(new[] { long.MinValue }, "FFFFFFFFFFFFFFFFFF01")]
    public void Sequences_are_those_of_protocol_buffers(long[] sequences, string bytes) => Convert.ToHexString(Written(sequences)).ShouldBe(bytes);

    [Theory]
    [InlineData("80")]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("80808080808080808080")]
    [InlineData("0202020202")]
    public void What_is_no_sequence_is_refused(string bytes) => DeliverySequences.TryRead(Convert.FromHexString(bytes), new long[4], out _).ShouldBeFalse();

    [Fact]
    public void Ranges_know_what_a_set_knows() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var chance = new Random(seed);
        var ranges = new SequenceRanges(10);
        var all = Enumerable.Range(1, 10).Select(n => (long)n).ToHashSet();
        for (var step = 0; step < 40; step++)
        {
            var after = chance.Next(0, 120);
            var through = after + chance.Next(0, 12);
            ranges.Add(after, through);
            for (long n = after + 1; n <= through; n++) all.Add(n);
            var complete = 0L;
            while (all.Contains(complete + 1)) complete++;
            ranges.Through.ShouldBe(complete);
            for (long n = 1; n < 140; n++) ranges.Contains(n).ShouldBe(all.Contains(n), $"{n}");
            ranges.Beyond.ShouldBe(Enumerable.Range((int)complete + 1, 140).Count(n => all.Contains(n) && !all.Contains(n - 1)));
        }
    }));

    [Fact]
    public void Stretches_beyond_gaps_are_bounded()
    {
        var ranges = new SequenceRanges(0);
        for (var n = 1; n <= 3000; n++) ranges.Add(2 * n, 2 * n + 1);
        ranges.Beyond.ShouldBeLessThanOrEqualTo(1000);
        ranges.Contains(6001).ShouldBeTrue();
    }

    private static byte[] Written(long[] sequences)
    {
        var buffer = new ArrayBufferWriter<byte>();
        long before = 0;
        foreach (var sequence in sequences)
        {
            DeliverySequences.Write(buffer, before, sequence);
            before = sequence;
        }

        return buffer.WrittenSpan.ToArray();
    }
}
