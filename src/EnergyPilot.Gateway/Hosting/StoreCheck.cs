using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Once a week every page of the database is read: damage shall be noticed while the snapshot of the settings is young.</summary>
internal sealed partial class StoreCheck(Store store, ILogger<StoreCheck> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                store.Check();
            }
            catch (SqliteException e)
            {
                LogNotChecked(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The database could not be checked")]
    private static partial void LogNotChecked(ILogger log, Exception e);
}
