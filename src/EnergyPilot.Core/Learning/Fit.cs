using System.Collections.Immutable;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// Levenberg-Marquardt on the logarithms of a zone's parameters with a Gaussian prior, i.e. the most probable model.
/// Marquardt, D. W. (1963), "An algorithm for least-squares estimation of nonlinear parameters", J. SIAM 11, 431-441.
/// Derivatives are forward differences of 1e-3; no parameter moves by more than 0.7 at once or leaves the prior's box.
/// </summary>
internal sealed class Fit(LearningRow[] rows, ZonePrior prior)
{
    private const int Count = ZoneModel.Count;
    private const int MostIterations = 12, MostTries = 6;
    private const double Difference = 1e-3, LongestMove = 0.7, Enough = 1e-3;

    private readonly double[] median = [.. prior.Model.Values.Select(value => Math.Log(value))];
    private readonly double[] errors = new double[rows.Length], trialErrors = new double[rows.Length], slopes = new double[rows.Length * Count];
    private readonly double[] logs = new double[Count], trial = new double[Count], gradient = new double[Count];
    private readonly double[] curvature = new double[Count * Count], factor = new double[Count * Count];

    /// <summary>Steps taken in all.</summary>
    public int Iterations { get; private set; }

    /// <summary>The truncated loss with the prior's part.</summary>
    public double Cost { get; private set; }

    /// <summary>The most probable model.</summary>
    public ZoneModel Run()
    {
        median.CopyTo(logs, 0);
        Search(RobustLoss.Linear);
        Cost = Search(RobustLoss.Truncated);
        return Model(logs);
    }

    /// <summary>Standard deviation of each parameter's logarithm after the data, relative to the prior: 1 = nothing was learned of it.</summary>
    public ImmutableArray<double> SdRatios()
    {
        Linearise(RobustLoss.Truncated);
        curvature.CopyTo(factor, 0);
        if (!Cholesky.Factor(factor, Count)) return [.. Enumerable.Repeat(1.0, Count)];
        var ratios = ImmutableArray.CreateBuilder<double>(Count);
        var column = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            Array.Clear(column);
            column[i] = 1;
            Cholesky.Solve(factor, column);
            ratios.Add(Math.Min(Math.Sqrt(column[i]) / prior.Spread[i], 1));
        }

        return ratios.MoveToImmutable();
    }

    /// <summary>
    /// Lower triangle of the information about the logarithms of a model's parameters, row by row: what the quarters tell, each counted as a share of an
    /// observation, and what the prior does.
    /// </summary>
    public double[] Information(ZoneModel at, double share)
    {
        for (var i = 0; i < Count; i++) logs[i] = Math.Log(at.Values[i]);
        OpenLoop.Errors(rows, at, errors);
        Linearise(RobustLoss.Truncated);
        var information = new double[Count * Count];
        for (var i = 0; i < Count; i++)
            for (var j = 0; j <= i; j++)
            {
                var certainty = i == j ? 1 / (prior.Spread[i] * prior.Spread[i]) : 0;
                information[i * Count + j] = certainty + share * (curvature[i * Count + j] - certainty);
            }

        return information;
    }

    private double Search(RobustLoss loss)
    {
        var cost = CostOf(loss, logs, errors);
        var damping = 0.01;
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            Linearise(loss);
            var (lower, next) = Descend(loss, cost, damping);
            if (!(lower < cost)) break;
            Iterations++;
            var settled = cost - lower < Enough * cost;
            (cost, damping) = (lower, next);
            if (settled) break;
        }

        return cost;
    }

    // Tries ever shorter steps until one pays; takes it over. Without one, the cost stays.
    private (double Cost, double Damping) Descend(RobustLoss loss, double cost, double damping)
    {
        for (var i = 0; i < MostTries; i++, damping *= 4)
        {
            if (!TryStep(damping)) continue;
            var trialCost = CostOf(loss, trial, trialErrors);
            if (!(trialCost < cost)) continue;
            trial.CopyTo(logs, 0);
            trialErrors.CopyTo(errors, 0);
            return (trialCost, damping / 5);
        }

        return (cost, damping);
    }

    private bool TryStep(double damping)
    {
        curvature.CopyTo(factor, 0);
        for (var i = 0; i < Count; i++)
        {
            factor[i * Count + i] *= 1 + damping;
            trial[i] = -gradient[i];
        }

        if (!Cholesky.Factor(factor, Count)) return false;
        Cholesky.Solve(factor, trial);
        for (var i = 0; i < Count; i++)
        {
            var reach = ZonePrior.Reach * prior.Spread[i];
            trial[i] = Math.Clamp(logs[i] + Math.Clamp(trial[i], -LongestMove, LongestMove), median[i] - reach, median[i] + reach);
        }

        return true;
    }

    // Gradient and Gauss-Newton curvature (both halved) of the cost at the present parameters.
    private void Linearise(RobustLoss loss)
    {
        Differentiate();
        for (var i = 0; i < Count; i++)
        {
            var slope = slopes.AsSpan(i * rows.Length, rows.Length);
            for (var j = 0; j <= i; j++)
            {
                var sum = Weighted(loss, slope, slopes.AsSpan(j * rows.Length, rows.Length));
                curvature[i * Count + j] = curvature[j * Count + i] = sum;
            }

            var certainty = 1 / (prior.Spread[i] * prior.Spread[i]);
            curvature[i * Count + i] += certainty;
            gradient[i] = Weighted(loss, slope, errors) + (logs[i] - median[i]) * certainty;
        }
    }

    private void Differentiate()
    {
        logs.CopyTo(trial, 0);
        for (var i = 0; i < Count; i++)
        {
            trial[i] += Difference;
            var slope = slopes.AsSpan(i * rows.Length, rows.Length);
            OpenLoop.Errors(rows, Model(trial), slope);
            for (var k = 0; k < slope.Length; k++) slope[k] = (slope[k] - errors[k]) / Difference;
            trial[i] = logs[i];
        }
    }

    private double Weighted(RobustLoss loss, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var k = 0; k < left.Length; k++) sum += loss.Weight(errors[k]) * left[k] * right[k];
        return sum;
    }

    private double CostOf(RobustLoss loss, double[] at, double[] into)
    {
        OpenLoop.Errors(rows, Model(at), into);
        var sum = 0.0;
        foreach (var error in into) sum += loss.Cost(error);
        for (var i = 0; i < Count; i++) sum += Math.Pow((at[i] - median[i]) / prior.Spread[i], 2);
        return sum;
    }

    private static ZoneModel Model(ReadOnlySpan<double> logarithms)
    {
        Span<double> values = stackalloc double[Count];
        for (var i = 0; i < Count; i++) values[i] = Math.Exp(logarithms[i]);
        return ZoneModel.Of(values);
    }
}
