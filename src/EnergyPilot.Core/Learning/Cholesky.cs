using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EnergyPilot.Core.Learning;

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

    /// <summary>b becomes L⁻ᵀ·b: of independent standard normals a draw with covariance A⁻¹.</summary>
    public static void Spread(double[] factor, Span<double> b)
    {
        var n = b.Length;
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

    /// <summary>x·y over the length of x, in four sums that the processor adds side by side; the same four on every machine, so that plans round alike.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var otherFours = MemoryMarshal.Cast<double, Vector256<double>>(y);
        var sums = Vector256<double>.Zero;
        for (var i = 0; i < fours.Length; i++) sums += fours[i] * otherFours[i];
        var rest = 0.0;
        for (var i = 4 * fours.Length; i < x.Length; i++) rest += x[i] * y[i];
        return sums[0] + sums[1] + (sums[2] + sums[3]) + rest;
    }

    /// <summary>x += f·y over the length of x.</summary>
    public static void AddScaled(Span<double> x, double f, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var otherFours = MemoryMarshal.Cast<double, Vector256<double>>(y);
        for (var i = 0; i < fours.Length; i++) fours[i] += otherFours[i] * f;
        for (var i = 4 * fours.Length; i < x.Length; i++) x[i] += f * y[i];
    }
}
