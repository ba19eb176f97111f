namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>
/// A bound from below that needs no trust in the method that found the prices: whatever being cold is priced at, the
/// Lagrangian's minimum over all inputs is not above the optimum (weak duality).
/// </summary>
/// <param name="prices">Of a kelvin too cold, per step and zone [kWh].</param>
internal sealed class DualBound(HeatingProblem problem, double[] prices)
{
    private readonly int zones = problem.Zones, states = problem.States;

    public double Kwh()
    {
        var unheated = Unheated();
        var worth = new double[states];
        var bound = 0.0;
        for (var step = problem.Steps - 1; step >= 0; step--)
        {
            bound += OfCold(step, unheated.AsSpan((step + 1) * states, states), worth) + OfHeat(step, worth);
            worth = Before(step, worth);
        }
        return bound;
    }

    private double[] Unheated()
    {
        var course = new double[(problem.Steps + 1) * states];
        problem.Start.CopyTo(course, 0);
        var nothing = new double[zones];
        for (var step = 0; step < problem.Steps; step++)
            problem.Step(step, course.AsSpan(step * states, states), nothing, course.AsSpan((step + 1) * states, states), Course.Whole);
        return course;
    }

    // What is paid for cold in the unheated building; what its states are worth from here on grows by it.
    private double OfCold(int step, ReadOnlySpan<double> unheated, double[] worth)
    {
        var paid = 0.0;
        for (var zone = 0; zone < zones; zone++)
        {
            var price = Math.Clamp(prices[step * zones + zone], 0, problem.ColdPenalty);
            paid += price * (problem.LowerC[step * zones + zone] - HeatingProblem.Felt(unheated, zone));
            worth[3 * zone] -= 0.5 * price;
            worth[3 * zone + 1] -= 0.5 * price;
        }
        return paid;
    }

    // Heat that is worth more than it costs is bought as far as the radiator goes.
    private double OfHeat(int step, double[] worth)
    {
        var won = 0.0;
        for (var zone = 0; zone < zones; zone++)
        {
            var cost = problem.HoursPerStep;
            for (var i = 0; i < states; i++) cost += problem.B[(step * states + i) * zones + zone] * worth[i];
            won += Math.Min(0, cost) * problem.UpperKw[zone];
        }
        return won;
    }

    private double[] Before(int step, double[] worth)
    {
        var before = new double[states];
        for (var i = 0; i < states; i++)
            for (var j = 0; j < states; j++) before[j] += problem.A[(step * states + i) * states + j] * worth[i];
        return before;
    }
}
