using EnergyPilot.Core.Learning;

namespace EnergyPilot.Tests.Core.Learning;

/// <summary>
/// The same search written plainly and slowly: Gauss-Newton with central differences, Gaussian elimination and step halving, until
/// nothing improves; predictions step by step without maps. For quarters that are all good and without gaps.
/// </summary>
internal sealed class PlainFit(Quarter[] quarters)
{
    private const double Sigma = 0.6;
    private static readonly double[] Median = [.. ZoneModel.Prior.Values.Select(v => Math.Log(v))];

    public (ZoneModel Model, double Cost) From(ZoneModel start)
    {
        var p = start.Values.Select(v => Math.Log(v)).ToArray();
        var cost = Cost(p);
        for (var i = 0; i < 40; i++)
        {
            var step = Step(p);
            var improved = false;
            for (var share = 1.0; share > 1e-3 && !improved; share /= 2)
            {
                var next = p.Zip(step, (a, b) => a + share * b).ToArray();
                var lower = Cost(next);
                if (lower >= cost - 1e-10) continue;
                (p, cost, improved) = (next, lower, true);
            }

            if (!improved) break;
        }

        return (ZoneModel.Of([.. p.Select(Math.Exp)]), cost);
    }

    public double Cost(ZoneModel model) => Cost([.. model.Values.Select(v => Math.Log(v))]);

    private double Cost(double[] p) =>
        Errors(p).Sum(e => Math.Min(e * e / (Sigma * Sigma), 16)) + p.Select((v, i) => Math.Pow((v - Median[i]) / ZoneModel.Spread[i], 2)).Sum();

    private double[] Step(double[] p)
    {
        var n = p.Length;
        var errors = Errors(p);
        var slopes = Enumerable.Range(0, n).Select(i =>
        {
            var (up, down) = ((double[])p.Clone(), (double[])p.Clone());
            up[i] += 1e-4;
            down[i] -= 1e-4;
            return Errors(up).Zip(Errors(down), (a, b) => (a - b) / 2e-4).ToArray();
        }).ToArray();
        var system = new double[n, n + 1];
        for (var k = 0; k < errors.Count; k++)
        {
            if (Math.Abs(errors[k]) > 4 * Sigma) continue;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) system[i, j] += slopes[i][k] * slopes[j][k] / (Sigma * Sigma);
                system[i, n] -= slopes[i][k] * errors[k] / (Sigma * Sigma);
            }
        }

        for (var i = 0; i < n; i++)
        {
            system[i, i] += 1 / Math.Pow(ZoneModel.Spread[i], 2);
            system[i, n] -= (p[i] - Median[i]) / Math.Pow(ZoneModel.Spread[i], 2);
        }

        return Eliminated(system, n);
    }

    private static double[] Eliminated(double[,] m, int n)
    {
        for (var i = 0; i < n; i++)
            for (var r = 0; r < n; r++)
            {
                if (r == i) continue;
                var share = m[r, i] / m[i, i];
                for (var c = i; c <= n; c++) m[r, c] -= share * m[i, c];
            }

        return [.. Enumerable.Range(0, n).Select(i => m[i, n] / m[i, i])];
    }

    private List<double> Errors(double[] p)
    {
        var model = ZoneModel.Of([.. p.Select(Math.Exp)]);
        var errors = new List<double>();
        var room = quarters[0].Room;
        var (seen, free) = (new ZoneState(room, room, room), new ZoneState(room, room, room));
        for (var i = 1; i < quarters.Length; i++)
        {
            var next = model.Step(seen, quarters[i].Drive, 0.25);
            var e = Math.Clamp(quarters[i].Room - next.Air, -3, 3);
            seen = new ZoneState(next.Air + 0.4 * e, next.Fast + 0.15 * e, next.Deep + 0.03 * e);
            free = model.Step(free, quarters[i].Drive, 0.25);
            // The first day only settles the observer.
            if (i >= 96) errors.Add(free.Air - quarters[i].Room);
            if (i < 96 || quarters[i].End.TimeOfDay == TimeSpan.FromHours(17)) free = seen;
        }

        return errors;
    }
}
