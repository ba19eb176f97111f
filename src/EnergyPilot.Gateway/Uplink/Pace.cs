namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// How much late data may be on its way without an acknowledgement: more while the line and the city are quick, less when they are not, so that
/// a live sample never waits long behind late ones. Grows by half with each acknowledgement that comes within half a second, halves
/// with each that takes more than two.
/// </summary>
internal sealed class Pace(TimeProvider time)
{
    public const int Least = 200, Most = 40_000;

    private const double Quick = 0.5, Slow = 2;

    private readonly Queue<(long Through, long At)> waiting = [];

    /// <summary>Samples that may be on their way.</summary>
    public int Window { get; private set; } = 2000;

    /// <summary>Samples in one stretch: several of them fill the window.</summary>
    public int Step => Math.Clamp(Window / 4, 100, 2000);

    public void Sent(long through) => waiting.Enqueue((through, time.GetTimestamp()));

    public void Acknowledged(long through)
    {
        long at = -1;
        while (waiting.TryPeek(out var first) && first.Through <= through) at = waiting.Dequeue().At;
        if (at < 0) return;
        var took = time.GetElapsedTime(at).TotalSeconds;
        if (took > Slow) Window = Math.Max(Window / 2, Least);
        else if (took < Quick) Window = Math.Min(Window + Window / 2, Most);
    }

    /// <summary>Nothing came back: begins anew, slowly.</summary>
    public void Stalled()
    {
        waiting.Clear();
        Window = Least;
    }

    /// <summary>Another connection: what was on its way is not any more.</summary>
    public void Reset() => waiting.Clear();
}
