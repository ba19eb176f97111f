namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>
/// The least heat that keeps a building comfortable, when everything is known: minimise Σ hours·u subject to
/// x(k+1) = A(k)·x(k) + B(k)·u(k) + c(k), 0 ≤ u ≤ upper, and half air, half fast mass of each zone at least lower(k) after each step.
/// Three states per zone (air, fast, deep [°C]), one input per zone [kW]; all matrices by rows, one step after another.
/// </summary>
internal sealed class HeatingProblem(int zones, int steps)
{
    public int Zones => zones;

    public int States => 3 * zones;

    public int Steps => steps;

    public double HoursPerStep { get; init; } = 0.5;

    /// <summary>What a kelvin too cold at the end of a step costs [kWh]: more than any heat that could prevent it.</summary>
    public double ColdPenalty { get; init; } = 100;

    public double[] A { get; } = new double[steps * 9 * zones * zones];

    public double[] B { get; } = new double[steps * 3 * zones * zones];

    public double[] C { get; } = new double[steps * 3 * zones];

    public double[] Start { get; } = new double[3 * zones];

    public double[] UpperKw { get; } = new double[zones];

    public double[] LowerC { get; } = new double[steps * zones];

    /// <summary>What people feel in a zone in this state.</summary>
    public static double Felt(ReadOnlySpan<double> state, int zone) => 0.5 * (state[3 * zone] + state[3 * zone + 1]);

    /// <summary>Next state from this one. What the problem calls c is left out for changes of a course.</summary>
    public void Step(int step, ReadOnlySpan<double> state, ReadOnlySpan<double> inputs, Span<double> next, Course course)
    {
        var a = A.AsSpan(step * States * States);
        var b = B.AsSpan(step * States * zones);
        for (var row = 0; row < States; row++)
        {
            var sum = course == Course.Whole ? C[step * States + row] : 0;
            for (var column = 0; column < States; column++) sum += a[row * States + column] * state[column];
            for (var zone = 0; zone < zones; zone++) sum += b[row * zones + zone] * inputs[zone];
            next[row] = sum;
        }
    }
}

/// <summary>Whether states are temperatures, or changes of them.</summary>
internal enum Course { Whole, Change }
