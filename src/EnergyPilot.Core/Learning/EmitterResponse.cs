namespace EnergyPilot.Core.Learning;

/// <summary>How fast and how far what stands between water and room follows the water.</summary>
/// <param name="Emptying">Time in which it would lose its heat at its first rate, with the valve shut and 50 K above the room.</param>
/// <param name="Filling">How many times faster an open valve fills it.</param>
/// <param name="Lag">From the start of a cold plant until it follows the supply: boiler, pipes, valve and emitter as one first-order lag.</param>
/// <param name="Share">Of the supply's excess over the room that it settles at.</param>
/// <param name="Drop">And how much below that [K].</param>
public sealed record EmitterResponse(TimeSpan Emptying, double Filling, TimeSpan Lag, double Share, double Drop)
{
    /// <summary>Ordinary steel radiators (a panel empties in 20 min, cast iron in 40; nothing depends on it much). An open valve settles at 50 K for 75 °C and 20 °C, as EN 442 has it.</summary>
    public static readonly EmitterResponse Radiators = new(TimeSpan.FromMinutes(25), 10, TimeSpan.FromHours(0.2), 1, 4);

    /// <summary>65 mm of screed over pipes (EN 1264): hours from valve to room, and hours of warmth after it.</summary>
    public static readonly EmitterResponse Floor = new(TimeSpan.FromHours(3.6), 4, TimeSpan.FromHours(0.75), 0.8, 0);

    /// <summary>A panel or convector that a relay switches.</summary>
    public static readonly EmitterResponse Electric = new(TimeSpan.FromMinutes(5), 10, TimeSpan.FromHours(0.125), 1, 4);

    /// <summary>The excess after one step of a forecast at full heat [K].</summary>
    internal double Fill(double excess, double supply, double air, double hours) =>
        excess + (Math.Max(Share * (supply - air) - Drop, 0) - excess) * Math.Min(hours / Lag.TotalHours, 1);
}
