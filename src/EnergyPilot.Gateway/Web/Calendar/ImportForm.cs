using System.Collections.Immutable;
using System.Text;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>The form of an import: a file that is sent along, or the path of one on the gateway's disk, which only installers may name.</summary>
internal sealed record ImportForm(string Path, string WholeDays, string Elsewhere)
{
    public const int LongestPath = 300, LongestName = 80;
    public const string Nowhere = "", Everywhere = "*";

    public static readonly ImportForm Empty = new("", nameof(Storage.WholeDays.LeftOut), Nowhere);

    public static ImportForm Typed(IFormCollection form) => new(form["path"].ToString().Trim(), form["wholeDays"].ToString(), form["elsewhere"].ToString());

    /// <summary>The calendar of this name and what its file says; mistakes when there is none.</summary>
    public async Task<(CalendarSource Source, CalendarFile File, ImmutableArray<Mistake> Mistakes)> Read(IFormFile? sent, Visit visit, CancellationToken stop)
    {
        var (site, now) = (visit.Site, visit.Reader.Now);
        var source = Source(site);
        if (Path.Length > 0)
        {
            if (!visit.May(Role.Installer) || !IsCalendarPath(Path)) return (source, CalendarFile.Wrong(CalendarFault.Missing), [new Mistake("path", Phrase.ImportPathWrong, [])]);
            var onDisk = CalendarWatch.OnDisk(Path, site, now);
            return (source, onDisk, Wrong(onDisk.Fault, "path"));
        }

        if (sent is null || sent.Length == 0) return (source, CalendarFile.Wrong(CalendarFault.Missing), [new Mistake("file", Phrase.ImportFileMissing, [])]);
        if (sent.Length > CalendarReader.LargestFile) return (source, CalendarFile.Wrong(CalendarFault.TooLarge), Wrong(CalendarFault.TooLarge, "file"));
        using var reader = new StreamReader(sent.OpenReadStream(), Encoding.UTF8);
        var file = CalendarReader.Read(await reader.ReadToEndAsync(stop), site, now);
        return (source with { Name = NameOf(sent.FileName) }, file, Wrong(file.Fault, "file"));
    }

    /// <summary>What a calendar's file is called here.</summary>
    public static string NameOf(string fileName)
    {
        var name = string.Concat(System.IO.Path.GetFileName(fileName.Replace('\\', '/')).Where(c => !char.IsControl(c)));
        return name.Length == 0 ? "calendar.ics" : name.Length > LongestName ? name[..LongestName] : name;
    }

    /// <summary>Whether entries that name no zone may take place there.</summary>
    public static bool IsPlace(string elsewhere, Site site) => elsewhere is Nowhere or Everywhere || site.Zones.Any(z => z.Id.Name == elsewhere);

    /// <summary>The calendar as the form describes it.</summary>
    public CalendarSource Source(Site site) => new(Path.Length > 0 ? NameOf(Path) : "", Path)
    {
        WholeDays = Enum.TryParse<WholeDays>(WholeDays, out var whole) && Enum.IsDefined(whole) ? whole : Storage.WholeDays.LeftOut,
        Elsewhere = Elsewhere == Everywhere ? [.. site.Zones.Select(z => z.Id)] : [.. site.Zones.Select(z => z.Id).Where(z => z.Name == Elsewhere)],
    };

    // Whoever names a path learns whether it is a calendar, and nothing else of the disk.
    private static bool IsCalendarPath(string path) =>
        path.Length <= LongestPath && System.IO.Path.IsPathFullyQualified(path) && path.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) && !path.Any(char.IsControl);

    private static ImmutableArray<Mistake> Wrong(CalendarFault fault, string field) => fault switch
    {
        CalendarFault.None => [],
        CalendarFault.TooLarge => [new Mistake(field, Phrase.ImportTooLarge, [])],
        CalendarFault.TooMany => [new Mistake(field, Phrase.ImportTooMany, [])],
        CalendarFault.Missing => [new Mistake(field, Phrase.ImportPathWrong, [])],
        _ => [new Mistake(field, Phrase.ImportUnreadable, [])],
    };
}
