namespace EnergyPilot.Core.Planning;

/// <summary>Symmetric positive definite systems, dense, row by row, in place; of a matrix only the lower triangle is read.</summary>
internal static class Cholesky
{
    /// <summary>A becomes L with L·Lᵀ = A; false when A is not positive definite or not a number.</summary>
    public static bool Factor(double[] a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = a.AsSpan(i * n, i + 1);
            for (var j = 0; j < i; j++)
                row[j] = (row[j] - Dot(row[..j], a.AsSpan(j * n, j))) / a[j * n + j];
            var pivot = row[i] - Dot(row[..i], row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot)) return false;
            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>b becomes A⁻¹·b.</summary>
    public static void Solve(double[] factor, Span<double> b)
    {
        var n = b.Length;
        for (var i = 0; i < n; i++)
            b[i] = (b[i] - Dot(factor.AsSpan(i * n, i), b[..i])) / factor[i * n + i];
        for (var i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[i * n + i];
            AddScaled(b[..i], -b[i], factor.AsSpan(i * n, i));
        }
    }

    /// <summary>The whole symmetric A⁻¹, by way of L⁻¹ in the scratch matrix.</summary>
    public static void Invert(double[] factor, double[] scratch, double[] inverse, int n)
    {
        Array.Clear(scratch);
        Array.Clear(inverse);
        for (var i = 0; i < n; i++)
        {
            var row = scratch.AsSpan(i * n, i + 1);
            for (var k = 0; k < i; k++)
                AddScaled(row[..(k + 1)], -factor[i * n + k], scratch.AsSpan(k * n, k + 1));
            row[i] = 1;
            for (var j = 0; j <= i; j++) row[j] /= factor[i * n + i];
            for (var j = 0; j <= i; j++) AddScaled(inverse.AsSpan(j * n, j + 1), row[j], row[..(j + 1)]);
        }

        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++) inverse[j * n + i] = inverse[i * n + j];
    }

    /// <summary>x·y over the length of x, in four sums that the processor adds side by side.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        double a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i + 3 < x.Length; i += 4)
        {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++) a += x[i] * y[i];
        return a + b + (c + d);
    }

    /// <summary>x += f·y over the length of x.</summary>
    public static void AddScaled(Span<double> x, double f, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        for (var i = 0; i < x.Length; i++) x[i] += f * y[i];
    }
}
