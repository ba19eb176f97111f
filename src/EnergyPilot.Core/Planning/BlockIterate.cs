using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Planning;

/// <summary>Where the solver stands in one zone's block, and that block's share of Newton's equations.</summary>
internal sealed class BlockIterate
{
    private const double Regularisation = 1e-10;
    private readonly double[] weights, shifts;   // of soft rows after their slacks are eliminated
    private readonly double[] scratch;

    public BlockIterate(ZoneBlock block, double start, bool hot, bool coupled)
    {
        var n = block.Steps;
        Block = block;
        (Low, Up) = (new Pairs(n), new Pairs(n));
        (Room, Soft) = (new Pairs(block.Rows.Length), new Pairs(block.Rows.Length));
        Hot = new Pairs(hot ? n : 0);
        Matrix = new double[n * n];
        Inverse = new double[coupled ? n * n : 0];
        scratch = new double[coupled ? n * n : 0];
        (weights, shifts) = (new double[block.Rows.Length], new double[block.Rows.Length]);
        (Residual, Right) = (new double[n], new double[n]);
        Start(start);
    }

    public ZoneBlock Block { get; }

    /// <summary>e and highest − e.</summary>
    public Pairs Low { get; }
    public Pairs Up { get; }

    /// <summary>Room left to a soft row's bound, and its slack s.</summary>
    public Pairs Room { get; }
    public Pairs Soft { get; }

    /// <summary>m − e.</summary>
    public Pairs Hot { get; }

    public double[] Matrix { get; }
    public double[] Inverse { get; }
    public double[] Residual { get; }
    public double[] Right { get; }

    public IEnumerable<Pairs> All => [Low, Up, Room, Soft, Hot];

    public double Objective()
    {
        var sum = 0.0;
        for (var j = 0; j < Block.Steps; j++) sum += Low.X[j] * (Block.Cost[j] + Block.Curve[j] / 2 * Low.X[j]);
        for (var i = 0; i < Block.Rows.Length; i++) sum += Soft.X[i] * (Block.Rows[i].Weight + Block.Rows[i].Bend / 2 * Soft.X[i]);
        return sum;
    }

    /// <summary>Gradient of the Lagrangian; pull is the price of a shared step. Returns its largest entry.</summary>
    public double Stationarity(ReadOnlySpan<double> pull)
    {
        var n = Block.Steps;
        for (var j = 0; j < n; j++)
        {
            Residual[j] = Block.Cost[j] + Block.Curve[j] * Low.X[j] - Low.Z[j] + Up.Z[j];
            if (pull.Length > 0) Residual[j] += Block.Power * pull[j];
            if (Hot.Count > 0) Residual[j] += Hot.Z[j];
        }

        for (var i = 0; i < Block.Rows.Length; i++)
            Cholesky.AddScaled(Residual.AsSpan(0, Block.Rows[i].Step + 1), Block.Rows[i].Sign * Room.Z[i], Row(i));
        var largest = 0.0;
        foreach (var r in Residual) largest = Math.Max(largest, Math.Abs(r));
        return largest;
    }

    /// <summary>Factors Q + Σ w·g·gᵀ + barrier; with coupling its inverse is kept too. False when it cannot.</summary>
    public bool Factor()
    {
        var n = Block.Steps;
        Array.Clear(Matrix);
        for (var i = 0; i < Block.Rows.Length; i++)
        {
            weights[i] = Room.Z[i] / RowPivot(i);
            var row = Row(i);
            for (var k = 0; k < row.Length; k++)
                Cholesky.AddScaled(Matrix.AsSpan(k * n, k + 1), weights[i] * row[k], row);
        }

        for (var j = 0; j < n; j++)
            Matrix[j * n + j] += Block.Curve[j] + Low.Z[j] / Low.X[j] + Up.Z[j] / Up.X[j] + HotWeight(j) + Regularisation;
        if (!Cholesky.Factor(Matrix, n)) return false;
        if (Inverse.Length > 0) Cholesky.Invert(Matrix, scratch, Inverse, n);
        return true;
    }

    /// <summary>Curvature that the bound of the hottest emission lends to a step.</summary>
    public double HotWeight(int j) => Hot.Count > 0 ? Hot.Z[j] / Hot.X[j] : 0;

    /// <summary>The right-hand side from the residual and what the pairs aim at; a shared limit adds its own part.</summary>
    public void Equation(ReadOnlySpan<double> shared)
    {
        for (var j = 0; j < Block.Steps; j++)
        {
            Right[j] = -Residual[j] + Low.Wanted[j] / Low.X[j] - Up.Wanted[j] / Up.X[j];
            if (shared.Length > 0) Right[j] -= Block.Power * shared[j];
            if (Hot.Count > 0) Right[j] -= Hot.Wanted[j] / Hot.X[j];
        }

        for (var i = 0; i < Block.Rows.Length; i++)
        {
            shifts[i] = (Room.Wanted[i] - Room.Z[i] * Soft.Wanted[i] / SoftPivot(i)) / RowPivot(i);
            Cholesky.AddScaled(Right.AsSpan(0, Block.Rows[i].Step + 1), -Block.Rows[i].Sign * shifts[i], Row(i));
        }
    }

    /// <summary>All steps of this block from its step in e (in <see cref="Right"/>) and the step of the hottest emission.</summary>
    public void Follow(ReadOnlySpan<double> hottest)
    {
        for (var j = 0; j < Block.Steps; j++)
        {
            var step = Right[j];
            (Low.StepX[j], Up.StepX[j]) = (step, -step);
            Low.StepZ[j] = (Low.Wanted[j] - Low.Z[j] * step) / Low.X[j];
            Up.StepZ[j] = (Up.Wanted[j] + Up.Z[j] * step) / Up.X[j];
            if (Hot.Count == 0) continue;
            Hot.StepX[j] = hottest[j] - step;
            Hot.StepZ[j] = (Hot.Wanted[j] - Hot.Z[j] * Hot.StepX[j]) / Hot.X[j];
        }

        for (var i = 0; i < Block.Rows.Length; i++)
        {
            var row = Row(i);
            var along = Block.Rows[i].Sign * Cholesky.Dot(row, Right);
            Room.StepZ[i] = weights[i] * along + shifts[i];
            Soft.StepX[i] = (Soft.Wanted[i] + Soft.X[i] * Room.StepZ[i]) / SoftPivot(i);
            Soft.StepZ[i] = Block.Rows[i].Bend * Soft.StepX[i] - Room.StepZ[i];
            Room.StepX[i] = Soft.StepX[i] - along;
        }
    }

    private double SoftPivot(int i) => Soft.Z[i] + Block.Rows[i].Bend * Soft.X[i];

    private double RowPivot(int i) => Room.X[i] + Room.Z[i] * Soft.X[i] / SoftPivot(i);

    private ReadOnlySpan<double> Row(int i)
    {
        var step = Block.Rows[i].Step;
        return Block.Response.AsSpan(step * Block.Steps, step + 1);
    }

    // Every bound holds with room to spare from the beginning, so that only multipliers have to be found.
    private void Start(double start)
    {
        Array.Fill(Low.X, start);
        for (var j = 0; j < Up.Count; j++) Up.X[j] = Block.Highest[j] - start;
        Array.Fill(Low.Z, 1);
        Array.Fill(Up.Z, 1);
        Array.Fill(Hot.Z, 0.1);
        for (var i = 0; i < Block.Rows.Length; i++)
        {
            var row = Block.Rows[i];
            var excess = row.Sign * Cholesky.Dot(Row(i), Low.X) - row.Bound;
            Soft.X[i] = Math.Max(excess, 0) + 1;
            Room.X[i] = Soft.X[i] - excess;
            Room.Z[i] = Math.Min(1, row.Weight / 2);
            Soft.Z[i] = row.Weight + row.Bend * Soft.X[i] - Room.Z[i];
        }
    }
}
