using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A sample as it lies in a packed day.</summary>
/// <param name="At">[ms since 1970]</param>
internal readonly record struct PackedSample(long Sequence, long At, double Value, int Quality, long Segment);

/// <summary>
/// A day of one point as one block of some hundred bytes: by columns, then Brotli. A row of its own would cost thirty times as much,
/// and a year of one point would lie on ten thousand pages of the card. A block that is damaged reads as nothing.
/// </summary>
internal static class PackedDay
{
    // Format, CRC-32C of all that follows it, length before compression.
    public const int Header = 9;
    public const byte SampleFormat = 1, RollUpFormat = 2;
    public const int MostSamples = 200_000, MostStates = 96, LargestDay = 8 << 20;
    private const int Quality = 4, Window = 18;

    public static byte[] Of(IReadOnlyList<PackedSample> samples)
    {
        var sink = Begin(samples.Count);
        Longs(sink, samples, s => s.Sequence);
        Longs(sink, samples, s => s.At);
        Longs(sink, samples, s => s.Segment);
        Longs(sink, samples, s => s.Quality);
        Doubles(sink, samples, s => s.Value);
        return Close(sink, SampleFormat);
    }

    public static ImmutableArray<PackedSample> Samples(ReadOnlySpan<byte> block)
    {
        var day = new DayReader();
        day.OpenSamples(block);
        var samples = ImmutableArray.CreateBuilder<PackedSample>(day.Count);
        for (var i = 0; i < day.Count; i++) samples.Add(day.Sample(i));
        return samples.MoveToImmutable();
    }

    /// <param name="states">In order of time, all of one day.</param>
    public static byte[] Of(IReadOnlyList<(long Start, RollUp State)> states)
    {
        var sink = Begin(states.Count);
        Longs(sink, states, s => s.Start);
        Longs(sink, states, s => s.State.Count);
        // Times of samples are kept from the bucket's beginning: small numbers.
        Longs(sink, states, s => s.State.FirstAt - s.Start);
        Longs(sink, states, s => s.State.LastAt - s.Start);
        Longs(sink, states, s => s.State.Begins - s.Start);
        Longs(sink, states, s => s.State.Ends - s.Start);
        foreach (var field in Fields) Doubles(sink, states, s => field(s.State));
        return Close(sink, RollUpFormat);
    }

    public static ImmutableArray<(long Start, RollUp State)> States(ReadOnlySpan<byte> block)
    {
        var day = new DayReader();
        day.OpenStates(block);
        var states = ImmutableArray.CreateBuilder<(long, RollUp)>(day.Count);
        for (var i = 0; i < day.Count; i++) states.Add(day.State(i));
        return states.MoveToImmutable();
    }

    /// <summary>Whether this block is as it was written.</summary>
    public static bool IsSound(ReadOnlySpan<byte> block) => block.Length >= Header
        && Columns.Checksum(block[5..]) == BinaryPrimitives.ReadUInt32LittleEndian(block[1..]);

    private static readonly Func<RollUp, double>[] Fields = [s => s.Seconds, s => s.Sum, s => s.Min, s => s.Max, s => s.First, s => s.Last, s => s.Standing, s => s.Rise];

    private static ArrayBufferWriter<byte> Begin(int count)
    {
        var sink = new ArrayBufferWriter<byte>(4096);
        Columns.WriteNumber(sink, count);
        return sink;
    }

    private static void Longs<T>(ArrayBufferWriter<byte> sink, IReadOnlyList<T> rows, Func<T, long> of) => Columns.Write(sink, rows.Select(of).ToArray().AsSpan());

    private static void Doubles<T>(ArrayBufferWriter<byte> sink, IReadOnlyList<T> rows, Func<T, double> of) => Columns.Write(sink, rows.Select(of).ToArray().AsSpan());

    private static byte[] Close(ArrayBufferWriter<byte> sink, byte format)
    {
        var block = new byte[Header + BrotliEncoder.GetMaxCompressedLength(sink.WrittenCount)];
        if (!BrotliEncoder.TryCompress(sink.WrittenSpan, block.AsSpan(Header), out var length, Quality, Window))
            throw new InvalidOperationException("Brotli needs more room than it says.");
        block[0] = format;
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(5), sink.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(1), Columns.Checksum(block.AsSpan(5, Header - 5 + length)));
        return block[..(Header + length)];
    }
}
