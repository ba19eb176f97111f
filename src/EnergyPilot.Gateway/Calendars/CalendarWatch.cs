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

    // By path. A share that is away for a week, or a calendar that is too large, is one line of the log.
    private readonly Dictionary<string, Refusal> refused = [];
    private readonly Dictionary<string, string> failed = [];

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stop)) Round();
    }

    /// <summary>Looks at all of them once.</summary>
    public void Round()
    {
        IReadOnlyList<CalendarSource> sources = [];
        Try("", () => sources = desk.Sources());
        foreach (var source in sources.Where(s => s.Path.Length > 0))
            Try(source.Path, () =>
            {
                if (IsDue(source)) Read(source);
            });
    }

    // Whatever is wrong with one of them, or with the card, ends neither the others' turn nor the watch: it is tried again with the next round.
    private void Try(string path, Action work)
    {
        try
        {
            work();
            failed.Remove(path);
        }
        catch (Exception e)
        {
            if (failed.GetValueOrDefault(path) != e.Message) LogFailed(log, path, e);
            failed[path] = e.Message;
        }
    }

    // What was refused is read again when it is another file, or a day later. A file on a share that is away is no news before it is back.
    private bool IsDue(CalendarSource source)
    {
        var (now, written) = (time.GetUtcNow(), File.GetLastWriteTimeUtc(source.Path));
        return refused.TryGetValue(source.Path, out var last) ? last.Written != written || now - last.At >= Day : now - source.ReadAt >= Day || written > source.ReadAt.UtcDateTime;
    }

    private void Read(CalendarSource source)
    {
        var (site, now) = (pages.Site(), time.GetUtcNow());
        var file = OnDisk(source.Path, site, now);
        if (file.Fault != CalendarFault.None) Refuse(source, $"{file.Fault}", now);
        else if (!desk.Import(source, ImportPlan.Of(file, source, site, DateOnly.FromDateTime(site.Local(now))), new Visitor(source.Owner, Role.Staff, "gateway"))) Refuse(source, "more uses than can be added", now);
        else if (refused.Remove(source.Path)) LogRead(log, source.Name, source.Path);
    }

    // One that is not there may be there at any time.
    private void Refuse(CalendarSource source, string why, DateTimeOffset now)
    {
        if (!refused.TryGetValue(source.Path, out var before) || before.Why != why) LogUnread(log, source.Name, source.Path, why);
        refused[source.Path] = new Refusal(why, why == nameof(CalendarFault.Missing) ? DateTime.MinValue : File.GetLastWriteTimeUtc(source.Path), now);
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

    /// <summary>Why a calendar was not taken, and which file that was.</summary>
    private sealed record Refusal(string Why, DateTime Written, DateTimeOffset At);

    [LoggerMessage(LogLevel.Warning, "The calendar {Name} in {Path} is not taken ({Why}); what it said before still holds")]
    private static partial void LogUnread(ILogger log, string name, string path, string why);

    [LoggerMessage(LogLevel.Information, "The calendar {Name} in {Path} is taken again")]
    private static partial void LogRead(ILogger log, string name, string path);

    [LoggerMessage(LogLevel.Error, "The calendar in {Path} could not be looked at; it is tried again")]
    private static partial void LogFailed(ILogger log, string path, Exception e);
}
