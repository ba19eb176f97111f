using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// What an installer wants to know of a device: how often it was asked, how it failed, how long it took, when it last answered.
/// Written by the bus, read by the page at any time; nothing is allocated per request.
/// </summary>
internal sealed class DeviceCounters
{
    private const int Codes = 16;

    private readonly Lock gate = new();
    private readonly long[] troubles = new long[Enum.GetValues<Trouble>().Length];
    private readonly long[] exceptions = new long[Codes];
    private readonly Latencies latencies = new();
    private long requests;
    private DateTimeOffset lastGood;

    /// <summary>The device answered.</summary>
    public void Good(DateTimeOffset at, TimeSpan took)
    {
        lock (gate)
        {
            requests++;
            lastGood = at;
            latencies.Add(took);
        }
    }

    /// <summary>The device said something of itself, unasked or on its own beat: there is no time that it took.</summary>
    public void Heard(DateTimeOffset at)
    {
        lock (gate)
        {
            requests++;
            lastGood = at;
        }
    }

    public void Failed(Trouble trouble)
    {
        lock (gate)
        {
            requests++;
            troubles[(int)trouble]++;
        }
    }

    /// <summary>The device refused, and said why: it lives.</summary>
    /// <param name="code">Its exception code; those beyond the standard's share the last place.</param>
    /// <param name="took">How long it took to say so.</param>
    public void Refused(int code, TimeSpan took)
    {
        lock (gate)
        {
            requests++;
            troubles[(int)Trouble.Exception]++;
            exceptions[Math.Clamp(code, 0, Codes - 1)]++;
            latencies.Add(took);
        }
    }

    public DeviceFigures Read()
    {
        lock (gate)
            return new DeviceFigures(
                requests, [.. troubles],
                [.. exceptions.Select((count, code) => (code, count)).Where(e => e.count > 0)],
                latencies.Quantile(0.5), latencies.Quantile(0.99), lastGood);
    }
}

/// <summary>How a request can fail.</summary>
internal enum Trouble
{
    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>A damaged answer: checksum, length, echo.</summary>
    Checksum,

    /// <summary>An answer that belongs to another question or device.</summary>
    Foreign,

    /// <summary>The device refused.</summary>
    Exception,

    /// <summary>No connection, port or file.</summary>
    Disconnected,

    /// <summary>An answer whose meaning could not be made out.</summary>
    Meaning,
}

/// <summary>The counters of a device at one moment.</summary>
/// <param name="Troubles">Failed requests, in the order of <see cref="Trouble"/>.</param>
/// <param name="Exceptions">Refusals by code.</param>
/// <param name="Median">Half of the answers took no longer; zero before the first.</param>
/// <param name="Slowest">99 of a hundred answers took no longer.</param>
/// <param name="LastGood">MinValue before the first good answer.</param>
internal sealed record DeviceFigures(
    long Requests, ImmutableArray<long> Troubles, ImmutableArray<(int Code, long Count)> Exceptions, TimeSpan Median, TimeSpan Slowest, DateTimeOffset LastGood)
{
    public long Failures => Troubles.Sum();

    public long Of(Trouble trouble) => Troubles[(int)trouble];
}
