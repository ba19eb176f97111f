using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>What waits for the city. Counting reads the card; whoever looks, the control too, must not wait for it.</summary>
internal sealed class Backlog(Cursors cursors, Progress progress, TimeProvider time)
{
    public static readonly CursorStanding Nothing = new(0, 0, DateTimeOffset.MaxValue, 0);

    // What is too old goes without telling anybody here.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), AtLatest = TimeSpan.FromSeconds(30);

    private volatile CursorStanding counted = Nothing;
    private int changed = 1;
    private long at = time.GetTimestamp();

    /// <summary>The last count.</summary>
    public CursorStanding Counted => counted;

    /// <summary>Something was committed or acknowledged; returns at once and does not throw.</summary>
    public void Changed() => Interlocked.Exchange(ref changed, 1);

    /// <summary>Counts once a second when something has changed, else each half minute.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var second = new PeriodicTimer(Every, TimeProvider.System);
        do CountIfDue();
        while (await second.WaitForNextTickAsync(stop));
    }

    public void CountIfDue()
    {
        if (Interlocked.Exchange(ref changed, 0) == 0 && time.GetElapsedTime(at) < AtLatest) return;
        at = time.GetTimestamp();
        try
        {
            counted = cursors.Standing(progress.Through);
        }
        catch (SqliteException)
        {
            // The last count stands; the store says itself that it cannot be read.
        }
    }
}
