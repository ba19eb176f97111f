using System.Threading.Channels;
using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Learning;

/// <summary>
/// Plans beside the control of a real school, on a thread that gives way to everything else; a virtual school plans between two cycles.
/// A plan that fails leaves the heating to the rules, as one that is late does.
/// </summary>
internal sealed partial class Plans(GatewayOptions options, LiveSite live, Store store, Lessons lessons, ILogger<Plans> log) : BackgroundService
{
    private readonly Channel<CycleRecord> due = Channel.CreateBounded<CycleRecord>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly PlanRounds rounds = new(live, store.Quarters);
    private DateOnly kept;
    private bool hasBegun;

    /// <summary>All that the next cycle may know: what was learned, what is expected, what is planned.</summary>
    public Knowledge Knowledge => rounds.Into(lessons.Knowledge);

    /// <summary>A cycle has run. Costs it nothing.</summary>
    public void After(CycleRecord record)
    {
        if (!record.Decision.Quarters.IsEmpty) due.Writer.TryWrite(record);
    }

    /// <summary>Plans, if it is time, and keeps how the planner did.</summary>
    public void Take(CycleRecord record)
    {
        try
        {
            if (!hasBegun) (hasBegun, kept) = (true, LastDay(rounds.From(store.Planner.Load()).History));
            rounds.Take(record.Snapshot, record.Decision);
            if (LastDay(rounds.History) == kept) return;
            store.Planner.Save(rounds.History, record.Decision.At);
            kept = LastDay(rounds.History);
        }
        catch (Exception e)
        {
            LogFailed(log, e);
        }
    }

    private static DateOnly LastDay(PlannerHistory history) => history.Days.IsEmpty ? DateOnly.MinValue : history.Days[^1].Day;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.School == SchoolKind.Virtual) return;
        await foreach (var record in due.Reader.ReadAllAsync(stoppingToken))
            await Task.Factory.StartNew(() => Work(record), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Work(CycleRecord record)
    {
        ThreadPriorities.GiveWay();
        Take(record);
    }

    [LoggerMessage(LogLevel.Error, "Planning failed; the rules go on heating")]
    private static partial void LogFailed(ILogger log, Exception e);
}
