using System.Globalization;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// Keeps every cycle of the last days, exactly, so that it can be decided again: one file per day of the school's clocks,
/// "days/2026-11-22.day" in the data folder. Whatever goes wrong here costs the recording and nothing else: it is logged once,
/// and some minutes later a new section is begun. Used by one thread at a time: the one that runs the cycle.
/// </summary>
internal sealed partial class Recorder(string dataFolder, SiteSources sources, RecorderOptions options, ILogger log) : IDisposable
{
    public const string Folder = "days";
    public const string DayFormat = "yyyy-MM-dd";

    // An hour of ordinary cycles: a fast demo must not gather a day.
    private const int LargestBatch = 128 * 1024;

    private readonly string folder = Path.Combine(dataFolder, Folder);
    private Memory memory = Memory.Empty;
    private bool isTorn;
    private SectionWriter? section;
    private SiteSources? underlying;
    private DateOnly day;
    private string path = "";
    private DateTimeOffset written, failed = DateTimeOffset.MinValue;
    private string trouble = "";

    /// <summary>The control begins with this memory.</summary>
    public void From(Memory start)
    {
        Rest();
        (memory, isTorn) = (start, false);
    }

    /// <summary>Cycles are missing before the next: with what the control began it is not known. It is passed over, and the one after it begins a new section.</summary>
    public void AfterLoss()
    {
        Rest();
        isTorn = true;
    }

    /// <summary>Takes in the next cycle of the same control.</summary>
    public void Take(CycleRecord record)
    {
        var at = record.Decision.At;
        var before = memory;
        memory = record.Decision.Memory;
        if (isTorn)
        {
            isTorn = false;
            return;
        }

        if (trouble.Length > 0 && (at - failed).Duration() < options.WriteEvery) return;
        Try(at, () =>
        {
            Continue(record, before);
            section?.Append(record);
            if ((at - written).Duration() >= options.WriteEvery || section?.Size >= LargestBatch) Write(at);
        });
    }

    /// <summary>Removes all days: a virtual school starts each run anew.</summary>
    public void Forget() => Try(failed, () =>
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    });

    public void Dispose() => Rest();

    // Writes what is left of the section and ends it.
    private void Rest()
    {
        if (section is not null) Try(written, () => Write(written));
        section = null;
    }

    private void Continue(CycleRecord record, Memory before)
    {
        var today = DateOnly.FromDateTime(record.Site.Local(record.Decision.At));
        var files = record.Sources ?? sources;
        if (section is not null && today == day && ReferenceEquals(files, underlying)) return;
        if (section is not null) Write(written);
        underlying = files;
        day = today;
        path = Path.Combine(folder, day.ToString(DayFormat, CultureInfo.InvariantCulture) + DayFile.Ending);
        Begin(SectionHeader.Of(files, record.Site, before));
        (section, written) = (new SectionWriter(), record.Decision.At);
    }

    private void Begin(SectionHeader header)
    {
        Directory.CreateDirectory(folder);
        RemoveOld();
        if (File.Exists(path)) Mend();
        else File.WriteAllBytes(path, DayFile.Signature.ToArray());
        Append(DayFile.Pack(FrameKind.Section, JsonSerializer.SerializeToUtf8Bytes(header, RecordedJson.Default.SectionHeader)));
    }

    // Behind a torn frame nothing could be read. A file that is not of this format is not ours to lose.
    private void Mend()
    {
        var file = File.ReadAllBytes(path);
        var sound = DayFile.SoundLength(file);
        if (sound == file.Length) return;
        if (sound == 0)
        {
            File.Move(path, path + ".other", overwrite: true);
            File.WriteAllBytes(path, DayFile.Signature.ToArray());
            return;
        }

        using var stream = File.OpenWrite(path);
        stream.SetLength(sound);
    }

    private void Write(DateTimeOffset at)
    {
        written = at;
        if (section?.Take() is { Length: > 0 } frames) Append(frames);
        trouble = "";
    }

    private void Append(byte[] frames)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(frames);
    }

    // By number, not by date: a clock that jumped ahead must not empty the folder.
    private void RemoveOld()
    {
        var others = Directory.EnumerateFiles(folder, "*" + DayFile.Ending + "*").Where(f => f != path).OrderDescending(StringComparer.Ordinal);
        foreach (var file in others.Skip(options.DaysKept - 1).ToArray()) File.Delete(file);
    }

    // Also a defect of ours must not cost heat: a recording that fails is given up until later, whatever the reason.
    private void Try(DateTimeOffset at, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            section = null;
            failed = at;
            if (trouble != e.Message) LogFailed(log, trouble = e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The day cannot be recorded; the control goes on, and the recording is tried again: {Why}")]
    private static partial void LogFailed(ILogger log, string why);
}
