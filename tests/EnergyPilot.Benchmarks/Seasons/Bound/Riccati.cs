namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>
/// Solves the linear system of one interior-point iteration, a linear-quadratic control problem over the whole season, by
/// Riccati's recursion: the work grows with the number of steps, not with its cube (Rao, Wright, Rawlings, "Application of
/// interior-point methods to model predictive control", J. Optim. Theory Appl. 99, 1998).
/// </summary>
internal sealed class Riccati(HeatingProblem problem)
{
    private readonly int states = problem.States, zones = problem.Zones;

    // Feedback by step, and the Cholesky factor of the inputs' weight by step.
    private readonly double[] feedback = new double[problem.Steps * problem.Zones * problem.States];
    private readonly double[] factor = new double[problem.Steps * problem.Zones * problem.Zones];
    private readonly double[] feedforward = new double[problem.Steps * problem.Zones];

    private readonly double[] value = new double[problem.States * problem.States];
    private readonly double[] valueA = new double[problem.States * problem.States];
    private readonly double[] valueB = new double[problem.States * problem.Zones];
    private readonly double[] crossed = new double[problem.Zones * problem.States];

    /// <summary>Factors the system with these weights of inputs, and of what people feel after each step.</summary>
    public void Factor(double[] inputWeight, double[] feltWeight)
    {
        Array.Clear(value);
        for (var step = problem.Steps - 1; step >= 0; step--)
        {
            Weigh(feltWeight.AsSpan(step * zones, zones));
            var a = problem.A.AsSpan(step * states * states, states * states);
            var b = problem.B.AsSpan(step * states * zones, states * zones);
            Multiply(value, a, valueA, states);
            Multiply(value, b, valueB, zones);
            var weight = factor.AsSpan(step * zones * zones, zones * zones);
            MultiplyTransposed(b, zones, valueB, zones, weight);
            for (var zone = 0; zone < zones; zone++) weight[zone * zones + zone] += inputWeight[step * zones + zone];
            MultiplyTransposed(b, zones, valueA, states, crossed);
            Cholesky(weight);
            var gain = feedback.AsSpan(step * zones * states, zones * states);
            crossed.CopyTo(gain);
            SolveColumns(weight, gain);
            MultiplyTransposed(a, states, valueA, states, value);
            for (var row = 0; row < states; row++)
                for (var zone = 0; zone < zones; zone++)
                    Subtract(value.AsSpan(row * states, states), crossed[zone * states + row], gain.Slice(zone * states, states));
        }
    }

    /// <summary>
    /// With the factors, the change of inputs and states for these slopes of the objective by inputs, and by what people feel
    /// after each step. States begin at no change.
    /// </summary>
    public void Solve(double[] inputSlope, double[] feltSlope, double[] inputs, double[] course)
    {
        Span<double> slope = stackalloc double[states], before = stackalloc double[states], drive = stackalloc double[zones];
        slope.Clear();
        for (var step = problem.Steps - 1; step >= 0; step--)
        {
            for (var zone = 0; zone < zones; zone++)
            {
                slope[3 * zone] += 0.5 * feltSlope[step * zones + zone];
                slope[3 * zone + 1] += 0.5 * feltSlope[step * zones + zone];
            }
            inputSlope.AsSpan(step * zones, zones).CopyTo(drive);
            AddTransposed(problem.B.AsSpan(step * states * zones), zones, slope, drive);
            before.Clear();
            AddTransposed(problem.A.AsSpan(step * states * states), states, slope, before);
            var gain = feedback.AsSpan(step * zones * states);
            for (var zone = 0; zone < zones; zone++) Subtract(before, drive[zone], gain.Slice(zone * states, states));
            before.CopyTo(slope);
            SolveVector(factor.AsSpan(step * zones * zones), drive);
            drive.CopyTo(feedforward.AsSpan(step * zones));
        }
        RollOut(inputs, course);
    }

    private void RollOut(double[] inputs, double[] course)
    {
        Array.Clear(course, 0, states);
        for (var step = 0; step < problem.Steps; step++)
        {
            var state = course.AsSpan(step * states, states);
            for (var zone = 0; zone < zones; zone++)
            {
                var sum = -feedforward[step * zones + zone];
                var gain = feedback.AsSpan((step * zones + zone) * states, states);
                for (var i = 0; i < states; i++) sum -= gain[i] * state[i];
                inputs[step * zones + zone] = sum;
            }
            problem.Step(step, state, inputs.AsSpan(step * zones, zones), course.AsSpan((step + 1) * states, states), Course.Change);
        }
    }

    private void Weigh(ReadOnlySpan<double> feltWeight)
    {
        for (var zone = 0; zone < zones; zone++)
            for (var i = 3 * zone; i < 3 * zone + 2; i++)
                for (var j = 3 * zone; j < 3 * zone + 2; j++)
                    value[i * states + j] += 0.25 * feltWeight[zone];
    }

    private void Multiply(ReadOnlySpan<double> square, ReadOnlySpan<double> right, Span<double> product, int columns)
    {
        product.Clear();
        for (var row = 0; row < states; row++)
            for (var i = 0; i < states; i++)
                Subtract(product.Slice(row * columns, columns), -square[row * states + i], right.Slice(i * columns, columns));
    }

    private void MultiplyTransposed(ReadOnlySpan<double> left, int leftColumns, ReadOnlySpan<double> right, int columns, Span<double> product)
    {
        product.Clear();
        for (var i = 0; i < states; i++)
            for (var row = 0; row < leftColumns; row++)
                Subtract(product.Slice(row * columns, columns), -left[i * leftColumns + row], right.Slice(i * columns, columns));
    }

    private void AddTransposed(ReadOnlySpan<double> matrix, int columns, ReadOnlySpan<double> vector, Span<double> sum)
    {
        for (var i = 0; i < states; i++)
            Subtract(sum, -vector[i], matrix.Slice(i * columns, columns));
    }

    private static void Subtract(Span<double> from, double factor, ReadOnlySpan<double> what)
    {
        for (var i = 0; i < from.Length; i++) from[i] -= factor * what[i];
    }

    private void Cholesky(Span<double> matrix)
    {
        for (var row = 0; row < zones; row++)
            for (var column = 0; column <= row; column++)
            {
                var sum = matrix[row * zones + column];
                for (var i = 0; i < column; i++) sum -= matrix[row * zones + i] * matrix[column * zones + i];
                matrix[row * zones + column] = row == column ? Math.Sqrt(sum) : sum / matrix[column * zones + column];
            }
    }

    private void SolveColumns(ReadOnlySpan<double> factor, Span<double> columns)
    {
        for (var row = 0; row < zones; row++)
        {
            for (var i = 0; i < row; i++) Subtract(columns.Slice(row * states, states), factor[row * zones + i], columns.Slice(i * states, states));
            Scale(columns.Slice(row * states, states), 1 / factor[row * zones + row]);
        }
        for (var row = zones - 1; row >= 0; row--)
        {
            for (var i = row + 1; i < zones; i++) Subtract(columns.Slice(row * states, states), factor[i * zones + row], columns.Slice(i * states, states));
            Scale(columns.Slice(row * states, states), 1 / factor[row * zones + row]);
        }
    }

    private void SolveVector(ReadOnlySpan<double> factor, Span<double> vector)
    {
        for (var row = 0; row < zones; row++)
        {
            for (var i = 0; i < row; i++) vector[row] -= factor[row * zones + i] * vector[i];
            vector[row] /= factor[row * zones + row];
        }
        for (var row = zones - 1; row >= 0; row--)
        {
            for (var i = row + 1; i < zones; i++) vector[row] -= factor[i * zones + row] * vector[i];
            vector[row] /= factor[row * zones + row];
        }
    }

    private static void Scale(Span<double> row, double factor)
    {
        for (var i = 0; i < row.Length; i++) row[i] *= factor;
    }
}
