using System.Net.Sockets;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Io.Tic;

/// <summary>
/// Listens to a meter and keeps its latest frame. A line that is lost is opened again after pauses that double from 0.25 s to 30 s.
/// With more than one line, each a speed of the same port, one that brings no frame for 15 s gives way to the next.
/// A silent meter is no fault of the line: whoever uses a frame looks at its age.
/// </summary>
public sealed class TicReader(IReadOnlyList<Func<CancellationToken, ValueTask<Stream>>> lines, TimeProvider time) : ITicLine
{
    // A historic frame of a three-phase Tempo meter takes about 3 s and comes with gaps.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly TicParser parser = new();
    private readonly byte[] bytes = new byte[512];
    private readonly Lock gate = new();
    private TaskCompletionSource<TicArrival> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TicStatistics statistics;
    private long failures;
    private TimeSpan pause;
    private int line;

    /// <summary>The last complete frame; null before the first.</summary>
    public TicArrival? Latest { get; private set; }

    /// <summary>Counts since the start.</summary>
    public TicStatistics Statistics
    {
        get
        {
            lock (gate)
                return statistics;
        }
    }

    /// <summary>How often the line could not be opened or was lost.</summary>
    public long Failures => Interlocked.Read(ref failures);

    /// <summary>The line of a serial port: 7E1 at the mode's speed.</summary>
    public static Func<CancellationToken, ValueTask<Stream>> Port(string path, TicMode mode) =>
        SerialPort.Opener(path, new SerialSettings(mode == TicMode.Standard ? 9600 : 1200, SerialParity.Even, DataBits: 7));

    /// <inheritdoc/>
    public Task<TicArrival> Next(CancellationToken stop)
    {
        lock (gate)
            return next.Task.WaitAsync(stop);
    }

    /// <summary>Listens until stopped; then it ends without an exception.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Listen(stop).ConfigureAwait(false);
                line = (line + 1) % lines.Count;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is IOException or SocketException or UnauthorizedAccessException)
            {
                Interlocked.Increment(ref failures);
                await Pause(stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns when another line should be tried.</summary>
    private async Task Listen(CancellationToken stop)
    {
        var stream = await lines[line](stop).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        parser.Reset();
        using var impatience = new CancellationTokenSource(PatienceWithLine, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, impatience.Token);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(bytes, end.Token).ConfigureAwait(false);
                if (read == 0)
                    throw new EndOfStreamException();
                if (Take(bytes.AsSpan(0, read)))
                    impatience.CancelAfter(PatienceWithLine);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    private TimeSpan PatienceWithLine => lines.Count > 1 ? Patience : Timeout.InfiniteTimeSpan;

    private bool Take(ReadOnlySpan<byte> heard)
    {
        var any = false;
        while (parser.TryTake(ref heard, out var frame))
        {
            any = true;
            pause = TimeSpan.Zero;
            Publish(new TicArrival(frame, time.GetUtcNow()));
        }

        lock (gate)
            statistics = parser.Statistics;
        return any;
    }

    private void Publish(TicArrival arrival)
    {
        TaskCompletionSource<TicArrival> waiting;
        lock (gate)
        {
            Latest = arrival;
            statistics = parser.Statistics;
            waiting = next;
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult(arrival);
    }

    private async Task Pause(CancellationToken stop)
    {
        pause = pause == TimeSpan.Zero ? FirstPause : pause < LongestPause / 2 ? pause * 2 : LongestPause;
        await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
