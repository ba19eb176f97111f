namespace EnergyPilot.Core.Energy;

/// <summary>A line with a bend, fitted on a grid of bends; see <see cref="SignatureFit"/>. Base and slope are never negative.</summary>
internal readonly record struct ChangePoint(double Base, double Slope, double BalanceC, double Scale, double R2, double CvRmse)
{
    private const double LowestBalanceC = 5, HighestBalanceC = 23, StepK = 0.25;
    private const int Rounds = 12;

    public double Error(double outdoorC, double kwh) => kwh - Base - Slope * Math.Max(0, BalanceC - outdoorC);

    /// <summary>By least absolute deviations (iteratively reweighted), with the scale of the errors: 1.4826 · their median.</summary>
    public static ChangePoint Robust(double[] outdoorC, double[] kwh)
    {
        var floor = Math.Max(1e-9, 0.001 * kwh.Average());
        var weights = new double[kwh.Length];
        return Best(outdoorC, kwh, (x, y) =>
        {
            Array.Fill(weights, 1);
            var line = Line(x, y, weights);
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < y.Length; i++) weights[i] = 1 / Math.Max(floor, Math.Abs(y[i] - line.Base - line.Slope * x[i]));
                line = Line(x, y, weights);
            }

            return line;
        }, Math.Abs);
    }

    /// <summary>By least squares.</summary>
    public static ChangePoint LeastSquares(double[] outdoorC, double[] kwh)
    {
        var weights = new double[kwh.Length];
        Array.Fill(weights, 1);
        return Best(outdoorC, kwh, (x, y) => Line(x, y, weights), e => e * e);
    }

    private static ChangePoint Best(double[] outdoorC, double[] kwh, Func<double[], double[], (double Base, double Slope)> fit, Func<double, double> cost)
    {
        var (best, least) = (default(ChangePoint), double.PositiveInfinity);
        var degrees = new double[outdoorC.Length];
        for (var balance = LowestBalanceC; balance <= HighestBalanceC; balance += StepK)
        {
            for (var i = 0; i < degrees.Length; i++) degrees[i] = Math.Max(0, balance - outdoorC[i]);
            var (level, slope) = fit(degrees, kwh);
            var point = new ChangePoint(level, slope, balance, 0, 0, 0);
            var sum = 0.0;
            for (var i = 0; i < kwh.Length; i++) sum += cost(point.Error(outdoorC[i], kwh[i]));
            if (sum < least) (best, least) = (point, sum);
        }

        return best.Judged(outdoorC, kwh);
    }

    private ChangePoint Judged(double[] outdoorC, double[] kwh)
    {
        var (errors, balance) = (new double[kwh.Length], BalanceC);
        for (var i = 0; i < errors.Length; i++) errors[i] = Error(outdoorC[i], kwh[i]);
        // Of the days that were heated: in summer a boiler takes exactly nothing, and a scale of nothing would call every winter day odd.
        var heated = Enumerable.Range(0, errors.Length).Where(i => outdoorC[i] < balance).Select(i => Math.Abs(errors[i])).Order().ToArray();
        var (mean, squares) = (kwh.Average(), errors.Sum(e => e * e));
        var around = kwh.Sum(k => (k - mean) * (k - mean));
        return this with
        {
            Scale = 1.4826 * Quantiles.Of(heated.Length >= 10 ? heated : [.. errors.Select(Math.Abs).Order()], 0.5),
            R2 = around > 0 ? 1 - squares / around : 0,
            CvRmse = kwh.Length > 3 && mean > 0 ? Math.Sqrt(squares / (kwh.Length - 3)) / mean : double.PositiveInfinity,
        };
    }

    private static (double Base, double Slope) Line(double[] x, double[] y, double[] weights)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var w = weights[i];
            (n, sx, sy, sxx, sxy) = (n + w, sx + w * x[i], sy + w * y[i], sxx + w * x[i] * x[i], sxy + w * x[i] * y[i]);
        }

        var spread = sxx - sx * sx / n;
        var slope = spread > 1e-12 * sxx ? (sxy - sx * sy / n) / spread : 0;
        if (slope <= 0) return (Math.Max(0, sy / n), 0);
        var level = (sy - slope * sx) / n;
        return level >= 0 ? (level, slope) : (0, sxy / sxx);
    }
}

/// <summary>Quantiles of sorted numbers, linear between two of them.</summary>
internal static class Quantiles
{
    public static double Of(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0) return double.NaN;
        var place = share * (sorted.Count - 1);
        var i = (int)place;
        return i + 1 < sorted.Count ? sorted[i] + (place - i) * (sorted[i + 1] - sorted[i]) : sorted[i];
    }
}
