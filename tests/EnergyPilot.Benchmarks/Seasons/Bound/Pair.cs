namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>A family of inequalities: how far each is from its bound, what that bound costs, and where both are heading.</summary>
internal sealed class Pair(int count)
{
    public double[] Primal { get; } = new double[count];

    public double[] Dual { get; } = new double[count];

    public double[] PrimalChange { get; } = new double[count];

    public double[] DualChange { get; } = new double[count];

    public double Stiffness(int i) => Dual[i] / Primal[i];

    /// <summary>The dual that would make their product the centre's, were the primal to stay.</summary>
    public double[] Target { get; } = new double[count];

    public void Aim(double centre, Correction correction)
    {
        for (var i = 0; i < Primal.Length; i++)
            Target[i] = (centre - (correction == Correction.SecondOrder ? PrimalChange[i] * DualChange[i] : 0)) / Primal[i];
    }

    public void Head(int i, double primalChange) =>
        (PrimalChange[i], DualChange[i]) = (primalChange, Target[i] - Dual[i] - Stiffness(i) * primalChange);

    public void Move(double primal, double dual)
    {
        for (var i = 0; i < Primal.Length; i++)
        {
            Primal[i] += primal * PrimalChange[i];
            Dual[i] += dual * DualChange[i];
        }
    }

    public double Product(double primal, double dual)
    {
        var sum = 0.0;
        for (var i = 0; i < Primal.Length; i++) sum += (Primal[i] + primal * PrimalChange[i]) * (Dual[i] + dual * DualChange[i]);
        return sum;
    }
}

/// <summary>Whether a direction takes into account how products bend.</summary>
internal enum Correction { None, SecondOrder }
