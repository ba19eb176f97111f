using System.Collections.Immutable;
using System.Text.Json;

namespace EnergyPilot.Gateway.Recording;

/// <summary>A recorded day, as far as it is sound.</summary>
/// <param name="Sections">In the order in which they were recorded; a restart begins a new one.</param>
/// <param name="LostBytes">What stands behind the first damage: the last minutes before a power cut.</param>
internal sealed record RecordedDay(ImmutableArray<RecordedSection> Sections, int LostBytes)
{
    private const long LargestFile = 64 * 1024 * 1024;

    /// <summary>Reads a day's file, also while it is being written.</summary>
    /// <exception cref="InvalidDataException">The file is no recorded day, or none for this program; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RecordedDay Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > LargestFile) throw new InvalidDataException($"{path} is no recorded day: it has {stream.Length} bytes.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return TryParse(bytes, out var day, out var trouble) ? day : throw new InvalidDataException($"{path} {trouble}");
    }

    /// <summary>Reads a day; false with what is wrong when there is nothing of it to be read.</summary>
    public static bool TryParse(byte[] file, out RecordedDay day, out string trouble)
    {
        day = new([], 0);
        trouble = !file.AsSpan().StartsWith(DayFile.AnySignature) ? "is no recorded day."
            : !file.AsSpan().StartsWith(DayFile.Signature) ? "is in a format that this program does not know: another version recorded it, and can replay it."
            : "";
        if (trouble.Length > 0) return false;
        var sections = ImmutableArray.CreateBuilder<RecordedSection>();
        var at = DayFile.Signature.Length;
        while (DayFile.TryFrame(file.AsSpan(at), out var frame))
        {
            if (DayFile.Kind(frame) == FrameKind.Section)
            {
                if (!TryHeader(frame, out var header, out trouble)) return false;
                sections.Add(new RecordedSection(header));
            }
            else if (sections.Count > 0) sections[^1].Add(DayFile.Kind(frame), file.AsMemory(at, frame.Length));
            at += frame.Length;
        }

        day = new(sections.ToImmutable(), file.Length - at);
        return true;
    }

    private static bool TryHeader(ReadOnlySpan<byte> frame, out SectionHeader header, out string trouble)
    {
        (header, trouble) = (Nothing, "");
        try
        {
            if (DayFile.TryUnpack(frame, out var json) && JsonSerializer.Deserialize(json, RecordedJson.Default.SectionHeader) is { } read)
            {
                header = read;
                return true;
            }

            trouble = "is damaged: a section's beginning cannot be unpacked.";
        }
        catch (JsonException e)
        {
            trouble = $"was recorded by another version, whose memory this program cannot read ({e.Message.TrimEnd('.')}). That version can replay it.";
        }

        return false;
    }

    private static readonly SectionHeader Nothing = new("", Guid.Empty, new("", "", ""), [], [], Core.Control.Memory.Empty);
}
