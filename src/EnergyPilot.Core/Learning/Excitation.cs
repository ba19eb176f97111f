namespace EnergyPilot.Core.Learning;

/// <summary>
/// What a window of days could teach. A room that always has the same temperature only tells heating per loss; it takes warm-ups
/// to tell the radiators, free nights to tell the walls, and different weather to tell the losses.
/// </summary>
/// <param name="WarmUps">Hours with a mean emission of at least 0.3, one for each time that it rose so far.</param>
/// <param name="FreeNights">At least 8 h without heat and on average 5 K above the outdoor air.</param>
/// <param name="OutdoorSpread">Between the coldest and the warmest quarter [K].</param>
public readonly record struct Excitation(int WarmUps, int FreeNights, double OutdoorSpread)
{
    private const double Heated = 0.3, Cooled = 0.1, Unheated = 0.02, FreeRise = 5;
    private const int HeatedQuarters = 4, FreeQuarters = 32;

    /// <summary>Whether losses, masses and radiators can be told apart.</summary>
    public bool IsRich => WarmUps >= 3 && FreeNights >= 3 && OutdoorSpread >= 4;

    /// <summary>Of quarters in the order in which they were measured.</summary>
    /// <param name="quarters">The window that is learned from.</param>
    /// <param name="zone">The site's, for the daily anchor.</param>
    public static Excitation Of(ReadOnlySpan<Quarter> quarters, TimeZoneInfo zone) => Of(LearningRow.Of(quarters, zone));

    internal static Excitation Of(ReadOnlySpan<LearningRow> rows)
    {
        var (coldest, warmest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (ref readonly var row in rows)
        {
            if (!row.Counts) continue;
            coldest = Math.Min(coldest, row.Drive.Outdoor);
            warmest = Math.Max(warmest, row.Drive.Outdoor);
        }

        return new Excitation(CountWarmUps(rows), CountFreeNights(rows), Math.Max(warmest - coldest, 0));
    }

    private static int CountWarmUps(ReadOnlySpan<LearningRow> rows)
    {
        var (count, warm) = (0, false);
        for (var i = HeatedQuarters; i <= rows.Length; i++)
        {
            var (sum, good) = (0.0, true);
            foreach (ref readonly var row in rows[(i - HeatedQuarters)..i])
            {
                sum += row.Drive.Emission;
                good &= row.Counts;
            }

            var before = warm;
            // The pulses of a valve that holds a room are no warm-ups: between two of those the radiators are nearly cold.
            warm = good && sum >= HeatedQuarters * (before ? Cooled : Heated);
            if (warm && !before) count++;
        }

        return count;
    }

    private static int CountFreeNights(ReadOnlySpan<LearningRow> rows)
    {
        var (count, length, rise) = (0, 0, 0.0);
        foreach (ref readonly var row in rows)
        {
            var free = row.Counts && row.Drive.Emission < Unheated;
            (length, rise) = free ? (length + 1, rise + row.Room - row.Drive.Outdoor) : (0, 0);
            if (length != FreeQuarters) continue;
            if (rise >= FreeQuarters * FreeRise) count++;
            // A weekend without heat is several nights.
            (length, rise) = (0, 0);
        }

        return count;
    }
}
