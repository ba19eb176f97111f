using System.Collections.Immutable;
using System.Globalization;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A database file that could not be read and was set aside; it stays in the folder until a person removes it.</summary>
/// <param name="Path">Where it is now.</param>
/// <param name="At">When it was set aside.</param>
internal sealed record DamagedFile(string Path, DateTimeOffset At)
{
    private const string Mark = ".damaged-";
    private const string Stamp = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>
    /// Moves a database and its journal out of the way. The database goes last: a new file beside an old journal would take
    /// the journal for its own, whereas an old file without its journal is only found damaged once more.
    /// </summary>
    public static DamagedFile SetAside(string path, DateTimeOffset at)
    {
        var aside = Free(path + Mark + at.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture));
        foreach (var part in (ReadOnlySpan<string>)["-wal", "-shm", ""])
            if (File.Exists(path + part)) File.Move(path + part, aside + part);
        return new(aside, at);
    }

    /// <summary>Every file that was ever set aside beside this one and is still there, be it only its journal, oldest first.</summary>
    public static ImmutableArray<DamagedFile> Beside(string path) =>
    [
        .. Directory.EnumerateFiles(FolderOf(path), System.IO.Path.GetFileName(path) + Mark + "*")
            .Select(file => file.EndsWith("-wal", StringComparison.Ordinal) || file.EndsWith("-shm", StringComparison.Ordinal) ? file[..^4] : file)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(file => new DamagedFile(file, TimeIn(file))),
    ];

    private static string FolderOf(string path) => System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";

    private static DateTimeOffset TimeIn(string file)
    {
        var text = file.AsSpan(file.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length);
        var end = text.IndexOf('Z') + 1;
        return DateTimeOffset.TryParseExact(
            text[..end], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;
    }

    // Without a clock battery two starts may fall on the same instant.
    private static string Free(string wanted)
    {
        var free = wanted;
        for (var n = 2; File.Exists(free) || File.Exists(free + "-wal"); n++) free = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        return free;
    }
}
