using System.Buffers.Binary;
using System.IO.Compression;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Opens packed days one after the other in the same memory: a year of one point is 365 of them. What it tells is that of the block that was opened last;
/// a block that is damaged holds nothing.
/// </summary>
internal sealed class DayReader
{
    private byte[] opened = [];
    private long[] whole = [];
    private double[] real = [];

    /// <summary>States or samples of the open block.</summary>
    public int Count { get; private set; }

    public void OpenStates(ReadOnlySpan<byte> block) => Open(block, PackedDay.RollUpFormat, PackedDay.MostStates, wholes: 6, reals: 8);

    public void OpenSamples(ReadOnlySpan<byte> block) => Open(block, PackedDay.SampleFormat, PackedDay.MostSamples, wholes: 4, reals: 1);

    public (long Start, RollUp State) State(int i)
    {
        var (n, start) = (Count, whole[i]);
        return (start, new RollUp(
            (int)whole[n + i], real[i], real[n + i], real[2 * n + i], real[3 * n + i], real[4 * n + i], start + whole[2 * n + i], real[5 * n + i],
            start + whole[3 * n + i], start + whole[4 * n + i], start + whole[5 * n + i], real[6 * n + i], real[7 * n + i]));
    }

    public PackedSample Sample(int i) => new(whole[i], whole[Count + i], real[i], (int)whole[3 * Count + i], whole[2 * Count + i]);

    private void Open(ReadOnlySpan<byte> block, byte format, int most, int wholes, int reals)
    {
        Count = 0;
        if (!PackedDay.IsSound(block) || block[0] != format) return;
        var length = BinaryPrimitives.ReadInt32LittleEndian(block[5..]);
        if (length is < 1 or > PackedDay.LargestDay) return;
        Room(ref opened, length);
        if (!BrotliDecoder.TryDecompress(block[PackedDay.Header..], opened, out var written) || written != length) return;
        ReadOnlySpan<byte> left = opened.AsSpan(0, length);
        if (!Columns.TryReadNumber(ref left, out var rows) || rows < 0 || rows > most) return;
        var n = (int)rows;
        Room(ref whole, wholes * n);
        Room(ref real, reals * n);
        for (var c = 0; c < wholes; c++)
            if (!Columns.TryRead(ref left, whole.AsSpan(c * n, n))) return;
        for (var c = 0; c < reals; c++)
            if (!Columns.TryRead(ref left, real.AsSpan(c * n, n))) return;
        Count = n;
    }

    private static void Room<T>(ref T[] room, int needed)
    {
        if (room.Length < needed) room = new T[Math.Max(needed, 2 * room.Length)];
    }
}
