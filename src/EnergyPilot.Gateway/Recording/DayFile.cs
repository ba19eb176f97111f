using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;

namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// The bytes of a day's file: a line that names the format, then frames that are only ever appended. A frame is
/// length (4 bytes, little-endian), length unpacked (4), CRC-32C of all that follows it and of both lengths (4), kind (1), Brotli data.
/// A power cut leaves a torn frame at the end: reading stops before it, the next writer cuts it off.
/// </summary>
internal static class DayFile
{
    public const string Ending = ".day";

    /// <summary>No frame is larger, packed or unpacked; whoever claims so is damaged.</summary>
    public const int LargestFrame = 16 * 1024 * 1024;

    private const int Head = 13, Quality = 2, Window = 16;

    public static ReadOnlySpan<byte> Signature => "EnergyPilot day, format 1\n"u8;

    /// <summary>The beginning that every format has.</summary>
    public static ReadOnlySpan<byte> AnySignature => "EnergyPilot day, format "u8;

    public static byte[] Pack(FrameKind kind, ReadOnlySpan<byte> content)
    {
        var frame = new byte[Head + BrotliEncoder.GetMaxCompressedLength(content.Length)];
        if (content.Length > LargestFrame || !BrotliEncoder.TryCompress(content, frame.AsSpan(Head), out var length, Quality, Window))
            throw new InvalidOperationException($"A frame of {content.Length} bytes cannot be packed.");
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), content.Length);
        frame[12] = (byte)kind;
        var whole = frame.AsSpan(0, Head + length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Checksum(whole));
        return whole.ToArray();
    }

    /// <summary>The next sound frame, packed; false at the end and where damage begins.</summary>
    public static bool TryFrame(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (rest.Length < Head) return false;
        var (packed, unpacked) = (BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
        if (packed < 0 || unpacked is < 0 or > LargestFrame || packed > rest.Length - Head) return false;
        frame = rest[..(Head + packed)];
        return BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]) == Checksum(frame);
    }

    public static FrameKind Kind(ReadOnlySpan<byte> frame) => (FrameKind)frame[12];

    /// <summary>What is in a sound frame; false when it is not what it says it is.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> frame, out byte[] content)
    {
        content = new byte[BinaryPrimitives.ReadInt32LittleEndian(frame[4..])];
        return BrotliDecoder.TryDecompress(frame[Head..], content, out var written) && written == content.Length;
    }

    /// <summary>How many bytes of a file are sound: its signature and the frames up to the first damage. 0 for a file of another kind.</summary>
    public static int SoundLength(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature)) return 0;
        var sound = Signature.Length;
        while (TryFrame(file[sound..], out var frame)) sound += frame.Length;
        return sound;
    }

    // Everything but the checksum itself.
    private static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = ~0u;
        crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(frame));
        frame = frame[12..];
        for (; frame.Length >= 8; frame = frame[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(frame));
        foreach (var one in frame) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}

/// <summary>What a frame holds.</summary>
internal enum FrameKind : byte
{
    /// <summary>A <see cref="SectionHeader"/>.</summary>
    Section = 1,

    /// <summary>Cycles of the section before it.</summary>
    Cycles = 2,

    /// <summary>What was decided in the cycles of the next frame, where it changed. Programs that know no such frame pass over it.</summary>
    Decisions = 3,
}
