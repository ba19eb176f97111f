namespace EnergyPilot.Core.Energy;

/// <summary>A day of one meter, with what the day was like.</summary>
/// <param name="Day">On the school's clocks.</param>
/// <param name="Clock">What the clocks show at each hour, see <see cref="LocalDay.Clock"/>.</param>
/// <param name="Hours">What each hour took [kWh, or m³ of water].</param>
/// <param name="Use">How the school was used.</param>
/// <param name="Outdoor">Mean outdoor temperature of each hour [°C]; not a number in a gap.</param>
public sealed record MeterDay(LocalDay Day, byte[] Clock, HourAmount[] Hours, DayUse Use, double[] Outdoor)
{
    /// <summary>What the day took in all; not a number when nobody knows anything of it.</summary>
    public double Total => Known(Hours);

    /// <summary>What its first hours took.</summary>
    public double Until(int hour) => Known(Hours.Take(hour));

    /// <summary>The share of the day in which the meter was read.</summary>
    public double Measured => Hours.Average(h => h.Measured);

    /// <summary>Mean outdoor temperature [°C]; not a number when more than a tenth of the day is missing.</summary>
    public double MeanOutdoor
    {
        get
        {
            var (sum, count) = (0.0, 0);
            foreach (var degrees in Outdoor)
                if (double.IsFinite(degrees)) (sum, count) = (sum + degrees, count + 1);
            return count >= 0.9 * Outdoor.Length ? sum / count : double.NaN;
        }
    }

    private static double Known(IEnumerable<HourAmount> hours)
    {
        var sum = double.NaN;
        foreach (var hour in hours)
            if (double.IsFinite(hour.Amount)) sum = double.IsNaN(sum) ? hour.Amount : sum + hour.Amount;
        return sum;
    }
}
