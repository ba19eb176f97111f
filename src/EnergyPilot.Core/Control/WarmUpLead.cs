using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// How long before a use a room must start to warm up, from a regression with fixed, cautious coefficients:
/// lead = 0.3 h + ΔT · (0.5 + 0.3 · (target − outdoor)/25 + 0.2 · min(empty, 72 h)/72 h) h/K.
/// The form is that of Seem, Armstrong and Hancock (1989), "Algorithms for predicting recovery time from night setback";
/// the coefficients are those from which its learning starts. They are too long for a light building and never learn: a model of each room replaces them.
/// </summary>
public static class WarmUpLead
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(40);

    public static TimeSpan Of(Celsius room, Celsius target, Celsius outdoor, TimeSpan empty)
    {
        var climb = (target - room).Difference;
        if (climb <= 0) return TimeSpan.Zero;
        var cold = Math.Max((target - outdoor).Difference, 0) / 25;
        var soaked = Math.Min(empty.TotalHours, 72) / 72;
        var hours = 0.3 + climb * (0.5 + 0.3 * cold + 0.2 * soaked);
        return hours < Longest.TotalHours ? TimeSpan.FromHours(hours) : Longest;
    }
}
