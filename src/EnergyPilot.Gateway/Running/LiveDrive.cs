using System.Collections.Concurrent;
using System.Threading.Channels;
using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Gateway.Running;

/// <summary>Runs a school in real time: every bus has its own loop, so that a slow line delays nobody, and the cycle has its own.</summary>
internal sealed partial class LiveDrive(TimeProvider time, IReadOnlyList<IFieldBus> buses, Cycle cycle, ILogger log)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(15);

    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, string> told = new(StringComparer.Ordinal);

    /// <summary>Done before each cycle, by the thread that runs it.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>The next cycle runs at once: somebody has changed what it decides on, and waits for what becomes of it.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Until stopped. What the control throws ends it: the service starts anew.</summary>
    public async Task Run(TimeSpan interval, Func<CycleRecord, CancellationToken, ValueTask> record, CancellationToken stop)
    {
        // The first cycle shall not take a bus that has not been asked yet for a dead one, nor wait for one that hangs.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var first = buses.Select(bus => Task.Run(() => Poll(bus, ending.Token), ending.Token)).ToArray();
        var loops = buses.Select((bus, i) => Task.Run(() => PollAlways(bus, first[i], ending.Token), ending.Token)).ToArray();
        try
        {
            await Task.WhenAny(Task.WhenAll(first), Task.Delay(FirstPoll, time, stop));
            using var timer = new PeriodicTimer(interval, time);
            var (tick, call) = (timer.WaitForNextTickAsync(stop).AsTask(), woken.Reader.ReadAsync(stop).AsTask());
            while (true)
            {
                Before();
                await record(await cycle.Run(time.GetUtcNow(), stop), stop);
                if (await Task.WhenAny(tick, call) == call)
                {
                    await call;
                    call = woken.Reader.ReadAsync(stop).AsTask();
                    continue;
                }

                if (!await tick) return;
                tick = timer.WaitForNextTickAsync(stop).AsTask();
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A bus is polled by one at a time, also when its first poll outlasts the patience of the first cycle.
    private async Task PollAlways(IFieldBus bus, Task first, CancellationToken stop)
    {
        await first;
        using var timer = new PeriodicTimer(bus.Bus.Interval, time);
        while (await timer.WaitForNextTickAsync(stop)) await Poll(bus, stop);
    }

    // A defect in a driver must not end the polling of its bus for good: its readings grow old meanwhile, and the log says why.
    private async Task Poll(IFieldBus bus, CancellationToken stop)
    {
        try
        {
            await bus.Poll(time.GetUtcNow(), stop);
            Tell(bus);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            LogPollFailed(log, bus.Bus.Id, e);
        }
    }

    // On change only: a line that is down for a week is one line of the log.
    private void Tell(IFieldBus bus)
    {
        var trouble = string.Join(' ', bus.Troubles.Select(t => t.Log));
        if (told.TryGetValue(bus.Bus.Id, out var before) ? before == trouble : trouble.Length == 0) return;
        told[bus.Bus.Id] = trouble;
        if (trouble.Length > 0) LogTrouble(log, bus.Bus.Id, bus.Bus.Where, trouble);
        else LogWorks(log, bus.Bus.Id, bus.Bus.Where);
    }

    [LoggerMessage(LogLevel.Error, "Bus {Bus} ({Where}): {Trouble} It is tried again")]
    private static partial void LogTrouble(ILogger log, string bus, string where, string trouble);

    [LoggerMessage(LogLevel.Information, "Bus {Bus} ({Where}) works again")]
    private static partial void LogWorks(ILogger log, string bus, string where);

    [LoggerMessage(LogLevel.Error, "Polling bus {Bus} failed; its readings grow old until it works again")]
    private static partial void LogPollFailed(ILogger log, string bus, Exception e);
}
