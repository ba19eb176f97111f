using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Sparkplug;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>The uplink as long as it runs: edge node, sending of the log, acknowledgements, news, and the plain mirror where somebody wants it.</summary>
internal sealed partial class UplinkSession : IDisposable
{
    private readonly Site site;
    private readonly Store store;
    private readonly LiveView live;
    private readonly TimeProvider pacer, time;
    private readonly SparkplugEdge edge;
    private readonly Progress progress;
    private readonly Backlog backlog;
    private readonly LogSender sender;
    private readonly ZoneNews news;
    private readonly ILogger log;
    private readonly JsonMirror? mirror;
    private readonly long began;
    private volatile UplinkDirectory directory;

    /// <param name="pacer">Real time, for the network.</param>
    /// <param name="time">The time of the school.</param>
    public UplinkSession(Site site, Store store, LiveView live, TimeProvider pacer, TimeProvider time, ILogger log)
    {
        (this.site, this.store, this.live, this.pacer, this.time, this.log, began) = (site, store, live, pacer, time, log, pacer.GetTimestamp());
        directory = new UplinkDirectory(site, store.Samples.Points);
        progress = new Progress(store.Cursors, pacer, time, log);
        backlog = new Backlog(store.Cursors, progress, pacer);
        edge = new SparkplugEdge(Connection.Of(site.Uplink), Birth, Commanded, pacer);
        Told = site.Uplink.Acknowledger == Acknowledger.Broker
            ? new BrokerReceipts(edge, site.Uplink.Group, site.Uplink.Node, () => store.LogId, Acknowledge).Ask
            : null;
        sender = new LogSender(edge, new StretchSender(edge, store.Cursors, () => directory, pacer), progress, pacer, log)
        {
            Told = Sent, MaySend = KnowsTime, RestampedAfter = () => store.Samples.RestampedAfter, RestampedSent = RestampedSent, FromTheFuture = BeginAnotherLog,
        };
        news = new ZoneNews(edge, live, () => directory, site);
        mirror = site.Uplink.Mirror.Length > 0 ? new JsonMirror(edge, live, site, pacer, log) : null;
    }

    /// <summary>Takes what the city wishes of a zone; on the connection's thread.</summary>
    public Action<IReadOnlyList<SparkplugCommand>> Wished { get; init; } = _ => { };

    /// <summary>How long data wait for a clock that nobody has set yet. A gateway that has just been switched on learns the time within minutes, or has no network either.</summary>
    public TimeSpan ClockPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Which point is which metric now.</summary>
    public UplinkDirectory Directory => directory;

    private Func<long, Stretch, long, CancellationToken, Task>? Told { get; }

    private CancellationToken Ending { get; set; }

    /// <summary>Runs all of it until <paramref name="stop"/>, or until a part fails.</summary>
    /// <param name="beside">What runs along.</param>
    public async Task Run(Func<CancellationToken, Task> beside, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // The edge node goes last: it is over its connection that the others say goodbye.
        using var parting = new CancellationTokenSource();
        Ending = either.Token;
        store.Samples.Restamped += sender.Restamped;
        store.Samples.Committed += sender.Wake;
        store.Samples.Committed += backlog.Changed;
        Task[] parts = [edge.Run(parting.Token), sender.Run(either.Token), news.Run(either.Token), backlog.Run(either.Token), beside(either.Token), .. Mirroring(either.Token)];
        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            store.Samples.Committed -= backlog.Changed;
            store.Samples.Committed -= sender.Wake;
            store.Samples.Restamped -= sender.Restamped;
            await either.CancelAsync();
            if (mirror is not null) await mirror.Leave();
            await parting.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.SaveNow();
        }
    }

    /// <summary>Tells the city what became of a wish.</summary>
    public ValueTask Answer(ZoneId zone, string answer, CancellationToken stop) => news.Answer(zone, answer, time.GetUtcNow(), stop);

    /// <summary>How it stands; what waits was counted since it last changed, but for a second.</summary>
    public UplinkFigures Read()
    {
        var (standing, waits) = (edge.Standing, backlog.Counted);
        var trouble = standing.Phase == SparkplugPhase.Born ? "" : standing.LastFaultText;
        return new UplinkFigures(
            standing.Phase, standing.Since, waits.Waiting, waits.Oldest, waits.Lost, progress.At, sender.Samples, sender.Stalls, standing.Births, sender.Window, standing.IsHostOnline, trouble)
        {
            Troubles = UplinkFigures.Of(standing.LastFault, trouble),
        };
    }

    /// <summary>How it stands while nothing runs.</summary>
    public static UplinkFigures Idle(Store store, LineTrouble trouble, DateTimeOffset at)
    {
        var waits = Backlog.Nothing;
        try
        {
            waits = store.Cursors.Standing(Progress.Cursor);
        }
        catch (SqliteException)
        {
            // The store says itself that it cannot be read.
        }

        return new UplinkFigures(SparkplugPhase.Apart, at, waits.Waiting, waits.Oldest, waits.Lost, DateTimeOffset.MinValue, 0, 0, 0, 0, null, trouble.Log)
        {
            Troubles = [trouble],
        };
    }

    public void Dispose()
    {
        edge.Dispose();
        sender.Dispose();
    }

    private IEnumerable<Task> Mirroring(CancellationToken stop)
    {
        if (mirror is not null) yield return mirror.Run(stop);
    }

    private SparkplugBirth Birth()
    {
        var record = live.Latest;
        sender.BirthAt(store.Samples.LastSequence, record?.Decision.At ?? DateTimeOffset.MinValue);
        directory = new UplinkDirectory(site, store.Samples.Points);
        news.Told(record);
        return new UplinkBirths(site, directory, store.LogId, progress.Through).Of(record, time.GetUtcNow());
    }

    private void Commanded(IReadOnlyList<SparkplugCommand> commands)
    {
        if (commands[0].Device.Length > 0) Wished(commands);
        else if (commands.FirstOrDefault(c => c.Name == DeliveryMetrics.StoredThrough) is { } stored && stored.Value.TryInteger(out var through)
            && commands.Any(c => c.Name == DeliveryMetrics.Log && c.Value.TryText(out var name) && name == store.LogId) && site.Uplink.Acknowledger == Acknowledger.City)
            Acknowledge(through);
    }

    private void Acknowledge(long through)
    {
        sender.Acknowledge(through);
        backlog.Changed();
    }

    // A card that takes nothing remembers that they are to be sent again, and they are, at the next birth.
    private void RestampedSent()
    {
        try
        {
            store.Samples.RestampedRead();
        }
        catch (SqliteException e)
        {
            LogNotNoted(log, e.Message);
        }
    }

    // A card was written back from a copy: what the city has under the next numbers is something else. Under another name nothing is taken for it.
    private void BeginAnotherLog()
    {
        store.RenameLog();
        LogSetBack(log);
        edge.Rebirth();
    }

    private void Sent(long birth, Stretch stretch) => Told?.Invoke(birth, stretch, progress.Through, Ending);

    private bool KnowsTime() => store.Samples.Segment.Quality != ClockQuality.Free || pacer.GetElapsedTime(began) > ClockPatience;

    [LoggerMessage(LogLevel.Warning, "That corrected times have been sent cannot be noted, so they are sent again: {Why}")]
    private static partial void LogNotNoted(ILogger log, string why);

    [LoggerMessage(LogLevel.Error, "The city has acknowledged more than this log has ever had: the database is an older copy of itself. The log goes on under another name, and what is not acknowledged is sent again")]
    private static partial void LogSetBack(ILogger log);
}
