using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>
/// The same programme as the planner's blocks, written out in full as min ½·x'Qx + c'x with Gx ≤ h, and a plain dense solver for it:
/// primal-dual path following with centring 0.1, Gauss elimination, no structure. Slow, and short enough to be believed.
/// </summary>
internal sealed class DenseProblem
{
    private readonly ZoneBlock[] zones;
    private readonly Coupling coupling;
    private readonly List<(double[] Row, double Bound)> rows = [];
    private readonly int[] first;

    public DenseProblem(ZoneBlock[] zones, Coupling coupling)
    {
        (this.zones, this.coupling) = (zones, coupling);
        first = new int[zones.Length + 1];
        for (var z = 0; z < zones.Length; z++) first[z + 1] = first[z] + Steps + zones[z].Rows.Length;
        Size = first[^1] + coupling.Heat.Length;
        (Q, C) = (new double[Size, Size], new double[Size]);
        for (var z = 0; z < zones.Length; z++) AddZone(zones[z], first[z]);
        for (var j = 0; j < Steps; j++) AddStep(j);
    }

    public int Size { get; }
    public double[,] Q { get; }
    public double[] C { get; }
    public IReadOnlyList<(double[] Row, double Bound)> Rows => rows;

    private int Steps => zones[0].Steps;

    /// <summary>The point of these emissions, with the slacks and hottest emissions that they need.</summary>
    public double[] Point(double[][] emissions)
    {
        var x = new double[Size];
        for (var z = 0; z < zones.Length; z++)
        {
            emissions[z].CopyTo(x, first[z]);
            for (var i = 0; i < zones[z].Rows.Length; i++)
            {
                var row = zones[z].Rows[i];
                x[first[z] + Steps + i] = Math.Max(0, row.Sign * Cholesky.Dot(zones[z].Response.AsSpan(row.Step * Steps, Steps), emissions[z]) - row.Bound);
            }
        }

        for (var j = 0; j < coupling.Heat.Length; j++) x[first[^1] + j] = emissions.Max(e => e[j]);
        return x;
    }

    public double Objective(double[] x) => Gradient(x).Zip(C, x).Sum(t => (t.First + t.Second) / 2 * t.Third);

    public double[] Gradient(double[] x) =>
        [.. Enumerable.Range(0, Size).Select(i => C[i] + Enumerable.Range(0, Size).Sum(k => Q[i, k] * x[k]))];

    /// <summary>The best point.</summary>
    public double[] Solve()
    {
        var (x, s, l) = (new double[Size], rows.Select(_ => 30.0).ToArray(), rows.Select(_ => 30.0).ToArray());
        for (var iteration = 0; iteration < 100 && (s.Zip(l).Sum(p => p.First * p.Second) > 1e-8 || rows.Select((r, i) => Math.Abs(Times(r.Row, x) + s[i] - r.Bound)).Max() > 1e-9); iteration++)
            Newton(x, s, l);
        return x;
    }

    private void Newton(double[] x, double[] s, double[] l)
    {
        var target = 0.1 * s.Zip(l).Sum(p => p.First * p.Second) / s.Length;
        var (matrix, right) = ((double[,])Q.Clone(), Gradient(x));
        var miss = rows.Select((r, i) => Times(r.Row, x) + s[i] - r.Bound).ToArray();
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, weight, shift) = (rows[i].Row, l[i] / s[i], (target - s[i] * l[i] + l[i] * miss[i]) / s[i]);
            for (var a = 0; a < Size; a++)
            {
                if (row[a] == 0) continue;
                right[a] += row[a] * (l[i] + shift);
                for (var b = 0; b < Size; b++) matrix[a, b] += weight * row[a] * row[b];
            }
        }

        var dx = Eliminate(matrix, [.. right.Select(r => -r)]);
        var ds = rows.Select((r, i) => -miss[i] - Times(r.Row, dx)).ToArray();
        var dl = s.Select((v, i) => (target - v * l[i] - l[i] * ds[i]) / v).ToArray();
        var length = s.Zip(ds).Concat(l.Zip(dl)).Where(p => p.Second < 0).Select(p => -0.99 * p.First / p.Second).Append(1).Min();
        for (var a = 0; a < Size; a++) x[a] += length * dx[a];
        for (var i = 0; i < s.Length; i++) (s[i], l[i]) = (s[i] + length * ds[i], l[i] + length * dl[i]);
    }

    private void AddZone(ZoneBlock zone, int at)
    {
        for (var j = 0; j < Steps; j++)
        {
            (C[at + j], Q[at + j, at + j]) = (zone.Cost[j], zone.Curve[j]);
            Bound(0, (at + j, -1));
            Bound(zone.Highest[j], (at + j, 1));
        }

        for (var i = 0; i < zone.Rows.Length; i++)
        {
            var (row, slack) = (zone.Rows[i], at + Steps + i);
            (C[slack], Q[slack, slack]) = (row.Weight, row.Bend);
            Bound(0, (slack, -1));
            Bound(row.Bound, [(slack, -1), .. Enumerable.Range(0, Steps).Select(j => (at + j, row.Sign * zone.Response[row.Step * Steps + j]))]);
        }
    }

    private void AddStep(int j)
    {
        if (coupling.Limits.Length > 0) Bound(coupling.Limits[j], [.. zones.Select((z, i) => (first[i] + j, z.Power))]);
        if (coupling.Heat.Length == 0) return;
        Q[first[^1] + j, first[^1] + j] = coupling.Hottest[j];
        for (var z = 0; z < zones.Length; z++)
        {
            Bound(0, (first[z] + j, 1), (first[^1] + j, -1));
            for (var y = 0; y < zones.Length; y++) Q[first[z] + j, first[y] + j] += coupling.Heat[j] * zones[z].Power * zones[y].Power;
        }
    }

    private void Bound(double bound, params (int At, double Value)[] entries)
    {
        var row = new double[Size];
        foreach (var (at, value) in entries) row[at] = value;
        rows.Add((row, bound));
    }

    private static double Times(double[] row, double[] x) => row.Zip(x).Sum(p => p.First * p.Second);

    private static double[] Eliminate(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var p = 0; p < n; p++)
        {
            var best = Enumerable.Range(p, n - p).MaxBy(i => Math.Abs(a[i, p]));
            for (var j = p; j < n; j++) (a[p, j], a[best, j]) = (a[best, j], a[p, j]);
            (b[p], b[best]) = (b[best], b[p]);
            for (var i = p + 1; i < n; i++)
            {
                var f = a[i, p] / a[p, p];
                if (f == 0) continue;
                for (var j = p; j < n; j++) a[i, j] -= f * a[p, j];
                b[i] -= f * b[p];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++) b[i] -= a[i, j] * b[j];
            b[i] /= a[i, i];
        }

        return b;
    }
}
