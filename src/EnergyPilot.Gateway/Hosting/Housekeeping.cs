namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Gives memory back once a minute: the collector alone keeps what one page view needed until it needs it again, which on a small
/// machine may be next week; so does the C library. It takes some twenty milliseconds.
/// </summary>
internal sealed class Housekeeping : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken)) GiveBack();
    }

    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        NativeHeap.Trim();
    }
}
