using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Once a week every page of the database is read: damage shall be noticed while the snapshot of the settings is young. A database that was too large to be
/// read at the start is read some minutes later for the first time, beside the control.
/// </summary>
internal sealed partial class StoreCheck(Store store, ILogger<StoreCheck> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(7), AfterStart = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(store.IsUnread ? AfterStart : Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Every;
            Check();
        }
    }

    // Whatever keeps it from being read must not end the service.
    private void Check()
    {
        try
        {
            store.Check();
        }
        catch (Exception e)
        {
            LogNotChecked(log, e);
        }
    }

    [LoggerMessage(LogLevel.Error, "The database could not be checked")]
    private static partial void LogNotChecked(ILogger log, Exception e);
}
