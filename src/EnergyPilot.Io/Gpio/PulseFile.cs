using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EnergyPilot.Io.Gpio;

/// <summary>
/// Keeps the absolute counts of pulse meters over restarts, kills and power cuts. Two slots are written in turn, each with a sequence
/// number and a checksum: the one that is known to be on the card is never touched before the other one is there too, so that a
/// torn write costs the pulses since, and an older count is never mistaken for a newer. Not safe for several threads.
/// </summary>
public sealed class PulseFile : IDisposable
{
    /// <summary>Meters that fit.</summary>
    public const int MostMeters = 252;

    // A slot is a page of the card: writing one does not rewrite the other.
    internal const int SlotBytes = 4096;
    private const int Slots = 2, HeadBytes = 32, MeterBytes = 16, SumBytes = 16;

    // "EPULSE" and the version of the format.
    private const ulong Mark = 0x45_50_55_4C_53_45_00_01;

    private readonly SafeFileHandle file;
    private readonly byte[] slot = new byte[SlotBytes];
    private readonly Dictionary<ulong, long> counts = [];
    private ulong sequence;
    private int durable;

    private PulseFile(SafeFileHandle file) => this.file = file;

    /// <summary>Whether counts have changed since they were last written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether something was written that is not yet known to be on the card.</summary>
    public bool IsUnsynced { get; private set; }

    /// <summary>Opens a file, or makes it; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>. Damage is no error: what is intact counts.</summary>
    public static PulseFile Open(string path)
    {
        var opened = new PulseFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            opened.Load();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>What a meter had counted; 0 when it is not known here.</summary>
    public long Count(string meter) => counts.GetValueOrDefault(Key(meter));

    /// <summary>Takes a meter's count; it is on the card after <see cref="Write"/> and <see cref="Sync"/>.</summary>
    /// <exception cref="InvalidOperationException">There are more than <see cref="MostMeters"/>.</exception>
    public void Set(string meter, long count)
    {
        var key = Key(meter);
        if (counts.TryGetValue(key, out var known) && known == count)
            return;
        if (counts.Count == MostMeters && !counts.ContainsKey(key))
            throw new InvalidOperationException($"A file of counts holds at most {MostMeters} meters.");
        counts[key] = count;
        IsChanged = true;
    }

    /// <summary>Hands the counts to the operating system: from now on they survive the end of this process, however it ends. Throws <see cref="IOException"/>.</summary>
    public void Write()
    {
        Fill(slot, sequence + 1);
        RandomAccess.Write(file, slot, (1 - durable) * SlotBytes);
        sequence++;
        (IsChanged, IsUnsynced) = (false, true);
    }

    /// <summary>Waits until what was written is on the card: from now on it survives a power cut. Throws <see cref="IOException"/>.</summary>
    public void Sync()
    {
        RandomAccess.FlushToDisk(file);
        durable = 1 - durable;
        IsUnsynced = false;
    }

    /// <summary>Closes the file; what was not written is lost.</summary>
    public void Dispose() => file.Dispose();

    private void Load()
    {
        var best = -1;
        for (var at = 0; at < Slots; at++)
        {
            slot.AsSpan().Clear();
            RandomAccess.Read(file, slot, at * SlotBytes);
            if (!IsIntact(slot) || (best >= 0 && Sequence(slot) < sequence))
                continue;
            (best, sequence) = (at, Sequence(slot));
            Take(slot);
        }

        // A gateway that was killed may have left it to the operating system to write it.
        RandomAccess.FlushToDisk(file);
        durable = Math.Max(best, 0);
        if (RandomAccess.GetLength(file) < Slots * SlotBytes)
            RandomAccess.SetLength(file, Slots * SlotBytes);
    }

    private void Take(ReadOnlySpan<byte> from)
    {
        counts.Clear();
        for (var i = 0; i < Meters(from); i++)
        {
            var meter = from.Slice(HeadBytes + i * MeterBytes, MeterBytes);
            counts[BinaryPrimitives.ReadUInt64LittleEndian(meter)] = BinaryPrimitives.ReadInt64LittleEndian(meter[8..]);
        }
    }

    private void Fill(Span<byte> into, ulong number)
    {
        into.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(into, Mark);
        BinaryPrimitives.WriteUInt64LittleEndian(into[8..], number);
        BinaryPrimitives.WriteInt32LittleEndian(into[16..], counts.Count);
        var at = HeadBytes;
        foreach (var (meter, count) in counts)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(into[at..], meter);
            BinaryPrimitives.WriteInt64LittleEndian(into[(at + 8)..], count);
            at += MeterBytes;
        }

        Sum(into, into[^SumBytes..]);
    }

    private static bool IsIntact(ReadOnlySpan<byte> from)
    {
        Span<byte> sum = stackalloc byte[SumBytes];
        Sum(from, sum);
        return BinaryPrimitives.ReadUInt64LittleEndian(from) == Mark && Meters(from) is >= 0 and <= MostMeters && sum.SequenceEqual(from[^SumBytes..]);
    }

    private static ulong Sequence(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt64LittleEndian(from[8..]);

    private static int Meters(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt32LittleEndian(from[16..]);

    private static void Sum(ReadOnlySpan<byte> from, Span<byte> sum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(from[..^SumBytes], hash);
        hash[..SumBytes].CopyTo(sum);
    }

    private static ulong Key(string meter)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(meter), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
