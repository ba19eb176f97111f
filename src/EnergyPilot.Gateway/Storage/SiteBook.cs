using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>One version of a site's text, without the text.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Who">The account; "gateway" for what was read from the file on disk.</param>
/// <param name="Origin">The network address, or "file".</param>
/// <param name="Note">What its author says of it.</param>
/// <param name="File">The hash of the file on disk that it was made beside.</param>
internal sealed record SiteVersion(long Number, DateTimeOffset At, string Who, string Origin, string Note, string File)
{
    /// <summary>The origin of a version that a start went back to, because the one before it ended before its first cycle.</summary>
    public const string WentBack = "start";
}

/// <summary>What a data folder knows of its site before it is opened.</summary>
/// <param name="Version">The newest version that may be tried.</param>
/// <param name="IsOnTrial">No cycle has proved it yet.</param>
/// <param name="GivenUp">The number of a newer one that failed; 0 when none did.</param>
internal sealed record SitePast(SiteVersion Version, string Text, bool IsOnTrial, long GivenUp);

/// <summary>Every version of the site's text that people made on the page, and of the file on disk between them; the newest 300. On the card when a call returns.</summary>
internal sealed class SiteBook(StoreFile file)
{
    public const int MostKept = 300;

    private const int LongestText = 4 << 20;

    private const string Columns = "SELECT number, at, who, origin, note, file FROM site_version ";

    /// <summary>What is kept now is lost at the end: the folder takes nothing, and no start would find it.</summary>
    public bool IsLost => file.Missing.Length > 0;

    /// <summary>Those that no cycle has proved yet.</summary>
    public TrialBook Trials { get; } = new(file);

    /// <summary>The newest version; false as long as nobody has changed anything.</summary>
    public bool TryNewest([NotNullWhen(true)] out SiteVersion? version)
    {
        version = file.Read(c => c.Query(Columns + "ORDER BY number DESC LIMIT 1", Of)).FirstOrDefault();
        return version is not null;
    }

    /// <summary>Newest first.</summary>
    public ImmutableArray<SiteVersion> All => file.Read(c => c.Query(Columns + "ORDER BY number DESC", Of));

    public bool TryText(long number, [NotNullWhen(true)] out string? text)
    {
        text = file.Read(c => TextOf(c, number));
        return text is not null;
    }

    /// <summary>Keeps versions, in their order, with the audit lines that tell of them: all or nothing.</summary>
    /// <param name="versions">With their texts.</param>
    /// <param name="lines">What the audit says of them.</param>
    /// <param name="onTrial">The one among them that a cycle has to prove; 0 for none.</param>
    public void Add(IEnumerable<(SiteVersion Version, string Text)> versions, IEnumerable<AuditEntry> lines, long onTrial = 0)
    {
        var packed = versions.Select(v => (v.Version, Text: Pack(v.Text))).ToArray();
        file.Write(connection =>
        {
            foreach (var (version, text) in packed) Insert(connection, version, text);
            if (onTrial > 0) TrialBook.Write(connection, onTrial, TrialStep.Waits);
            foreach (var line in lines) AuditLog.Write(connection, line);
            connection.Execute("DELETE FROM site_version WHERE number <= (SELECT max(number) FROM site_version) - @kept", ("@kept", MostKept));
            connection.Execute("DELETE FROM site_trial WHERE number < (SELECT min(number) FROM site_version)");
        });
    }

    /// <summary>What a database that is not opened yet knows; nothing when there is no version, or the file cannot be read.</summary>
    /// <param name="path">The database.</param>
    /// <param name="failed">A version of which is known that it failed, should the database not know; 0 for none.</param>
    public static SitePast? Peek(string path, long failed = 0)
    {
        try
        {
            if (SoundFile.LengthOf(path) < SoundFile.SmallestPage) return null;
            using var connection = StoreFile.Connect(path, SqliteOpenMode.ReadOnly);
            return Past(connection, failed);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Where the newest failed, what a cycle has proved before it holds; what nobody proved is not tried one after the other.
    private static SitePast? Past(SqliteConnection connection, long failed)
    {
        var trials = TrialBook.Peek(connection);
        var versions = connection.Query(Columns + "ORDER BY number DESC", Of);
        if (versions.FirstOrDefault() is not { } newest) return null;
        var isGivenUp = newest.Number == failed || trials.GetValueOrDefault(newest.Number, TrialStep.Waits) != TrialStep.Waits;
        var tried = isGivenUp ? versions.FirstOrDefault(v => v.Number != failed && !trials.ContainsKey(v.Number)) : newest;
        return tried is not null && TextOf(connection, tried.Number) is { } text ? new(tried, text, trials.ContainsKey(tried.Number), isGivenUp ? newest.Number : 0) : null;
    }

    /// <summary>Tells one text of a file from another.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Insert(SqliteConnection connection, SiteVersion version, byte[] text) => connection.Execute(
        "INSERT INTO site_version (number, at, who, origin, note, file, text) VALUES (@number, @at, @who, @origin, @note, @file, @text)",
        ("@number", version.Number), ("@at", version.At.Milliseconds()), ("@who", version.Who), ("@origin", version.Origin), ("@note", version.Note), ("@file", version.File), ("@text", text));

    private static SiteVersion Of(SqliteDataReader row) => new(row.GetInt64(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5));

    private static string? TextOf(SqliteConnection connection, long number) =>
        connection.Query("SELECT text FROM site_version WHERE number = @number", row => (byte[])row.GetValue(0), ("@number", number)) is [var packed] ? Unpack(packed) : null;

    // The length, then Brotli: a site of 40 kB takes six.
    private static byte[] Pack(string text)
    {
        var (plain, into) = (Encoding.UTF8.GetBytes(text), new MemoryStream());
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, plain.Length);
        into.Write(length);
        using (var brotli = new BrotliStream(into, CompressionLevel.Fastest)) brotli.Write(plain);
        return into.ToArray();
    }

    private static string? Unpack(byte[] packed)
    {
        if (packed.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(packed) is var length && length is < 0 or > LongestText) return null;
        var plain = new byte[length];
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(packed, sizeof(int), packed.Length - sizeof(int)), CompressionMode.Decompress);
            brotli.ReadExactly(plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}
