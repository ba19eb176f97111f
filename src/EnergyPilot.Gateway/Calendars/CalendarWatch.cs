using System.Text;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Gateway.Calendars;

/// <summary>Reads calendars that lie on disk again: when their file has changed, and once a day because time goes on. What cannot be read leaves standing what came before.</summary>
internal sealed partial class CalendarWatch(CalendarDesk desk, PageDesk pages, TimeProvider time, ILogger<CalendarWatch> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10), Day = TimeSpan.FromDays(1);

    // What was told of each file: a share that is away for a week is one line of the log.
    private readonly Dictionary<string, CalendarFault> told = [];

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stop)) Round();
    }

    /// <summary>Looks at all of them once.</summary>
    public void Round()
    {
        foreach (var source in desk.Sources())
            if (source.Path.Length > 0 && IsDue(source)) Read(source);
    }

    // A file on a share that is away is no news before it is back.
    private bool IsDue(CalendarSource source) =>
        time.GetUtcNow() - source.ReadAt >= Day || (File.Exists(source.Path) && new FileInfo(source.Path).LastWriteTimeUtc > source.ReadAt.UtcDateTime);

    private void Read(CalendarSource source)
    {
        var (site, now) = (pages.Site(), time.GetUtcNow());
        var file = OnDisk(source.Path, site, now);
        if (file.Fault != CalendarFault.None)
        {
            if (!told.TryGetValue(source.Path, out var before) || before != file.Fault) LogUnread(log, source.Name, source.Path, file.Fault);
            told[source.Path] = file.Fault;
            return;
        }

        if (told.Remove(source.Path)) LogRead(log, source.Name, source.Path);

        var plan = ImportPlan.Of(file, source, site, DateOnly.FromDateTime(site.Local(now)));
        if (!desk.Import(source, plan, new Visitor(source.Owner, Role.Staff, "gateway"))) LogTooMany(log, source.Name);
    }

    /// <summary>A calendar on disk, or why it is none.</summary>
    public static CalendarFile OnDisk(string path, Site site, DateTimeOffset now)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists || (info.Attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0) return CalendarFile.Wrong(CalendarFault.Missing);
            return info.Length > CalendarReader.LargestFile ? CalendarFile.Wrong(CalendarFault.TooLarge) : CalendarReader.Read(File.ReadAllText(path, Encoding.UTF8), site, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CalendarFile.Wrong(CalendarFault.Missing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The calendar {Name} in {Path} cannot be read ({Fault}); what it said before still holds")]
    private static partial void LogUnread(ILogger log, string name, string path, CalendarFault fault);

    [LoggerMessage(LogLevel.Information, "The calendar {Name} in {Path} can be read again")]
    private static partial void LogRead(ILogger log, string name, string path);

    [LoggerMessage(LogLevel.Warning, "The calendar {Name} has more uses than can be added; what it said before still holds")]
    private static partial void LogTooMany(ILogger log, string name);
}
