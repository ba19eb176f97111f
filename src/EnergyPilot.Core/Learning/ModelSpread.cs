namespace EnergyPilot.Core.Learning;

/// <summary>
/// How well a zone's model is known: a normal distribution of the logarithms of its parameters around the learned ones (Laplace's approximation of what the
/// last weeks and the prior say together). Parameters that only show together, as heat and losses do, are spread together.
/// Errors of neighbouring quarters of an hour are nearly the same, so that only each hour counts as an observation.
/// </summary>
public sealed class ModelSpread
{
    private const double HourPerQuarter = 0.25;
    private const int MostTries = 12;

    private readonly Learned learned;
    private readonly double[] factor;

    private ModelSpread(Learned learned, double[] factor) => (this.learned, this.factor) = (learned, factor);

    /// <summary>The most probable model.</summary>
    public ZoneModel Middle => learned.Model;

    /// <summary>What is known of the zone.</summary>
    public Learned Learned => learned;

    /// <summary>From the quarters of the last weeks; where they tell too little, from what was kept of the last lesson.</summary>
    /// <param name="learned">What the zone has learned.</param>
    /// <param name="quarters">In the order in which they were measured; of more than 21 days the last ones count.</param>
    /// <param name="zone">The site's, for the daily anchor.</param>
    public static ModelSpread Of(Learned learned, ReadOnlySpan<Quarter> quarters, TimeZoneInfo zone)
    {
        var rows = LearningRow.Of(quarters, zone);
        var good = 0;
        foreach (ref readonly var row in rows.AsSpan()) good += row.Counts ? 1 : 0;
        if (!learned.HasLearned || good < 96 * Gate.FewestDays) return Of(learned);
        var information = new Fit(rows, learned.Prior).Information(learned.Model, HourPerQuarter);
        return Cholesky.Factor(information, ZoneModel.Count) ? new ModelSpread(learned, information) : Of(learned);
    }

    /// <summary>From what was kept of the last lesson alone, each parameter for itself: rather too wide than too narrow.</summary>
    public static ModelSpread Of(Learned learned)
    {
        var factor = new double[ZoneModel.Count * ZoneModel.Count];
        for (var i = 0; i < ZoneModel.Count; i++) factor[i * ZoneModel.Count + i] = 1 / Math.Max(learned.SdRatios[i] * learned.Prior.Spread[i], 1e-3);
        return new ModelSpread(learned, factor);
    }

    /// <summary>
    /// The model that lies so many standard deviations off, along independent directions. What no room can be (outside the prior's reach, or never
    /// warm) is drawn nearer to the middle until it can.
    /// </summary>
    /// <param name="normals">Eleven independent standard normal numbers.</param>
    public ZoneModel Draw(ReadOnlySpan<double> normals)
    {
        Span<double> off = stackalloc double[ZoneModel.Count], values = stackalloc double[ZoneModel.Count];
        normals[..ZoneModel.Count].CopyTo(off);
        Cholesky.Spread(factor, off);
        var middle = learned.Model.Values;
        for (var (i, size) = (0, 1.0); i < MostTries; i++, size /= 1.5)
        {
            for (var k = 0; k < ZoneModel.Count; k++) values[k] = middle[k] * Math.Exp(size * off[k]);
            var drawn = ZoneModel.Of(values);
            if (learned.Prior.Holds(drawn) && Gate.IsBalanced(drawn)) return drawn;
        }

        return learned.Model;
    }
}
