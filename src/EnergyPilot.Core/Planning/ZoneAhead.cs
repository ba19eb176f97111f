namespace EnergyPilot.Core.Planning;

/// <summary>What a zone's temperature will be: on its own, and by what each step's emission adds. The model is linear, so the two add up.</summary>
internal sealed class ZoneAhead
{
    // Study: what the model does not explain fades within hours; half-empty time of radiators, in hours at nominal excess.
    private const double DisturbanceHours = 2, RadiatorHours = 25.0 / 60;
    private const double NominalExcess = 50, Exponent = 1.3;

    public ZoneAhead(PlannedZone zone, Ahead ahead)
    {
        Zone = zone;
        var matrices = new ZoneMatrices(zone.Model, Ahead.SliceHours);
        Free = Drift(zone, ahead, matrices);
        Response = Pulses(zone, ahead, matrices);
        (Lowest, Highest) = (new double[ahead.Steps], new double[ahead.Steps]);
        for (var k = 0; k < ahead.Steps; k++) (Lowest[k], Highest[k]) = Band(zone, ahead, k);
    }

    public PlannedZone Zone { get; }

    /// <summary>Operative temperature at the end of each step without new heat [°C].</summary>
    public double[] Free { get; }

    /// <summary>What emission 1 in step j adds at the end of step k [K], at [k·steps + j].</summary>
    public double[] Response { get; }

    /// <summary>The band at the end of each step [°C].</summary>
    public double[] Lowest { get; }
    public double[] Highest { get; }

    /// <summary>Operative temperature at the end of a step under these emissions [°C].</summary>
    public double Operative(int step, ReadOnlySpan<double> emissions) =>
        Free[step] + Cholesky.Dot(Response.AsSpan(step * emissions.Length, step + 1), emissions);

    private static double[] Drift(PlannedZone zone, Ahead ahead, ZoneMatrices matrices)
    {
        var free = new double[ahead.Steps];
        var (model, state, excess) = (zone.Model, zone.State, Math.Max(zone.RadiatorExcess, 0));
        for (int i = 0, step = 0; i < ahead.Slices.Length; i++)
        {
            var slice = ahead.Slices[i];
            var onAir = model.AirToOutdoor * slice.Outdoor + model.Heating * Stored(ref excess)
                + model.SunEast * slice.SunEast + model.SunSouth * slice.SunSouth + model.SunWest * slice.SunWest
                + model.People * People(zone, ahead.At + i * Ahead.Slice)
                + zone.Disturbance * Math.Exp(-(i + 0.5) * Ahead.SliceHours / DisturbanceHours);
            state = matrices.Step(state, onAir, model.DeepToOutdoor * slice.Outdoor);
            if (i + 1 == ahead.Ends[step]) free[step++] = state.Operative;
        }

        return free;
    }

    // Mean emission over a slice of a radiator that is left alone, in steps of three minutes.
    private static double Stored(ref double excess)
    {
        const int steps = 10;
        var sum = 0.0;
        for (var i = 0; i < steps; i++)
        {
            sum += Math.Pow(excess / NominalExcess, Exponent) / steps;
            excess -= excess / RadiatorHours * Math.Pow(Math.Max(excess, 0.1) / NominalExcess, Exponent - 1) * Ahead.SliceHours / steps;
        }

        return sum;
    }

    private static double People(PlannedZone zone, DateTimeOffset from)
    {
        var people = 0.0;
        foreach (var use in zone.Uses)
        {
            var (begin, end) = (Later(use.From, from), Earlier(use.Until, from + Ahead.Slice));
            if (end > begin) people = Math.Max(people, use.People * ((end - begin) / Ahead.Slice));
        }

        return people;
    }

    private static double[] Pulses(PlannedZone zone, Ahead ahead, ZoneMatrices matrices)
    {
        var (lags, n) = (new double[ahead.Slices.Length], ahead.Steps);
        var state = matrices.Step(default, zone.Model.Heating, 0);
        for (var lag = 0; lag < lags.Length; lag++)
        {
            lags[lag] = state.Operative;
            state = matrices.Step(state, 0, 0);
        }

        var response = new double[n * n];
        for (var k = 0; k < n; k++)
            for (var j = 0; j <= k; j++)
                for (var slice = ahead.Ends[j] - ahead.Lengths[j]; slice < ahead.Ends[j]; slice++)
                    response[k * n + j] += lags[ahead.Ends[k] - 1 - slice];
        return response;
    }

    // A use that begins during the next step wants its band at that step's beginning: warm in time, by up to a step, never late.
    private static (double Lowest, double Highest) Band(PlannedZone zone, Ahead ahead, int step)
    {
        var from = ahead.End(step);
        var until = from + ahead.Lengths[Math.Min(step + 1, ahead.Steps - 1)] * Ahead.Slice;
        var (lowest, highest) = (zone.Floor, double.PositiveInfinity);
        foreach (var use in zone.Uses)
            if (use.From < until && use.Until > from)
                (lowest, highest) = (Math.Max(lowest, use.Lowest), Math.Min(highest, use.Highest));
        return (lowest, highest);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
