namespace EnergyPilot.Core.Learning;

/// <summary>
/// Optimal stop: whether a zone stays warm enough until its people leave when the heat is shut off now. The radiators empty with
/// x·exp(−t/emptying), the people that are there stay, the sun does not count, and a disturbance counts only when it cools;
/// it fades with 2 h.
/// </summary>
public static class Coast
{
    /// <summary>How much people may feel the zone sink before they leave [K].</summary>
    public const double Tolerance = 0.7;

    private const double StepHours = 0.125;
    private const double DisturbanceHours = 2;

    /// <summary>Whether heat may stop now.</summary>
    public static bool MayStop(ZoneModel model, Coasting from, double target, TimeSpan untilEmpty) =>
        Lowest(model, from, untilEmpty) >= target - Tolerance;

    /// <summary>The lowest temperature that people would feel until they leave [°C].</summary>
    public static double Lowest(ZoneModel model, Coasting from, TimeSpan untilEmpty)
    {
        var state = from.State;
        var lowest = state.Operative;
        var end = Math.Min(untilEmpty.TotalHours, OptimalStart.Cap.TotalHours);
        for (var hours = 0.0; hours < end - 1e-9; hours += StepHours)
        {
            state = model.Step(state, Drive(from, hours), Math.Min(StepHours, end - hours));
            lowest = Math.Min(lowest, state.Operative);
        }

        return lowest;
    }

    private static ZoneDrive Drive(Coasting from, double hours) => new()
    {
        Outdoor = from.Outdoor,
        Emission = RadiatorEstimate.Emission(from.Excess * Math.Exp(-hours / from.Emptying.TotalHours)),
        People = from.People,
        Disturbance = Math.Min(from.Disturbance, 0) * Math.Exp(-hours / DisturbanceHours),
    };
}

/// <summary>A zone from which the heat might be taken.</summary>
/// <param name="State">Its temperatures [°C].</param>
/// <param name="Outdoor">Outdoor air [°C].</param>
/// <param name="Excess">Of its radiators over the room [K], from <see cref="RadiatorEstimate"/>.</param>
/// <param name="Emptying">Of its radiators.</param>
/// <param name="People">1 while people are there.</param>
/// <param name="Disturbance">What the model does not explain [K/h].</param>
public readonly record struct Coasting(ZoneState State, double Outdoor, double Excess, TimeSpan Emptying, double People, double Disturbance);
