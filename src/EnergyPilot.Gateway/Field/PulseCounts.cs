using System.Globalization;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Gpio;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// Where pulse meters go on counting after a restart, and where their counts are kept meanwhile: with every poll they are handed to the
/// operating system, so that a killed gateway loses none, and every few seconds they are synced to the card, so that a power cut
/// loses only those. A sync writes one page and the file system's journal, some 12 kB: at most 200 MB a day for a meter that never rests,
/// 25 MB for the gas of a school in winter (2 000 pulses). Trouble with the card costs this safety, never the counting.
/// </summary>
internal sealed partial class PulseCounts : IDisposable
{
    public const string FileName = "pulses.bin";
    public static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(5);

    private readonly Func<Point, long> stored;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private readonly PulseFile? file;
    private DateTimeOffset synced = DateTimeOffset.MinValue;
    private string trouble = "";

    /// <param name="folder">The data folder.</param>
    /// <param name="stored">What the history knows of a meter's count.</param>
    public PulseCounts(string folder, Func<Point, long> stored, ILogger log)
    {
        (this.stored, this.log) = (stored, log);
        try
        {
            file = PulseFile.Open(Path.Combine(folder, FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Note(e);
        }
    }

    private PulseCounts(Func<Point, long> stored) => (this.stored, log) = (stored, NullLogger.Instance);

    /// <summary>For virtual schools: every start is the first.</summary>
    public static PulseCounts Forgotten { get; } = new(_ => 0);

    /// <summary>For a virtual school with a past: its meters go on from what they had counted in it.</summary>
    public static PulseCounts From(Func<Point, long> counted) => new(counted);

    /// <summary>The count to go on from: the larger of both, for an index only grows, and either may have been lost.</summary>
    public long Of(Point meter)
    {
        lock (gate) return Math.Max(file?.Count(Name(meter)) ?? 0, stored(meter));
    }

    /// <summary>Takes the count of a meter; it is kept with the next <see cref="Keep"/>.</summary>
    public void Take(Point meter, long count)
    {
        lock (gate) file?.Set(Name(meter), count);
    }

    /// <summary>Keeps what has changed.</summary>
    public void Keep(DateTimeOffset at)
    {
        lock (gate)
        {
            if (file is null) return;
            try
            {
                if (file.IsChanged) file.Write();
                if (!file.IsUnsynced || (at - synced < SyncEvery && at >= synced)) return;
                file.Sync();
                (synced, trouble) = (at, "");
            }
            catch (IOException e)
            {
                Note(e);
            }
        }
    }

    /// <summary>Everything is on the card.</summary>
    public void Dispose()
    {
        Keep(DateTimeOffset.MaxValue);
        lock (gate) file?.Dispose();
    }

    // Whoever corrects what a pulse is worth must not multiply the past: under its new worth the meter goes on from the history's index.
    private static string Name(Point meter) => string.Create(CultureInfo.InvariantCulture, $"{meter.Id} × {meter.Factor}");

    private void Note(Exception e)
    {
        if (trouble != e.Message) LogNotKept(log, trouble = e.Message);
    }

    [LoggerMessage(LogLevel.Error, "The counts of pulse meters cannot be kept in the data folder; counting goes on, a restart may lose minutes of it: {Why}")]
    private static partial void LogNotKept(ILogger log, string why);
}
