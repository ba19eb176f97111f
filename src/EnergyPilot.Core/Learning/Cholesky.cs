namespace EnergyPilot.Core.Learning;

/// <summary>Solves small dense systems with a symmetric positive definite matrix, in place (L·Lᵀ, rows one after another).</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle by its factor; false if the matrix is not positive definite.</summary>
    public static bool TryFactor(Span<double> matrix, int size)
    {
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var sum = matrix[i * size + j];
                for (var k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
                if (i > j) matrix[i * size + j] = sum / matrix[j * size + j];
                else if (sum > 0 && double.IsFinite(sum)) matrix[j * size + j] = Math.Sqrt(sum);
                else return false;
            }
        }

        return true;
    }

    /// <summary>Replaces the right-hand side by the solution.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> side)
    {
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) side[i] -= factor[i * size + k] * side[k];
            side[i] /= factor[i * size + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) side[i] -= factor[k * size + i] * side[k];
            side[i] /= factor[i * size + i];
        }
    }
}
