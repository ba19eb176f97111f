using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Why something else than expected holds.</summary>
internal enum SiteTrouble { None, FileWrong, VersionUnreadable }

/// <summary>
/// With which text of the site a gateway starts. What people changed on the page are versions in the data folder, made beside a file on disk that nobody but the
/// installer writes. While that file is the same, the newest version holds; once somebody has edited it, the file does. What cannot be read makes way for what can:
/// a gateway starts whenever one of both makes sense.
/// </summary>
/// <param name="Edition">What holds.</param>
/// <param name="FileHash">Of the file on disk.</param>
/// <param name="IsFileNew">There are versions, and the file on disk becomes one.</param>
/// <param name="Trouble">What people must know.</param>
internal sealed record SiteStart(SiteEdition Edition, string FileHash, bool IsFileNew, SiteTrouble Trouble)
{
    /// <summary>No cycle has ended with it yet.</summary>
    public bool IsOnTrial { get; init; }

    /// <summary>The version that ended before its first cycle, so that an earlier one holds; 0 when none did.</summary>
    public long GivenUp { get; init; }

    /// <summary>The start, or everything that is wrong.</summary>
    public static Parsed<SiteStart> Choose(SiteSources file, SitePast? newest)
    {
        var (hash, number) = (SiteBook.Hash(file.Site.Text), newest?.Version.Number ?? 0);
        var onDisk = SiteFile.Parse(file);
        if (newest is not { } stored) return Of(onDisk, file, 0, hash, isFileNew: false, SiteTrouble.None);

        var changed = file with { Site = file.Site with { Text = stored.Text } };
        var version = SiteFile.Parse(changed);
        return (stored.Version.File == hash, onDisk.Mistakes.IsEmpty, version.Mistakes.IsEmpty) switch
        {
            (true, _, true) => Tried(Of(version, changed, number, hash, isFileNew: false, SiteTrouble.None)),
            (true, _, false) => Of(onDisk, file, number, hash, isFileNew: true, SiteTrouble.VersionUnreadable),
            (false, false, true) => Tried(Of(version, changed, number, hash, isFileNew: false, SiteTrouble.FileWrong)),
            _ => Of(onDisk, file, number, hash, isFileNew: true, SiteTrouble.None),
        };

        Parsed<SiteStart> Tried(Parsed<SiteStart> parsed) => parsed.As(start => start with { IsOnTrial = stored.IsOnTrial, GivenUp = stored.GivenUp });
    }

    /// <summary>With the files of these options, and what their data folder knows.</summary>
    /// <param name="options">Of the program.</param>
    /// <param name="failed">A version that must not be tried again; 0 for none.</param>
    /// <exception cref="IOException">There is no version, and the site file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static Parsed<SiteStart> Find(GatewayOptions options, long failed = 0)
    {
        var newest = SiteBook.Peek(Path.Combine(options.DataFolder, Store.FileName), failed);
        try
        {
            return Choose(ConfigFolder.Sources(options.SiteFile), newest);
        }
        catch (Exception e) when (newest is not null && e is IOException or UnauthorizedAccessException)
        {
            return Choose(ConfigFolder.Sources(options.SiteFile, new DocumentText(options.SiteFile, "")), newest);
        }
    }

    private static Parsed<SiteStart> Of(Parsed<Site> parsed, SiteSources sources, long number, string hash, bool isFileNew, SiteTrouble trouble) =>
        parsed.As(site => new SiteStart(new SiteEdition(site, sources, number), hash, isFileNew, trouble));
}
