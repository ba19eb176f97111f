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

    private readonly Channel<CycleRecord> waiting;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Task work;
    private long lost;

    /// <param name="keep">What is done with each; expected trouble is its own business.</param>
    public RecordKeeper(Action<CycleRecord> keep, TimeProvider time, ILogger log)
    {
        (this.time, this.log) = (time, log);
        waiting = Channel.CreateBounded<CycleRecord>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Lose());
        work = Task.Factory.StartNew(() => Work(keep), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The card is a minute behind.</summary>
    public bool IsLate => waiting.Reader.Count >= Late;

    /// <summary>Cycles that found no place in memory.</summary>
    public long Lost => Interlocked.Read(ref lost);

    public void Take(CycleRecord record) => waiting.Writer.TryWrite(record);

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

    private async Task Work(Action<CycleRecord> keep)
    {
        while (await waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
            while (waiting.Reader.TryRead(out var record)) Try(keep, record);
    }

    // A defect in what is kept must not end the keeping, nor reach the control.
    private void Try(Action<CycleRecord> keep, CycleRecord record)
    {
        try
        {
            keep(record);
        }
        catch (Exception e)
        {
            LogFailed(log, e);
        }
    }

    private void Lose()
    {
        if (Interlocked.Increment(ref lost) % MostWaiting == 1) LogLost(log, Lost);
    }

    [LoggerMessage(LogLevel.Error, "The card takes nothing for ten minutes: {Count} cycles so far are not kept; the control goes on")]
    private static partial void LogLost(ILogger log, long count);

    [LoggerMessage(LogLevel.Warning, "The card hangs: {Count} cycles are left unwritten")]
    private static partial void LogLeft(ILogger log, int count);

    [LoggerMessage(LogLevel.Error, "A cycle could not be kept; the control goes on")]
    private static partial void LogFailed(ILogger log, Exception e);
}
