using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// How long a zone takes to warm up whose heat cannot be estimated because no supply temperature is known:
/// time = θ₀ + ΔT·(θ₁ + θ₂·(target − outdoor)/25 + θ₃·min(empty, 72 h)/72 h), learned by recursive least squares with forgetting 0.97.
/// The form is that of Seem, J. E., Armstrong, P. R. and Hancock, C. E. (1989), "Algorithms for predicting recovery time from night
/// setback", ASHRAE Transactions 95(2).
/// </summary>
/// <param name="Coefficients">θ [h, h/K, h/K, h/K].</param>
/// <param name="Covariance">Of θ, row by row.</param>
public sealed record WarmUpRegression(ImmutableArray<double> Coefficients, ImmutableArray<double> Covariance)
{
    /// <summary>Cautious figures that learning starts from.</summary>
    public static readonly WarmUpRegression Start = new([0.3, 0.5, 0.3, 0.2], [0.1, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0.2]);

    private const int Count = 4;
    private const double Forgetting = 0.97, LargestSurprise = 2, LeastClimb = 1.5, LeastProgress = 0.5, LargestTrace = 0.7;
    private static readonly ImmutableArray<double> Highest = [1, 3, 3, 3];

    internal bool IsSound =>
        !Coefficients.IsDefault && Coefficients.Length == Count && Coefficients.All(c => c >= 0 && c <= Highest[^1])
        && !Covariance.IsDefault && Covariance.Length == Count * Count && Covariance.All(double.IsFinite);

    public bool Equals(WarmUpRegression? other) => other is not null && Coefficients.AsSpan().SequenceEqual(other.Coefficients.AsSpan()) && Covariance.AsSpan().SequenceEqual(other.Covariance.AsSpan());

    public override int GetHashCode() => Coefficients.Aggregate(0, HashCode.Combine);

    /// <summary>How long it will take, at most <see cref="OptimalStart.Cap"/>, and that where something is unknown.</summary>
    public TimeSpan Time(ColdStart start)
    {
        if (start.Climb <= 0) return TimeSpan.Zero;
        Span<double> regressors = stackalloc double[Count];
        start.Write(regressors);
        var hours = Dot(Coefficients.AsSpan(), regressors);
        return hours < OptimalStart.Cap.TotalHours ? TimeSpan.FromHours(Math.Max(hours, 0)) : OptimalStart.Cap;
    }

    /// <summary>
    /// After a warm-up at full power without an open window. A climb of less than 1.5 K teaches nothing; one that was not finished is
    /// extrapolated; no warm-up counts for more than 2 h of surprise.
    /// </summary>
    /// <param name="start">As it was.</param>
    /// <param name="took">Until it was warm, or people came.</param>
    /// <param name="missing">What was missing then [K].</param>
    public WarmUpRegression After(ColdStart start, TimeSpan took, double missing)
    {
        var progress = start.Climb - Math.Max(missing, 0);
        if (!double.IsFinite(start.Climb + start.Cold + start.EmptyHours + missing) || start.Climb < LeastClimb || progress < LeastProgress) return this;
        Span<double> regressors = stackalloc double[Count], gain = stackalloc double[Count];
        start.Write(regressors);
        var spread = Forgetting;
        for (var i = 0; i < Count; i++)
        {
            gain[i] = Dot(Covariance.AsSpan(i * Count, Count), regressors);
            spread += regressors[i] * gain[i];
        }

        var full = Math.Clamp(took.TotalHours * start.Climb / progress, 0, OptimalStart.Cap.TotalHours);
        var surprise = Math.Clamp(full - Dot(Coefficients.AsSpan(), regressors), -LargestSurprise, LargestSurprise);
        return new WarmUpRegression(Moved(gain, surprise / spread), Narrowed(gain, spread));
    }

    private ImmutableArray<double> Moved(ReadOnlySpan<double> gain, double by)
    {
        var next = ImmutableArray.CreateBuilder<double>(Count);
        for (var i = 0; i < Count; i++) next.Add(Math.Clamp(Coefficients[i] + gain[i] * by, 0, Highest[i]));
        return next.MoveToImmutable();
    }

    // Forgetting stops where nothing new is learned: otherwise the covariance of what does not vary grows without bound.
    private ImmutableArray<double> Narrowed(ReadOnlySpan<double> gain, double spread)
    {
        var narrowed = new double[Count * Count];
        var trace = 0.0;
        for (var i = 0; i < Count * Count; i++) narrowed[i] = Covariance[i] - gain[i / Count] * gain[i % Count] / spread;
        for (var i = 0; i < Count; i++) trace += narrowed[i * Count + i];
        var growth = Math.Clamp(LargestTrace / trace, 1, 1 / Forgetting);
        return [.. narrowed.Select(value => value * growth)];
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}

/// <summary>A zone about to warm up.</summary>
/// <param name="Climb">Target less room [K].</param>
/// <param name="Cold">Target less outdoor air [K].</param>
/// <param name="EmptyHours">Since it was last heated for people [h].</param>
public readonly record struct ColdStart(double Climb, double Cold, double EmptyHours)
{
    /// <summary>From what is known as it begins.</summary>
    public static ColdStart Of(Celsius room, Celsius target, Celsius outdoor, TimeSpan empty) =>
        new((target - room).Difference, (target - outdoor).Difference, empty.TotalHours);

    internal void Write(Span<double> regressors)
    {
        var climb = Math.Clamp(Climb, 0, 50);
        regressors[0] = 1;
        regressors[1] = climb;
        regressors[2] = climb * Math.Clamp(Cold, 0, 100) / 25;
        regressors[3] = climb * Math.Clamp(EmptyHours, 0, 72) / 72;
    }
}
