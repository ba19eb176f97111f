namespace EnergyPilot.Core.Planning;

/// <summary>Quantities x and their multipliers z, both above 0, whose products an interior-point method brings to 0 together.</summary>
internal sealed class Pairs(int count)
{
    public readonly double[] X = new double[count], Z = new double[count];
    public readonly double[] StepX = new double[count], StepZ = new double[count];

    /// <summary>Right-hand sides of z·dx + x·dz = …</summary>
    public readonly double[] Wanted = new double[count];

    public int Count => count;

    /// <summary>Aims at products of the target; the second-order part of the last step is taken off in the given share (Mehrotra's corrector).</summary>
    public void Aim(double target, double corrector)
    {
        for (var i = 0; i < count; i++) Wanted[i] = target - X[i] * Z[i] - corrector * StepX[i] * StepZ[i];
    }

    /// <summary>The longest step that keeps all above 0, at most the given one.</summary>
    public double Longest(double limit)
    {
        for (var i = 0; i < count; i++)
        {
            if (StepX[i] * limit < -X[i]) limit = -X[i] / StepX[i];
            if (StepZ[i] * limit < -Z[i]) limit = -Z[i] / StepZ[i];
        }

        return limit;
    }

    /// <summary>Sum of products after a step of that length.</summary>
    public double Products(double length)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += (X[i] + length * StepX[i]) * (Z[i] + length * StepZ[i]);
        return sum;
    }

    public void Move(double length)
    {
        for (var i = 0; i < count; i++)
        {
            X[i] += length * StepX[i];
            Z[i] += length * StepZ[i];
        }
    }
}
