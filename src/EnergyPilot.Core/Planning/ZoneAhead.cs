using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Planning;

/// <summary>What a zone's temperature will be: on its own, and by what each step's emission adds. The model is linear, so the two add up.</summary>
internal sealed class ZoneAhead
{
    // Study: what the model does not explain fades within hours.
    private const double DisturbanceHours = 2;
    private readonly double keeps;

    public ZoneAhead(PlannedZone zone, Ahead ahead)
    {
        Zone = zone;
        keeps = Keeps(zone.RadiatorHours, Ahead.SliceHours);
        var matrices = new ZoneMatrices(zone.Model, Ahead.SliceHours);
        Free = Drift(zone, ahead, matrices);
        Response = Pulses(zone, ahead, matrices);
        (Lowest, Highest) = (new double[ahead.Steps], new double[ahead.Steps]);
        for (var k = 0; k < ahead.Steps; k++) (Lowest[k], Highest[k]) = Band(zone, ahead, k);
    }

    public PlannedZone Zone { get; }

    /// <summary>Operative temperature at the end of each step without new heat [°C].</summary>
    public double[] Free { get; }

    /// <summary>What heat 1 into the radiators in step j adds at the end of step k [K], at [k·steps + j].</summary>
    public double[] Response { get; }

    /// <summary>The band at the end of each step [°C].</summary>
    public double[] Lowest { get; }
    public double[] Highest { get; }

    /// <summary>Operative temperature at the end of a step under these heats [°C].</summary>
    public double Operative(int step, ReadOnlySpan<double> heats) =>
        Free[step] + Cholesky.Dot(Response.AsSpan(step * heats.Length, step + 1), heats);

    /// <summary>The heat of the first half hour after which the radiators emit so much.</summary>
    public double Heat(double emission) => (emission - keeps * Stored) / (1 - keeps);

    /// <summary>What the radiators emit at the end of each step under these heats, of nominal.</summary>
    public double[] Emissions(Ahead ahead, double[] heats)
    {
        var (emissions, emission) = (new double[heats.Length], Stored);
        for (var j = 0; j < heats.Length; j++)
        {
            for (var slice = 0; slice < ahead.Lengths[j]; slice++) emission = (1 - keeps) * heats[j] + keeps * emission;
            emissions[j] = emission;
        }

        return emissions;
    }

    /// <summary>
    /// How much of their emission u radiators keep over a time h. Heat q goes into them first and comes out later: h·q = h·u + τ·(u − u before),
    /// with τ the time in which they would empty at their first rate; linear, and no heat is lost.
    /// </summary>
    public static double Keeps(double radiatorHours, double hours) => radiatorHours / (hours + radiatorHours);

    private double Stored => RadiatorEstimate.Emission(Zone.RadiatorExcess);

    private double[] Drift(PlannedZone zone, Ahead ahead, ZoneMatrices matrices)
    {
        var free = new double[ahead.Steps];
        var (model, state, emission) = (zone.Model, zone.State, Stored);
        for (int i = 0, step = 0; i < ahead.Slices.Length; i++)
        {
            var slice = ahead.Slices[i];
            emission *= keeps;
            var onAir = model.AirToOutdoor * slice.Outdoor + model.Heating * emission
                + model.SunEast * slice.SunEast + model.SunSouth * slice.SunSouth + model.SunWest * slice.SunWest
                + model.People * People(zone, ahead.At + i * Ahead.Slice)
                + zone.Disturbance * Math.Exp(-(i + 0.5) * Ahead.SliceHours / DisturbanceHours);
            state = matrices.Step(state, onAir, model.DeepToOutdoor * slice.Outdoor);
            if (i + 1 == ahead.Ends[step]) free[step++] = state.Operative;
        }

        return free;
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

    private double[] Pulses(PlannedZone zone, Ahead ahead, ZoneMatrices matrices)
    {
        var (lags, n) = (new double[ahead.Slices.Length], ahead.Steps);
        var (state, emission) = (default(ZoneState), 1 - keeps);
        for (var lag = 0; lag < lags.Length; lag++, emission *= keeps)
        {
            state = matrices.Step(state, zone.Model.Heating * emission, 0);
            lags[lag] = state.Operative;
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
