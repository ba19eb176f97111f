namespace EnergyPilot.Core.Learning;

/// <summary>
/// How warm the radiators of a zone are, from the supply temperature and the valve, without a word from the installer.
/// Mean excess x of the radiator over the room [K]:
/// x' = valve · (supply − room − x) · 10/emptying − x/emptying · (x/50)^0.3.
/// The 10 makes an open valve settle at x = 50 K for 75 °C and a room of 20 °C, as EN 442 defines the nominal emission (75/65/20 °C);
/// a radiator with more or less water than that only has another learned <see cref="ZoneModel.Heating"/>.
/// Each step solves the equation with frozen rates exactly, so that it can neither oscillate nor leave [0, supply − room].
/// </summary>
public static class RadiatorEstimate
{
    private const double NominalExcess = 50;                    // K, EN 442
    private const double Exponent = 1.3;                        // EN 442, ordinary radiator
    private const double HottestExcess = 100;                   // K; what a wrong sensor could claim beyond that is no water
    private static readonly TimeSpan LongestSubStep = TimeSpan.FromMinutes(1);

    /// <summary>The mean excess after a step, in [0, 100] K whatever the arguments are.</summary>
    /// <param name="excess">Before the step [K].</param>
    /// <param name="supply">Water at the manifold [°C]; unless it and the room are finite, the valve counts as shut.</param>
    /// <param name="room">Room [°C].</param>
    /// <param name="valve">Mean opening during the step, 0 to 1.</param>
    /// <param name="step">Length; a negative one is none, one longer than a day is a day.</param>
    /// <param name="emitter">How fast it fills and empties.</param>
    public static double Step(double excess, double supply, double room, double valve, TimeSpan step, EmitterResponse emitter)
    {
        var hottest = supply - room;
        var filling = double.IsFinite(hottest) && double.IsFinite(valve) ? emitter.Filling * Math.Clamp(valve, 0, 1) : 0;
        hottest = filling > 0 ? Math.Clamp(hottest, 0, HottestExcess) : 0;
        var x = double.IsFinite(excess) ? Math.Clamp(excess, 0, HottestExcess) : 0;

        var ticks = Math.Clamp(step.Ticks, 0, TimeSpan.TicksPerDay);
        var count = (int)((ticks + LongestSubStep.Ticks - 1) / LongestSubStep.Ticks);
        var share = count == 0 ? 0 : (double)ticks / count / Math.Max(emitter.Emptying.Ticks, LongestSubStep.Ticks);
        for (var i = 0; i < count; i++)
        {
            // A nearly cold radiator still cools by convection: below 0.1 K the rate no longer falls.
            var rate = filling + Math.Pow(Math.Max(x, 0.1) / NominalExcess, Exponent - 1);
            var rest = hottest * filling / rate;
            x = rest + (x - rest) * Math.Exp(-rate * share);
        }

        return x;
    }

    /// <summary>Emission of the radiators, 1 at nominal 75/65/20 °C: (x/50)^1.3; 0 for a cold or unknown one.</summary>
    public static double Emission(double excess) => excess > 0 ? Math.Pow(Math.Min(excess, HottestExcess) / NominalExcess, Exponent) : 0;

    /// <summary>The mean excess that emits so much [K]: the inverse of <see cref="Emission"/>.</summary>
    public static double Excess(double emission) => emission > 0 ? Math.Min(NominalExcess * Math.Pow(emission, 1 / Exponent), HottestExcess) : 0;
}
