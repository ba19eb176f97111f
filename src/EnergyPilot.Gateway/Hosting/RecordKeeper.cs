using System.Collections.Concurrent;
using System.Threading.Channels;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Takes cycles off the control's hands: a thread of its own writes them, so that a card that takes seconds, or hangs, never holds a cycle up.
/// Ten minutes of cycles wait in memory; while the card hangs for longer, the oldest of them are lost.
/// </summary>
internal sealed partial class RecordKeeper : IAsyncDisposable
{
    private const int MostWaiting = 60, Late = 6;
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(15);

    private readonly Action<CycleRecord> keep;
    private readonly Channel<Entry> waiting;
    private readonly ConcurrentQueue<Action> overdue = new();
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Task work;
    private long lost, taken;

    /// <param name="keep">What is done with each; expected trouble is its own business.</param>
    public RecordKeeper(Action<CycleRecord> keep, TimeProvider time, ILogger log)
    {
        (this.keep, this.time, this.log) = (keep, time, log);
        waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Lose);
        work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The card is a minute behind.</summary>
    public bool IsLate => waiting.Reader.Count >= Late;

    /// <summary>Cycles that found no place in memory.</summary>
    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Done ahead of the first cycle after some that were lost.</summary>
    public Action AfterLoss { get; init; } = () => { };

    /// <summary>Called by one thread, the control's.</summary>
    public void Take(CycleRecord record) => waiting.Writer.TryWrite(new(() => keep(record), Worth.Detail, ++taken));

    /// <summary>Something that is done after the cycles that were taken before and ahead of those to come. It is never lost.</summary>
    public void Then(Action errand) => waiting.Writer.TryWrite(new(errand, Worth.Everything, 0));

    /// <summary>Writes what is left, unless the card hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        try
        {
            await work.WaitAsync(Leaving, time);
        }
        catch (TimeoutException)
        {
            LogLeft(log, waiting.Reader.Count);
        }
    }

    private async Task Work()
    {
        var last = 0L;
        while (await waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
            while (waiting.Reader.TryRead(out var entry))
            {
                // What had to make room was older than this.
                while (overdue.TryDequeue(out var errand)) Try(errand);
                if (entry.Worth == Worth.Detail)
                {
                    if (entry.Number != last + 1) Try(AfterLoss);
                    last = entry.Number;
                }

                Try(entry.Work);
            }
    }

    // A defect in what is kept must not end the keeping, nor reach the control.
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            LogFailed(log, e);
        }
    }

    private void Lose(Entry entry)
    {
        if (entry.Worth == Worth.Everything) overdue.Enqueue(entry.Work);
        else if (Interlocked.Increment(ref lost) % MostWaiting == 1) LogLost(log, Lost);
    }

    /// <summary>What may go when there is no place.</summary>
    private enum Worth { Detail, Everything }

    private readonly record struct Entry(Action Work, Worth Worth, long Number);

    [LoggerMessage(LogLevel.Error, "The card takes nothing for ten minutes: {Count} cycles so far are not kept; the control goes on")]
    private static partial void LogLost(ILogger log, long count);

    [LoggerMessage(LogLevel.Warning, "The card hangs: {Count} cycles are left unwritten")]
    private static partial void LogLeft(ILogger log, int count);

    [LoggerMessage(LogLevel.Error, "A cycle could not be kept; the control goes on")]
    private static partial void LogFailed(ILogger log, Exception e);
}
