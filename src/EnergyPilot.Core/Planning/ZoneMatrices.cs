using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Planning;

/// <summary>
/// The zone model over one slice, exactly: x' = A·x + a·(heat on the air) + d·(heat on the deep mass) with constant heats becomes x⁺ = Φ·x + Γa·a + Γd·d,
/// where Φ and Γ are blocks of exp of the augmented matrix: Van Loan, C. F., "Computing integrals involving the matrix exponential",
/// IEEE Transactions on Automatic Control 23 (1978) 395-404, doi:10.1109/TAC.1978.1101743.
/// </summary>
internal sealed class ZoneMatrices
{
    private const int Size = 5, Terms = 10;
    private readonly double[] exponential;

    public ZoneMatrices(ZoneModel model, double hours)
    {
        double[] a =
        [
            -(model.AirToFast + model.AirToOutdoor), model.AirToFast, 0, 1, 0,
            model.FastToAir, -(model.FastToAir + model.FastToDeep), model.FastToDeep, 0, 0,
            0, model.DeepToFast, -(model.DeepToFast + model.DeepToOutdoor), 0, 1,
            0, 0, 0, 0, 0,
            0, 0, 0, 0, 0,
        ];
        for (var i = 0; i < a.Length; i++) a[i] *= hours;
        exponential = Exponential(a);
    }

    /// <summary>The state at the end of a slice.</summary>
    /// <param name="state">At its beginning [°C].</param>
    /// <param name="onAir">What warms the air [K/h].</param>
    /// <param name="onDeep">What warms the deep mass [K/h].</param>
    public ZoneState Step(ZoneState state, double onAir, double onDeep)
    {
        return new ZoneState(Row(0), Row(1), Row(2));

        double Row(int i)
        {
            var row = exponential.AsSpan(i * Size, Size);
            return row[0] * state.Air + row[1] * state.Fast + row[2] * state.Deep + row[3] * onAir + row[4] * onDeep;
        }
    }

    // Scaling and squaring: ten terms of the series at a norm below an eighth are exact to the last digit.
    private static double[] Exponential(double[] a)
    {
        var norm = a.Max(Math.Abs) * Size;
        var squarings = Math.Max(0, (int)Math.Ceiling(Math.Log2(Math.Max(norm, 1e-9))) + 3);
        var small = Array.ConvertAll(a, v => v / Math.Pow(2, squarings));
        var sum = Identity();
        var term = Identity();
        for (var k = 1; k <= Terms; k++)
        {
            term = Array.ConvertAll(Product(term, small), v => v / k);
            for (var i = 0; i < sum.Length; i++) sum[i] += term[i];
        }

        for (var k = 0; k < squarings; k++) sum = Product(sum, sum);
        return sum;
    }

    private static double[] Identity()
    {
        var one = new double[Size * Size];
        for (var i = 0; i < Size; i++) one[i * Size + i] = 1;
        return one;
    }

    private static double[] Product(double[] x, double[] y)
    {
        var product = new double[Size * Size];
        for (var i = 0; i < Size; i++)
            for (var k = 0; k < Size; k++)
                for (var j = 0; j < Size; j++) product[i * Size + j] += x[i * Size + k] * y[k * Size + j];
        return product;
    }
}
