namespace EnergyPilot.Core.Learning;

/// <summary>
/// How long a zone needs to warm up at full heat. Radiators follow x' = (supply − a − 4 K − x)/0.2 h from cold
/// (boiler, pipes, valve and radiator together; other emitters as their <see cref="EmitterResponse"/> says), u = (x/50)^1.3, and the zone its <see cref="ZoneModel"/>, in steps of 1/8 h, until
/// the air has the target and what people feel is at most 0.25 K below. Lead = 1.10 · climb + 0.25 h.
/// Neither sun nor people nor the disturbance count: none of them can be relied on at six in the morning.
/// </summary>
public static class OptimalStart
{
    /// <summary>Nothing is simulated beyond this, and no lead is longer.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromHours(40);

    internal const double StepHours = 0.125;

    /// <summary>How far what people feel may be below the air when it counts as warm [K].</summary>
    public const double FeltBelow = 0.25;

    private const double Margin = 1.10, MarginHours = 0.25;

    /// <summary>Time to warm up when heat comes now.</summary>
    /// <param name="model">The zone.</param>
    /// <param name="from">Where it is now [°C].</param>
    /// <param name="outdoor">Outdoor air, held for the whole climb [°C].</param>
    /// <param name="supply">Water temperature during the climb [°C].</param>
    /// <param name="target">Air temperature wanted [°C].</param>
    /// <param name="emitter">How fast heat comes.</param>
    /// <param name="feltBelow">How far what people feel may be below it [K]; infinite where only the sensor is judged.</param>
    public static Climb Of(ZoneModel model, ZoneState from, double outdoor, double supply, double target, EmitterResponse emitter, double feltBelow = FeltBelow)
    {
        return Of(model, ZoneTransition.Of(model, StepHours), from, outdoor, supply, target, emitter, feltBelow);
    }

    // Whoever asks often makes the map of the step once.
    internal static Climb Of(
        ZoneModel model, in ZoneTransition transition, ZoneState from, double outdoor, double supply, double target, EmitterResponse emitter, double feltBelow)
    {
        var radiator = 0.0;
        var hours = 0.0;
        for (var state = from; !IsWarm(state, target, feltBelow); hours += StepHours)
        {
            if (hours >= Cap.TotalHours) return new Climb(Cap, Cap, InReach: false);
            radiator = emitter.Fill(radiator, supply, state.Air, StepHours);
            state = transition.Apply(state, outdoor, model.Heating * RadiatorEstimate.Emission(radiator));
        }

        return new Climb(TimeSpan.FromHours(hours), Lead(hours, Cap), InReach: true);
    }

    /// <summary>Whether people find the zone warm: the air at its target, and what they feel at most 0.25 K below.</summary>
    public static bool IsWarm(ZoneState state, double target, double feltBelow = FeltBelow) => state.Air >= target && state.Operative >= target - feltBelow;

    /// <summary>A climb with its margin, at most so long.</summary>
    internal static TimeSpan Lead(double climbHours, TimeSpan longest) =>
        climbHours <= 0 ? TimeSpan.Zero : TimeSpan.FromHours(Math.Min(Margin * climbHours + MarginHours, longest.TotalHours));
}

/// <summary>A warm-up at full heat.</summary>
/// <param name="Time">From the first heat until people find it warm; the cap when out of reach.</param>
/// <param name="Lead">How long before the use heat should start: the time with its margin; zero when it is warm already.</param>
/// <param name="InReach">Whether it gets warm at all within the cap.</param>
public readonly record struct Climb(TimeSpan Time, TimeSpan Lead, bool InReach);
