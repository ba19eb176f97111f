namespace EnergyPilot.Gateway.Field;

/// <summary>
/// How long answers took, in steps of a fifth from 64 µs to half a minute: enough to tell a good line from a bad one, in a few hundred bytes.
/// When a step has counted 65 535 answers all are halved, so that last week weighs less than today.
/// </summary>
internal sealed class Latencies
{
    private const int PerOctave = 4;
    private const int Octaves = 19;
    private const double ShortestMicroseconds = 64;

    private readonly ushort[] steps = new ushort[PerOctave * Octaves];

    public void Add(TimeSpan took)
    {
        ref var step = ref steps[Step(took)];
        if (step == ushort.MaxValue)
            foreach (ref var other in steps.AsSpan()) other /= 2;
        step++;
    }

    /// <summary>The time within which this share of the answers came, to the next step above; zero when there were none.</summary>
    public TimeSpan Quantile(double share)
    {
        long all = 0, below = 0;
        foreach (var step in steps) all += step;
        if (all == 0) return TimeSpan.Zero;
        for (var i = 0; i < steps.Length; i++)
            if ((below += steps[i]) >= share * all) return Upper(i);
        return Upper(steps.Length - 1);
    }

    private static int Step(TimeSpan took) =>
        Math.Clamp((int)Math.Ceiling(PerOctave * Math.Log2(Math.Max(took.TotalMicroseconds, 1) / ShortestMicroseconds)), 0, PerOctave * Octaves - 1);

    private static TimeSpan Upper(int step) => TimeSpan.FromMicroseconds(ShortestMicroseconds * Math.Pow(2, (double)step / PerOctave));
}
