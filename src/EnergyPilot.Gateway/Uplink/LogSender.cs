using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Keeps sending the log. What was written before a birth and is not acknowledged goes out as late data, at a pace that the answers set; what is
/// written after it goes out as live data, first whenever there is any. When answers stay away, everything that is not acknowledged becomes late.
/// </summary>
internal sealed partial class LogSender : IDisposable
{
    private const int LiveLimit = 2000;

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMinutes(1), LongestPatience = TimeSpan.FromMinutes(15);

    private readonly SparkplugEdge edge;
    private readonly StretchSender sender;
    private readonly Progress progress;
    private readonly Pace pace;
    private readonly ILogger log;
    private readonly SemaphoreSlim news = new(0, 1);
    private readonly TimeProvider time;
    private TimeSpan patience = Patience;
    private readonly Redo redo = new();
    private long birth, bornAt, live, late, lateEnd, sent;
    private int restamped = 1;

    public LogSender(SparkplugEdge edge, StretchSender sender, Progress progress, TimeProvider time, ILogger log)
    {
        (this.edge, this.sender, this.progress, this.time, this.log) = (edge, sender, progress, time, log);
        pace = new Pace(time);
        edge.Changed += _ => Wake();
    }

    /// <summary>Told of each stretch that went out, with the birth that it belongs to.</summary>
    public Action<long, Stretch> Told { get; init; } = (_, _) => { };

    /// <summary>Asked before anything is sent: a gateway that does not know the time waits.</summary>
    public Func<bool> MaySend { get; init; } = () => true;

    /// <summary>Asked after which sequence times were put right since they were last sent; the largest number for none.</summary>
    public Func<long> RestampedAfter { get; init; } = () => long.MaxValue;

    /// <summary>Told when all of these have been sent again and have arrived.</summary>
    public Action RestampedSent { get; init; } = () => { };

    /// <summary>Told when the city has more than was ever in this log: it is an older copy of itself.</summary>
    public Action FromTheFuture { get; init; } = () => { };

    /// <summary>Samples that went out, those that went out again included.</summary>
    public long Samples { get; private set; }

    /// <summary>How often answers stayed away and sending began anew.</summary>
    public long Stalls { get; private set; }

    /// <summary>Samples that may be on their way as late data.</summary>
    public int Window => pace.Window;

    /// <summary>There may be something to do.</summary>
    public void Wake()
    {
        // Two who wake at once: one is enough.
        if (news.CurrentCount > 0) return;
        try
        {
            news.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else woke it, or it has ended.
        }
    }

    /// <summary>The births are about to be made: what is in the log up to here is late from now on.</summary>
    /// <param name="sequence">The last committed.</param>
    /// <param name="told">When the values were taken that the births tell.</param>
    public void BirthAt(long sequence, DateTimeOffset told)
    {
        Interlocked.Exchange(ref bornAt, sequence);
        sender.Born = told;
    }

    /// <summary>Takes an acknowledgement from whoever stores or carries.</summary>
    public void Acknowledge(long through)
    {
        // A city may know of more than a gateway whose power was cut: what the log had at the birth may have been sent before.
        if (through > Math.Max(sender.Furthest, Interlocked.Read(ref bornAt))) FromTheFuture();
        else if (progress.Take(through)) Wake();
    }

    /// <summary>Times of samples that may have been sent before have been put right.</summary>
    public void Restamped() => Interlocked.Exchange(ref restamped, 1);

    public void Dispose() => news.Dispose();

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            progress.Save();
            var standing = edge.Standing;
            if (standing.Phase == SparkplugPhase.Born && MaySend() && await Send(standing.Birth, stop)) continue;
            await news.WaitAsync(Glance, stop);
        }
    }

    private async ValueTask<bool> Send(long present, CancellationToken stop)
    {
        if (present != birth) Begin(present);
        pace.Acknowledged(progress.Through);
        if (Interlocked.Exchange(ref restamped, 0) == 1) LookBack();
        if (redo.IsOver(progress.Through)) RestampedSent();
        if (!redo.IsRunning && progress.Through > late) late = Math.Min(progress.Through, lateEnd);
        Stall();
        return await SendLive(stop) || await SendLate(stop);
    }

    private void LookBack()
    {
        var after = RestampedAfter();
        if (after == long.MaxValue) return;
        // Before a start anything may have been sent.
        if (!redo.Begin(after, Math.Max(sent, Interlocked.Read(ref bornAt)), live)) RestampedSent();
        else (late, lateEnd) = (Math.Min(after, late), live);
    }

    private void Begin(long present)
    {
        birth = present;
        live = lateEnd = Math.Max(Interlocked.Read(ref bornAt), progress.Through);
        late = progress.Through;
        Interlocked.Exchange(ref sent, Math.Max(sent, late));
        pace.Reset();
        progress.Rest();
        BeginAgain();
    }

    // What was sent and is not acknowledged may be lost: data are QoS 0.
    private void Stall()
    {
        if (progress.Through >= Interlocked.Read(ref sent))
        {
            patience = Patience;
            progress.Rest();
            return;
        }

        if (progress.StoodFor < patience) return;
        LogStalled(log, Interlocked.Read(ref sent) - progress.Through, patience);
        Stalls++;
        patience = patience * 2 < LongestPatience ? patience * 2 : LongestPatience;
        (late, lateEnd) = (progress.Through, live);
        pace.Stalled();
        progress.Rest();
        BeginAgain();
    }

    // What was being sent again may have been lost.
    private void BeginAgain()
    {
        redo.Stop();
        Restamped();
    }

    private async ValueTask<bool> SendLive(CancellationToken stop)
    {
        var stretch = await sender.Send(birth, live, long.MaxValue, LiveLimit, Lane.Live, stop);
        if (!Take(stretch)) return false;
        live = stretch.Through;
        return true;
    }

    private async ValueTask<bool> SendLate(CancellationToken stop)
    {
        // What was acknowledged before says nothing of how quick the line is: it goes out slowly.
        var isAgain = late < progress.Through;
        if (late >= lateEnd || late - progress.Through >= pace.Window || (isAgain && !redo.IsDue(time))) return false;
        var stretch = await sender.Send(birth, late, lateEnd, isAgain ? Redo.Step : pace.Step, Lane.Late, stop);
        if (!Take(stretch)) return false;
        late = stretch.Through;
        redo.Sent(late, Interlocked.Read(ref sent));
        if (!isAgain) pace.Sent(late);
        return true;
    }

    private bool Take(Stretch stretch)
    {
        if (sender.HasStranger || stretch.Sent == SparkplugSent.Refused)
        {
            edge.Rebirth();
            return false;
        }

        if (stretch.Through == stretch.After) return false;
        Samples += stretch.Count;
        if (Interlocked.Read(ref sent) < stretch.Through) Interlocked.Exchange(ref sent, stretch.Through);
        Told(birth, stretch);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} samples that were sent have not been acknowledged for {Time}; they are sent again")]
    private static partial void LogStalled(ILogger log, long count, TimeSpan time);
}
