using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Gateway.Learning;

/// <summary>Keeps the outlook new, once a minute at most; without an option for it there is nothing to do.</summary>
internal sealed class OutlookService(GatewayOptions options, Lessons lessons, TimeProvider time, ILogger<OutlookService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Outlook.Length == 0) return;
        using var http = OutlookFeed.Client(Patience);
        var feed = new OutlookFeed(options.Outlook, http, TimeProvider.System, log);
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        do
        {
            await feed.Look(time.GetUtcNow(), stoppingToken);
            lessons.Expect(feed.Outlook);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
