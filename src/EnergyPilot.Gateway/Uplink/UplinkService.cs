using System.Security.Cryptography;
using System.Threading.Channels;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Sparkplug;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>Tells the city what the school measures, where the site file says so. Whatever happens here, the school is heated.</summary>
internal sealed partial class UplinkService(LiveSite school, Store store, LiveView live, UplinkView view, TimeProvider time, ILogger<UplinkService> log) : BackgroundService
{
    private const int MostWishesWaiting = 50;

    private readonly Wishes wishes = new(school, store, time);

    /// <summary>How often it is tried again, and looked whether passwords or certificates are other ones.</summary>
    public TimeSpan TryAgain { get; init; } = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!school.Site.Uplink.IsOffered)
        {
            // Nobody waits any more: what an uplink that was taken out of the site file had not passed on need not be kept for it.
            Forget();
            return;
        }

        using var again = new PeriodicTimer(TryAgain, TimeProvider.System);
        try
        {
            // What is said at birth are the values of a cycle.
            await foreach (var _ in live.Watch(stoppingToken)) break;
            do
            {
                await Try(stoppingToken);
            }
            while (await again.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task Try(CancellationToken stop)
    {
        try
        {
            var waiting = Channel.CreateBounded<IReadOnlyList<SparkplugCommand>>(new BoundedChannelOptions(MostWishesWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
            var secrets = Connection.State(school.Site.Uplink);
            using var session = new UplinkSession(school.Site, store, live, Pacer, time, log) { Wished = commands => waiting.Writer.TryWrite(commands) };
            view.Show(session.Read);
            await session.Run(token => Task.WhenAny(Take(waiting.Reader, session, token), Renewed(secrets, token)).Unwrap(), stop);
        }
        catch (Exception e) when (e is IOException or CryptographicException or ArgumentException)
        {
            // A certificate that is none, a file that is missing: a person has to mend it, and need not start the service anew.
            LogNotBegun(log, e.Message);
            Idle(LineTrouble.OfSetUp(e));
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(log, e);
            Idle(new(LineFault.Other, e.Message));
        }
    }

    private void Forget()
    {
        try
        {
            store.Cursors.Close(Progress.Cursor);
        }
        catch (SqliteException e)
        {
            LogNotBegun(log, e.Message);
        }
    }

    private void Idle(LineTrouble trouble)
    {
        var figures = UplinkSession.Idle(store, trouble, time.GetUtcNow());
        view.Show(() => figures);
    }

    // A network lives in real time, also where a school lives faster.
    private TimeProvider Pacer => time is SteppedClock ? TimeProvider.System : time;

    // Returns when a password or a certificate is another one, with which the next session begins.
    private async Task Renewed(string secrets, CancellationToken stop)
    {
        using var glance = new PeriodicTimer(TryAgain, TimeProvider.System);
        while (await glance.WaitForNextTickAsync(stop))
            if (Connection.State(school.Site.Uplink) != secrets) return;
    }

    // Wishes are written to the card, which may take its time: not on the connection's thread.
    private async Task Take(ChannelReader<IReadOnlyList<SparkplugCommand>> waiting, UplinkSession session, CancellationToken stop)
    {
        await foreach (var commands in waiting.ReadAllAsync(stop))
            if (session.Directory.ZoneOf(commands[0].Device) is { } zone)
                await session.Answer(zone.Id, wishes.Take(zone, commands), stop);
    }

    [LoggerMessage(LogLevel.Error, "The uplink cannot begin: {Why} It is tried again every minute")]
    private static partial void LogNotBegun(ILogger log, string why);

    [LoggerMessage(LogLevel.Error, "The uplink failed and begins anew in a minute")]
    private static partial void LogFailed(ILogger log, Exception e);
}
