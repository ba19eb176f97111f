using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// The one place where the site is changed, by whoever and from wherever: looked at first, kept as a version with its audit lines, then in force, live where that is
/// possible. All members may be used from any thread.
/// </summary>
internal sealed partial class SiteDesk(LiveSite live, SiteBook book, TimeProvider time, ILogger<SiteDesk> log)
{
    private const int MostLines = 20, LongestNote = 200;

    private static readonly SiteSources NoFiles = new(new("", ""), ImmutableDictionary<string, DocumentText>.Empty, ImmutableDictionary<string, DocumentText>.Empty);

    private readonly Lock gate = new();
    private volatile SiteEdition newest = live.Now;
    private readonly SiteTrial trial = new(book.Trials, log);
    private ImmutableArray<Alarm> trouble = [];
    private Alarm? wentBack;

    /// <summary>Reads everything that a site with this text may name.</summary>
    public Func<DocumentText, SiteSources> Files { get; init; } = text => (live.Now.Sources ?? NoFiles) with { Site = text };

    /// <summary>What this run does to every site that it reads: a virtual school has an uplink of its own.</summary>
    public Func<Site, Site> Adapt { get; init; } = site => site;

    /// <summary>Lets the host begin anew.</summary>
    public Action BeginAnew { get; init; } = () => { };

    /// <summary>Hash of the file on disk as it was read at the start.</summary>
    public string FileHash { get; init; } = "";

    /// <summary>The site as it was changed last; for some seconds the control may still be about to begin anew with it.</summary>
    public Site Current => newest.Site;

    /// <summary>Its text.</summary>
    public DocumentText Text => TextIn(newest);

    /// <summary>Counts the changes; whoever changes it says on which of them that rests.</summary>
    public long Version => newest.Version;

    /// <summary>All versions that are kept, newest first; none as long as nobody has changed anything.</summary>
    public ImmutableArray<SiteVersion> Versions => book.All;

    /// <summary>The text of one of them; nothing when it is not kept.</summary>
    public DocumentText? TextOf(long version) => version == Version ? Text : book.TryText(version, out var text) ? Text with { Text = text } : null;

    /// <summary>What becomes of the site with this text.</summary>
    public SitePreview Preview(DocumentText next) => Preview(newest, next).Preview;

    /// <summary>What becomes of it with these edits; one that cannot be done is a mistake.</summary>
    public SitePreview Preview(IEnumerable<SiteEdit> edits)
    {
        return Preview(newest, edits).Preview;
    }

    /// <summary>A device as these edits would make it; nothing when they would be a mistake.</summary>
    public Device? DeviceOf(IEnumerable<SiteEdit> edits, string id)
    {
        var (preview, edition) = Preview(newest, edits);
        return preview.CanHold ? edition.Site.Devices.FirstOrDefault(d => d.Id == id) : null;
    }

    /// <summary>Changes the site to this text, which was made from version <paramref name="basedOn"/>.</summary>
    public SiteChange Apply(DocumentText next, long basedOn, Visitor by, string note) => Change(now => Preview(now, next), basedOn, by, note);

    /// <summary>Changes what the edits say, in the text of version <paramref name="basedOn"/>.</summary>
    public SiteChange Apply(IEnumerable<SiteEdit> edits, long basedOn, Visitor by, string note) => Change(now => Preview(now, edits), basedOn, by, note);

    /// <summary>Goes back to the text of an earlier version, as a new one.</summary>
    public SiteChange? Undo(long version, long basedOn, Visitor by, string note) => TextOf(version) is { } text ? Apply(text, basedOn, by, note) : null;

    /// <summary>Writes down what the start found, once the store is open.</summary>
    public void Settle(SiteStart start)
    {
        if (start.Trouble == SiteTrouble.FileWrong) LogFileWrong(log, newest.Version);
        if (start.Trouble == SiteTrouble.VersionUnreadable) LogUnreadable(log, newest.Version);
        trouble = start.Trouble switch
        {
            SiteTrouble.FileWrong => [Alarm(ReasonCode.SiteFileWrong)],
            SiteTrouble.VersionUnreadable => [Alarm(ReasonCode.SiteVersionUnreadable)],
            _ => [],
        };
        if (start.IsOnTrial) trial.Begin(newest.Version);
        if (start.GivenUp > 0)
        {
            LogWentBack(log, start.GivenUp, newest.Version);
            trial.GiveUp(start.GivenUp);
            Renew(SiteVersion.WentBack);
        }
        else if (start.IsFileNew)
        {
            LogFileNew(log, newest.Version + 1);
            Renew("file");
        }

        // It lasts until somebody changes the site again, also beyond the next start.
        var bad = start.GivenUp > 0 ? start.GivenUp : book.TryNewest(out var last) && last.Origin == SiteVersion.WentBack ? last.Number - 1 : 0;
        if (bad > 0) wentBack = Alarm(ReasonCode.SiteVersionFailed, Fact.Count("number", (int)bad));
    }

    /// <summary>A cycle of this version has ended; the first one proves it.</summary>
    public void Prove(long version) => trial.Prove(version);

    /// <summary>Whether no cycle of this version has ended: it is on trial, or was given up in this run.</summary>
    public bool IsOnTrial(long version) => trial.IsOn(version);

    /// <summary>The control failed. Whether that was before the first cycle of a version, so that the host begins anew with the one before; else it is no matter of the site.</summary>
    public bool TryGoBack()
    {
        if (!trial.TryGiveUp()) return false;
        BeginAnew();
        return true;
    }

    /// <summary>The start is given up for another reason than the site.</summary>
    public void Postpone() => trial.Postpone();

    /// <summary>The version that was given up in this run; 0 when none was.</summary>
    public long GivenUp => trial.GivenUp;

    /// <summary>All versions that ended before their first cycle.</summary>
    public ImmutableHashSet<long> Failed => book.Trials.Failed;

    // What holds from this start on becomes the newest version.
    private void Renew(string origin)
    {
        var (now, gateway) = (time.GetUtcNow(), new Visitor("gateway", Storage.Role.Admin, origin));
        var before = book.TryNewest(out var last) && book.TryText(last.Number, out var text) ? Text with { Text = text } : Text;
        lock (gate) Keep(newest with { Version = Next() }, gateway, "", [.. Lines(SiteDifference.Between(before, Text), gateway, now)], now, isTried: false);
        live.Begin(newest);
    }

    /// <summary>What people must know of it.</summary>
    public IEnumerable<Alarm> Alarming() => wentBack is { } back ? trouble.Add(back) : trouble;

    private Alarm Alarm(ReasonCode code, params ReadOnlySpan<Fact> facts) => new("", Severity.Warning, time.GetUtcNow(), Reason.Of(code, [.. facts]));

    private static DocumentText TextIn(SiteEdition edition) => (edition.Sources ?? NoFiles).Site;

    private (SitePreview Preview, SiteEdition Edition) Preview(SiteEdition now, IEnumerable<SiteEdit> edits)
    {
        var (before, edited) = (TextIn(now), SiteEdits.Apply(TextIn(now), edits));
        return edited.TryGet(out var next) ? Preview(now, next) : (new(before, now.Version, edited.Mistakes, [], [], [], SiteEffect.None, SiteScope.Installation), now);
    }

    private (SitePreview Preview, SiteEdition Edition) Preview(SiteEdition now, DocumentText next)
    {
        var before = TextIn(now);
        var text = next with { Name = before.Name };
        var sources = Sources(now, text);
        var parsed = SiteFile.Parse(sources);
        var differences = SiteDifference.Between(before, text);
        var edition = parsed.TryGet(out var site) ? now with { Site = Adapt(site), Sources = sources } : now;
        var effect = parsed.Mistakes.IsEmpty && !IsSameHardware(now, sources) ? SiteEffect.Anew : SiteDifference.EffectOf(differences, now.Site.Uplink);
        return (new(text, now.Version, parsed.Mistakes, parsed.Warnings, LineDiff.Of(before.Text, text.Text), differences, effect, SiteDifference.ScopeOf(differences)), edition);
    }

    private SiteSources Sources(SiteEdition now, DocumentText text)
    {
        try
        {
            return Files(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (now.Sources ?? NoFiles) with { Site = text };
        }
    }

    // A device file that somebody mended meanwhile is another device.
    private static bool IsSameHardware(SiteEdition now, SiteSources next) => now.Sources is not { } before || now.Site.Devices.Select(d => d.Type.Id).Distinct().All(
        id => before.DeviceTypes.GetValueOrDefault(id)?.Text == next.DeviceTypes.GetValueOrDefault(id)?.Text);

    private SiteChange Change(Func<SiteEdition, (SitePreview Preview, SiteEdition Edition)> look, long basedOn, Visitor by, string note)
    {
        lock (gate)
        {
            var before = newest;
            var (preview, edition) = look(before);
            if (basedOn != before.Version) return new(SiteChangeState.Outdated, before.Version, preview);
            if (!preview.CanHold) return new(SiteChangeState.Mistaken, before.Version, preview);
            if (preview.Text.Text == TextIn(before).Text) return new(SiteChangeState.Unchanged, before.Version, preview);
            if (!by.May(preview.Scope == SiteScope.Comfort ? Storage.Role.Staff : Storage.Role.Installer)) return new(SiteChangeState.Refused, before.Version, preview);
            var now = time.GetUtcNow();
            var next = edition with { Version = Next() };
            var isAnew = preview.Effect == SiteEffect.Anew || live.Now != before;
            if (book.IsLost || !Keep(next, by, note.Length > LongestNote ? note[..LongestNote] : note, [.. Lines(preview.Differences, by, now)], now, isTried: true)) return new(SiteChangeState.NotKept, before.Version, preview);
            wentBack = null;
            return new(Begin(isAnew), newest.Version, preview);
        }
    }

    // What the host is about to begin anew with does not hold before.
    private SiteChangeState Begin(bool isAnew)
    {
        if (isAnew)
        {
            LogAnew(log, newest.Version);
            BeginAnew();
            return SiteChangeState.BeginsAnew;
        }

        LogLive(log, newest.Version);
        trial.Watch(newest.Version);
        live.Begin(newest);
        return SiteChangeState.Applied;
    }

    // Where the database was lost, its numbers go on above those that people have seen.
    private long Next() => Math.Max(newest.Version, book.TryNewest(out var last) ? last.Number : 0) + 1;

    // The first change keeps what it changed, too.
    private bool Keep(SiteEdition next, Visitor by, string note, ImmutableArray<AuditEntry> lines, DateTimeOffset at, bool isTried)
    {
        if (next.Sources is not { } sources) return false;
        List<(SiteVersion, string)> versions = [];
        if (next.Version == 1)
        {
            versions.Add((new(1, at, "gateway", "file", "", FileHash), Text.Text));
            next = next with { Version = 2 };
        }

        versions.Add((new(next.Version, at, by.Name, by.From, note, FileHash), sources.Site.Text));
        try
        {
            // What a start found on disk or went back to is not tried: with a control that fails for another reason it would go back again and again.
            book.Add(versions, lines, isTried ? next.Version : 0);
        }
        catch (SqliteException e)
        {
            LogNotKept(log, e.Message);
            return false;
        }

        newest = next;
        return true;
    }

    private static IEnumerable<AuditEntry> Lines(ImmutableArray<SiteDifference> differences, Visitor by, DateTimeOffset at)
    {
        var what = by.From switch { "file" => "site file read anew", SiteVersion.WentBack => "site went back", _ => "site changed" };
        if (differences.IsEmpty) yield return new(at, by.Name, by.From, what, "comments and layout", "", "");
        foreach (var difference in differences.Take(MostLines)) yield return new(at, by.Name, by.From, what, difference.Path, difference.Old, difference.New);
        if (differences.Length > MostLines) yield return new(at, by.Name, by.From, what, FormattableString.Invariant($"{differences.Length - MostLines} more"), "", "");
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} of the site holds from the next cycle on")]
    private static partial void LogLive(ILogger log, long version);

    [LoggerMessage(LogLevel.Information, "Version {Version} of the site is kept; the control begins anew with it")]
    private static partial void LogAnew(ILogger log, long version);

    [LoggerMessage(LogLevel.Warning, "The site file on disk was edited: it holds, as version {Version}; what was changed on the page before can be taken up again from the versions")]
    private static partial void LogFileNew(ILogger log, long version);

    [LoggerMessage(LogLevel.Error, "The site file on disk was edited and has mistakes; version {Version}, the last one that made sense, holds. The verb check says what is wrong")]
    private static partial void LogFileWrong(ILogger log, long version);

    [LoggerMessage(LogLevel.Error, "Version {Failed} of the site ended before its first cycle: version {Version}, the last one that worked, holds again, as a new version")]
    private static partial void LogWentBack(ILogger log, long failed, long version);

    [LoggerMessage(LogLevel.Error, "Version {Version} of the site makes no sense to this program; the site file on disk holds")]
    private static partial void LogUnreadable(ILogger log, long version);

    [LoggerMessage(LogLevel.Error, "A change of the site could not be kept, so it does not hold: {Why}")]
    private static partial void LogNotKept(ILogger log, string why);
}
