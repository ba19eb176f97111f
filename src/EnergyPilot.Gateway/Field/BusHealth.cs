namespace EnergyPilot.Gateway.Field;

/// <summary>What an installer wants to know of a device: how often it was asked, how often it did not answer, when it last did.</summary>
internal sealed class BusHealth
{
    private long requests, failures;
    private long lastGoodTicks;

    public long Requests => Interlocked.Read(ref requests);

    public long Failures => Interlocked.Read(ref failures);

    /// <summary>The last good answer; MinValue before the first.</summary>
    public DateTimeOffset LastGood => new(Interlocked.Read(ref lastGoodTicks), TimeSpan.Zero);

    public void Good(DateTimeOffset at)
    {
        Interlocked.Increment(ref requests);
        Interlocked.Exchange(ref lastGoodTicks, at.UtcTicks);
    }

    public void Failed()
    {
        Interlocked.Increment(ref requests);
        Interlocked.Increment(ref failures);
    }
}
