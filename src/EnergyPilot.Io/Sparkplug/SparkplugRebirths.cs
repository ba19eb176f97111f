namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Why and when all births are to be sent again. Wishes that come before the births are read are one wish; of a host's requests
/// three are served at once, then one every ten seconds: a host that asks without end would else keep the node from sending data.
/// </summary>
internal sealed class SparkplugRebirths : IDisposable
{
    private const int Burst = 3;

    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim wished = new(0);
    private readonly TimeProvider time;
    private readonly Action silence;
    private readonly ITimer later;
    private SparkplugWish wish;
    private TimeSpan served;
    private bool isPutOff;
    private readonly long start;

    /// <summary><paramref name="silence"/> stops the data: it is called under a lock, before a wish can be served.</summary>
    public SparkplugRebirths(TimeProvider time, Action silence)
    {
        (this.time, this.silence) = (time, silence);
        start = time.GetTimestamp();
        served = -Refill * Burst;
        later = time.CreateTimer(_ => PutOff(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the births say has changed.</summary>
    public void Changed()
    {
        lock (gate)
            Wish(SparkplugWish.Own);
    }

    /// <summary>A host asks for them; false when that is put off, or is served with what was wished before.</summary>
    public bool Asked()
    {
        lock (gate)
        {
            if (wish != SparkplugWish.None || isPutOff)
                return false;
            var now = time.GetElapsedTime(start);
            // Each request served adds its ten seconds to a debt that may be three times that.
            var debt = (served > now - Refill * Burst ? served : now - Refill * Burst) + Refill;
            isPutOff = debt > now;
            if (isPutOff)
            {
                later.Change(debt - now, Timeout.InfiniteTimeSpan);
                return false;
            }

            served = debt;
            Wish(SparkplugWish.Host);
            return true;
        }
    }

    /// <summary>The births are about to be read: what was wished so far is fulfilled.</summary>
    public void Serve()
    {
        lock (gate)
            wish = SparkplugWish.None;
    }

    /// <summary>Does it unless a wish has come since: in one step, so that a wish that comes later finds it done.</summary>
    public bool UnlessWished(Action act)
    {
        lock (gate)
        {
            if (wish != SparkplugWish.None)
                return false;
            act();
            return true;
        }
    }

    /// <summary>Waits for a wish.</summary>
    public async Task<SparkplugWish> Next(CancellationToken stop)
    {
        while (true)
        {
            lock (gate)
                if (wish != SparkplugWish.None)
                    return wish;
            await wished.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        later.Dispose();
        wished.Dispose();
    }

    private void PutOff()
    {
        lock (gate)
            isPutOff = false;
        Asked();
    }

    private void Wish(SparkplugWish what)
    {
        // operational-behavior-data-commands-rebirth-action-1
        silence();
        wish = what;
        if (wished.CurrentCount == 0)
            wished.Release();
    }
}

/// <summary>Who wants all births again.</summary>
internal enum SparkplugWish
{
    None,
    Own,
    Host,
}
