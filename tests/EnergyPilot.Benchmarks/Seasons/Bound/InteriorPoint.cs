namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>
/// Mehrotra's predictor-corrector method (SIAM J. Optim. 2, 1992) on <see cref="HeatingProblem"/>. Inputs are always inside
/// their bounds and the course of temperatures always follows from them; where comfort cannot be had, a penalty is paid.
/// </summary>
internal sealed class InteriorPoint(HeatingProblem problem)
{
    private const int MostIterations = 120;
    private const double Tolerance = 1e-4, StepBack = 0.995, FirstSlack = 1.0;

    private readonly Riccati riccati = new(problem);
    private readonly int count = problem.Steps * problem.Zones;

    // Four families of inequalities: input above zero, input below its bound, felt temperature above the limit with slack, slack above zero.
    private readonly Pair low = new(problem.Steps * problem.Zones), high = new(problem.Steps * problem.Zones);
    private readonly Pair warm = new(problem.Steps * problem.Zones), slack = new(problem.Steps * problem.Zones);
    private readonly double[] inputWeight = new double[problem.Steps * problem.Zones], feltWeight = new double[problem.Steps * problem.Zones];
    private readonly double[] inputSlope = new double[problem.Steps * problem.Zones], feltSlope = new double[problem.Steps * problem.Zones];
    private readonly double[] inputs = new double[problem.Steps * problem.Zones], change = new double[problem.Steps * problem.Zones];
    private readonly double[] course = new double[(problem.Steps + 1) * problem.States], bend = new double[(problem.Steps + 1) * problem.States];

    /// <summary>Heat of each zone in each step [kW].</summary>
    public ReadOnlySpan<double> Inputs => inputs;

    /// <summary>Temperatures before the first step and after each.</summary>
    public ReadOnlySpan<double> Course => course;

    public int Iterations { get; private set; }

    public double HeatKwh => inputs.Sum() * problem.HoursPerStep;

    public double ColdKelvins
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < count; i++) sum += Math.Max(0, problem.LowerC[i] - Felt(i));
            return sum;
        }
    }

    public void Run(IProgress<double> progress)
    {
        Begin();
        var first = Mean();
        for (var dualResidual = 1.0; Iterations < MostIterations; Iterations++)
        {
            var mean = Mean();
            if (mean * 4 * count < Tolerance * Objective() && dualResidual < Tolerance) return;
            progress.Report(Math.Clamp(Math.Log(mean / first) / Math.Log(1e-9), 0, 1));
            Weigh();
            Direct(0, Correction.None);
            var predicted = Mean(Reach(pair => pair.Primal, pair => pair.PrimalChange), Reach(pair => pair.Dual, pair => pair.DualChange));
            Direct(Math.Pow(predicted / mean, 3) * mean, Correction.SecondOrder);
            var (primal, dual) = (Reach(pair => pair.Primal, pair => pair.PrimalChange), Reach(pair => pair.Dual, pair => pair.DualChange));
            Move(Math.Min(1, StepBack * primal), Math.Min(1, StepBack * dual));
            dualResidual *= 1 - Math.Min(1, StepBack * dual);
        }
    }

    /// <summary>What the optimum cannot be below, penalties included [kWh].</summary>
    public double LowerBound() => new DualBound(problem, warm.Dual).Kwh();

    /// <summary>What this course costs, penalties included [kWh].</summary>
    public double Objective() => HeatKwh + problem.ColdPenalty * slack.Primal.Sum();

    private double Felt(int index) => HeatingProblem.Felt(course.AsSpan((index / problem.Zones + 1) * problem.States, problem.States), index % problem.Zones);

    private void Begin()
    {
        problem.Start.CopyTo(course, 0);
        for (var i = 0; i < count; i++) inputs[i] = 0.3 * problem.UpperKw[i % problem.Zones];
        for (var step = 0; step < problem.Steps; step++)
            problem.Step(step, course.AsSpan(step * problem.States, problem.States), inputs.AsSpan(step * problem.Zones, problem.Zones), course.AsSpan((step + 1) * problem.States, problem.States), Bound.Course.Whole);
        for (var i = 0; i < count; i++)
        {
            (low.Primal[i], high.Primal[i]) = (inputs[i], problem.UpperKw[i % problem.Zones] - inputs[i]);
            (low.Dual[i], high.Dual[i]) = (1, 1);
            slack.Primal[i] = Math.Max(0, problem.LowerC[i] - Felt(i)) + FirstSlack;
            warm.Primal[i] = Felt(i) - problem.LowerC[i] + slack.Primal[i];
            // Cold is dear at first only where it is near.
            warm.Dual[i] = Math.Min(0.5 * problem.ColdPenalty, 1 / warm.Primal[i]);
            slack.Dual[i] = problem.ColdPenalty - warm.Dual[i];
        }
    }

    private void Weigh()
    {
        for (var i = 0; i < count; i++)
        {
            inputWeight[i] = low.Stiffness(i) + high.Stiffness(i);
            var (a, b) = (warm.Stiffness(i), slack.Stiffness(i));
            feltWeight[i] = a * b / (a + b);
        }
        riccati.Factor(inputWeight, feltWeight);
    }

    private void Direct(double centre, Correction correction)
    {
        foreach (var pair in (Pair[])[low, high, warm, slack]) pair.Aim(centre, correction);
        for (var i = 0; i < count; i++)
        {
            inputSlope[i] = problem.HoursPerStep - low.Target[i] + high.Target[i];
            var (a, b) = (warm.Stiffness(i), slack.Stiffness(i));
            feltSlope[i] = a / (a + b) * (warm.Target[i] + slack.Target[i] - problem.ColdPenalty) - warm.Target[i];
        }
        riccati.Solve(inputSlope, feltSlope, change, bend);
        for (var i = 0; i < count; i++)
        {
            var felt = HeatingProblem.Felt(bend.AsSpan((i / problem.Zones + 1) * problem.States, problem.States), i % problem.Zones);
            var (a, b) = (warm.Stiffness(i), slack.Stiffness(i));
            var give = (warm.Target[i] + slack.Target[i] - problem.ColdPenalty - a * felt) / (a + b);
            low.Head(i, change[i]);
            high.Head(i, -change[i]);
            warm.Head(i, felt + give);
            slack.Head(i, give);
        }
    }

    private void Move(double primal, double dual)
    {
        foreach (var pair in (Pair[])[low, high, warm, slack]) pair.Move(primal, dual);
        for (var i = 0; i < count; i++) inputs[i] += primal * change[i];
        for (var i = 0; i < course.Length; i++) course[i] += primal * bend[i];
    }

    private double Mean() => Mean(0, 0);

    private double Mean(double primal, double dual) =>
        (low.Product(primal, dual) + high.Product(primal, dual) + warm.Product(primal, dual) + slack.Product(primal, dual)) / (4 * count);

    /// <summary>The longest step, at most 1, that leaves everything positive.</summary>
    private double Reach(Func<Pair, double[]> from, Func<Pair, double[]> along)
    {
        var reach = 1.0;
        foreach (var pair in (Pair[])[low, high, warm, slack])
        {
            var (values, changes) = (from(pair), along(pair));
            for (var i = 0; i < values.Length; i++)
                if (changes[i] < 0) reach = Math.Min(reach, -values[i] / changes[i]);
        }
        return reach;
    }
}
