using System.Runtime.CompilerServices;

namespace EnergyPilot.Gateway.Running;

/// <summary>The newest cycle, for whoever looks: pages read it, event streams wait for the next. A slow reader misses cycles, it never holds one up.</summary>
internal sealed class LiveView
{
    private TaskCompletionSource next = New();
    private volatile CycleRecord? latest;

    /// <summary>The newest cycle; null until the first has run.</summary>
    public CycleRecord? Latest => latest;

    public void Show(CycleRecord record)
    {
        latest = record;
        Interlocked.Exchange(ref next, New()).SetResult();
    }

    /// <summary>The newest cycle now, then each newer one that the reader is quick enough for.</summary>
    public async IAsyncEnumerable<CycleRecord> Watch([EnumeratorCancellation] CancellationToken stop)
    {
        CycleRecord? shown = null;
        while (true)
        {
            var waiting = Volatile.Read(ref next).Task;
            if (latest is { } record && !ReferenceEquals(record, shown))
            {
                shown = record;
                yield return record;
                continue;
            }

            await waiting.WaitAsync(stop);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
