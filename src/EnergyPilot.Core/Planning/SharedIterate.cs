using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Planning;

/// <summary>
/// Where the solver stands in what couples the zones. Newton's equations of all zones have the zones' blocks on the diagonal and a border
/// of two unknowns per step, the price of shared heat and the hottest emission; eliminating the blocks leaves two small dense systems.
/// </summary>
internal sealed class SharedIterate
{
    private const double Negligible = 1e-12;
    private const int Rounds = 2;
    private readonly Coupling coupling;
    private readonly int steps;
    private readonly double[] heat, hottest, hottestRight, hottestWeight, right;
    private readonly double[] price, cross, scratch, schur, column, priceMiss, hottestMiss, scratchRow;

    public SharedIterate(Coupling coupling, BlockIterate[] blocks, double start)
    {
        this.coupling = coupling;
        steps = coupling.IsNone ? 0 : blocks[0].Block.Steps;
        Limit = new Pairs(coupling.Limits.Length);
        var warm = coupling.Hottest.Length;
        (heat, Pull, right, price, column) = (new double[steps], new double[steps], new double[steps], new double[steps * steps], new double[steps]);
        (hottest, HottestStep, hottestRight, hottestWeight) = (new double[warm], new double[warm], new double[warm], new double[warm]);
        (cross, scratch, schur) = (new double[warm * warm], new double[warm * warm], new double[warm * warm]);
        (PriceStep, priceMiss, hottestMiss, scratchRow) = (new double[steps], new double[steps], new double[warm], new double[blocks[0].Block.Steps]);
        Array.Fill(hottest, 2 * start);
        foreach (var block in blocks)
            for (var j = 0; j < block.Hot.Count; j++) block.Hot.X[j] = 2 * start - block.Low.X[j];
        Sum(blocks);
        for (var j = 0; j < Limit.Count; j++) (Limit.X[j], Limit.Z[j]) = (coupling.Limits[j] - heat[j], 0.1);
    }

    /// <summary>Room left to the limit of each step.</summary>
    public Pairs Limit { get; }

    /// <summary>What a unit of shared heat costs at each step, on top of each zone's own cost.</summary>
    public double[] Pull { get; }

    public double[] PriceStep { get; }
    public double[] HottestStep { get; }

    public double Objective()
    {
        var sum = 0.0;
        for (var j = 0; j < hottest.Length; j++)
            sum += (coupling.Heat[j] * heat[j] * heat[j] + coupling.Hottest[j] * hottest[j] * hottest[j]) / 2;
        return sum;
    }

    /// <summary>Sums what the zones take, and the price that follows; returns how far the hottest emission is from stationary.</summary>
    public double Stationarity(BlockIterate[] blocks)
    {
        Sum(blocks);
        for (var j = 0; j < steps; j++)
            Pull[j] = (Limit.Count > 0 ? Limit.Z[j] : 0) + (hottest.Length > 0 ? coupling.Heat[j] * heat[j] : 0);
        var largest = 0.0;
        for (var j = 0; j < hottest.Length; j++)
        {
            hottestRight[j] = -coupling.Hottest[j] * hottest[j];
            foreach (var block in blocks) hottestRight[j] += block.Hot.Z[j];
            largest = Math.Max(largest, Math.Abs(hottestRight[j]));
        }

        return largest;
    }

    /// <summary>What aiming at the limits adds to each zone's right-hand side.</summary>
    public ReadOnlySpan<double> LimitRight()
    {
        if (Limit.Count == 0) return [];
        for (var j = 0; j < steps; j++) right[j] = (Limit.Wanted[j] - Limit.Z[j] * Drift(j)) / Limit.X[j];
        return right;
    }

    /// <summary>Eliminates the zones and factors what remains; false when it cannot.</summary>
    public bool Factor(BlockIterate[] blocks)
    {
        if (steps == 0) return true;
        Array.Clear(price);
        foreach (var block in blocks)
            Cholesky.AddScaled(price, block.Block.Power * block.Block.Power, block.Inverse);
        for (var j = 0; j < steps; j++) price[j * steps + j] += 1 / Math.Max(HeatWeight(j), Negligible);
        return Cholesky.Factor(price, steps) && (hottest.Length == 0 || FactorHottest(blocks));
    }

    /// <summary>
    /// Solves for all zones together; each block's right-hand side becomes its step. The border is solved with inverses that are less exact than
    /// the blocks' own factors, so what it leaves is measured with the factors and solved for once more.
    /// </summary>
    public void Solve(BlockIterate[] blocks)
    {
        Array.Clear(PriceStep);
        Array.Clear(HottestStep);
        for (var round = 0; round < Rounds && steps > 0; round++)
        {
            Miss(blocks);
            SolveBorder();
        }

        foreach (var block in blocks) Steps(block).CopyTo(block.Right);
        for (var j = 0; j < Limit.Count; j++)
        {
            Limit.StepX[j] = Drift(j) - PriceStep[j] / Math.Max(HeatWeight(j), Negligible);
            Limit.StepZ[j] = (Limit.Wanted[j] - Limit.Z[j] * Limit.StepX[j]) / Limit.X[j];
        }
    }

    public void Move(double length) => Cholesky.AddScaled(hottest, length, HottestStep);

    private double HeatWeight(int j) =>
        (Limit.Count > 0 ? Limit.Z[j] / Limit.X[j] : 0) + (hottest.Length > 0 ? coupling.Heat[j] : 0);

    private void Sum(BlockIterate[] blocks)
    {
        Array.Clear(heat);
        foreach (var block in blocks) Cholesky.AddScaled(heat, block.Block.Power, block.Low.X);
    }

    // With N = Σ p²·H⁻¹ + 1/w, B = Σ p·H⁻¹·d and C = hottest + Σ (d − d·H⁻¹·d), where d is the weight of m − e:
    // N·price − B·m = r and Bᵀ·price + C·m = q, so (C + Bᵀ·N⁻¹·B)·m = q − Bᵀ·N⁻¹·r.
    private bool FactorHottest(BlockIterate[] blocks)
    {
        Array.Clear(cross);
        Array.Clear(schur);
        foreach (var block in blocks)
        {
            for (var j = 0; j < steps; j++) hottestWeight[j] = block.HotWeight(j);
            for (var i = 0; i < steps; i++)
                AddHottest(block, i, block.Inverse.AsSpan(i * steps, steps));
        }

        for (var j = 0; j < steps; j++) schur[j * steps + j] += coupling.Hottest[j];
        for (var j = 0; j < steps; j++)
        {
            for (var i = 0; i < steps; i++) column[i] = cross[i * steps + j];
            Cholesky.Solve(price, column);
            for (var i = 0; i < steps; i++) scratch[i * steps + j] = column[i];
        }

        for (var k = 0; k < steps; k++)
            for (var i = 0; i < steps; i++)
                Cholesky.AddScaled(schur.AsSpan(i * steps, i + 1), cross[k * steps + i], scratch.AsSpan(k * steps, i + 1));
        return Cholesky.Factor(schur, steps);
    }

    private void AddHottest(BlockIterate block, int i, ReadOnlySpan<double> inverse)
    {
        for (var j = 0; j < steps; j++)
        {
            cross[i * steps + j] += block.Block.Power * inverse[j] * hottestWeight[j];
            schur[i * steps + j] -= hottestWeight[i] * inverse[j] * hottestWeight[j];
        }

        schur[i * steps + i] += hottestWeight[i];
    }

    // What the border's equations lack at the steps found so far.
    private void Miss(BlockIterate[] blocks)
    {
        for (var j = 0; j < steps; j++) priceMiss[j] = -PriceStep[j] / Math.Max(HeatWeight(j), Negligible);
        for (var j = 0; j < hottest.Length; j++) hottestMiss[j] = hottestRight[j] - coupling.Hottest[j] * HottestStep[j];
        foreach (var block in blocks)
        {
            var own = Steps(block);
            Cholesky.AddScaled(priceMiss, block.Block.Power, own);
            for (var j = 0; j < hottest.Length; j++)
                hottestMiss[j] += block.Hot.Wanted[j] / block.Hot.X[j] + block.HotWeight(j) * (own[j] - HottestStep[j]);
        }
    }

    private void SolveBorder()
    {
        if (hottest.Length > 0)
        {
            priceMiss.CopyTo(column, 0);
            Cholesky.Solve(price, column);
            for (var k = 0; k < steps; k++) Cholesky.AddScaled(hottestMiss, -column[k], cross.AsSpan(k * steps, steps));
            Cholesky.Solve(schur, hottestMiss);
            for (var k = 0; k < steps; k++) priceMiss[k] += Cholesky.Dot(cross.AsSpan(k * steps, steps), hottestMiss);
            Cholesky.AddScaled(HottestStep, 1, hottestMiss);
        }

        Cholesky.Solve(price, priceMiss);
        Cholesky.AddScaled(PriceStep, 1, priceMiss);
    }

    // A zone's steps, given the border's.
    private Span<double> Steps(BlockIterate block)
    {
        var own = scratchRow.AsSpan(0, block.Block.Steps);
        for (var j = 0; j < own.Length; j++)
            own[j] = block.Right[j] - (steps > 0 ? block.Block.Power * PriceStep[j] : 0) + (hottest.Length > 0 ? block.HotWeight(j) * HottestStep[j] : 0);
        Cholesky.Solve(block.Matrix, own);
        return own;
    }

    // Rounding lets the room to a limit drift from what it is the room of.
    private double Drift(int j) => coupling.Limits[j] - heat[j] - Limit.X[j];
}
