using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Commands;

/// <summary>Days of the ledger as tables.</summary>
internal static class LedgerSheet
{
    private const string Legend =
        "Code de l'énergie: R.241-26, 19 °C on average in use, weighted by the volume of the rooms; R.241-27, 16 °C while empty for 24 to 48 h, 8 °C for 48 h or more.\n"
        + "The law limits heating: a room that is warm without heat is no excess, and its time is told beside. A site file may name other limits.";

    public static void Print(ImmutableArray<LedgerDay> days, Site site)
    {
        if (days.IsEmpty)
        {
            Console.WriteLine("No day in the ledger.");
            return;
        }

        Console.WriteLine(Legend);
        Console.WriteLine();
        new Sheet(["day", ">known", ">mean in use", ">limit", "verdict", ">empty 24-48 h", ">48 h+", ">excesses", ">K·h", ">warm, no heat"], [.. days.Select(Row)]).Print();
        var excesses = days.SelectMany(d => d.Zones.SelectMany(z => z.Excesses.Select(e => (Zone: z, Excess: e)))).OrderBy(x => x.Excess.From).ToImmutableArray();
        if (excesses.IsEmpty) return;
        Console.WriteLine();
        new Sheet(["from", "until", "zone", ">limit", ">highest", ">K·h", "reason"], [.. excesses.Select(x => Row(x.Zone, x.Excess, site))]).Print();
    }

    /// <summary>One row per day and zone, and one without a zone for the building.</summary>
    public static string Csv(ImmutableArray<LedgerDay> days, Site site)
    {
        var text = new StringBuilder("day,zone,name,volume_m3,recorded_h,in_use_h,mean_in_use_c,limit_in_use_c,empty_24_48_h,mean_empty_24_48_c,empty_48_h,mean_empty_48_c,warm_unheated_h,excess_h,excess_kh,reasons\n");
        foreach (var day in days)
        {
            Append(text, [Day(day), "", "", "", Hours(day.Recorded), "", Degrees(day.MeanInUse.Degrees), Degrees(day.LimitInUse.Degrees), "", Degrees(day.Mean(Occupancy.EmptyForADay).Degrees), "", Degrees(day.Mean(Occupancy.EmptyForLong).Degrees), "", "", "", ""]);
            foreach (var zone in day.Zones)
                Append(text, [
                    Day(day), zone.Zone.Name, NameOf(zone, site), Number(zone.VolumeM3, "0.#"), Hours(zone.Recorded), Hours(zone.InUse.Time), Degrees(zone.InUse.Mean.Degrees), Degrees(zone.Limit.Degrees),
                    Hours(zone.EmptyForADay.Time), Degrees(zone.EmptyForADay.Mean.Degrees), Hours(zone.EmptyForLong.Time), Degrees(zone.EmptyForLong.Mean.Degrees),
                    Hours(zone.WarmUnheated.Time), Hours(zone.Excesses.Aggregate(TimeSpan.Zero, (sum, e) => sum + e.Above.Time)), Number(zone.Excesses.Sum(e => e.Above.KelvinHours), "0.##"),
                    string.Join("; ", zone.Excesses.Select(e => $"{Clock(e.From, site)} to {Clock(e.Until, site)} {Why(e)}"))]);
        }

        return text.ToString();
    }

    public static string Why(Excess excess)
    {
        var words = excess.Cause switch
        {
            ExcessCause.ByHand => excess.By.Length > 0 ? $"set by hand by {excess.By}" : "set by hand",
            ExcessCause.WarmUp => "warm-up for a use",
            ExcessCause.Event => "event",
            ExcessCause.Letting => "letting",
            ExcessCause.Visitors => "people there outside the timetable",
            ExcessCause.FrostGuard => "protection from frost",
            ExcessCause.SensorLost => "sensor lost, followed other rooms",
            ExcessCause.MouldGuard => "kept dry against mould",
            ExcessCause.Setpoint => "setpoint above the limit",
            _ => "some heat above the setpoint",
        };
        return excess.Note.Length > 0 ? $"{words}: {excess.Note}" : words;
    }

    private static ImmutableArray<string> Row(LedgerDay day)
    {
        var excesses = day.Zones.SelectMany(z => z.Excesses).ToList();
        return
        [
            Day(day), Hours(day.Recorded) + " h", Degrees(day.MeanInUse.Degrees), Degrees(day.LimitInUse.Degrees), double.IsNaN(day.MeanInUse.Degrees) ? "not in use" : day.IsAboveLimit ? "above R.241-26" : "kept",
            Degrees(day.Mean(Occupancy.EmptyForADay).Degrees), Degrees(day.Mean(Occupancy.EmptyForLong).Degrees),
            Number(excesses.Count, "0"), Number(excesses.Sum(e => e.Above.KelvinHours), "0.0"), Hours(day.Zones.Aggregate(TimeSpan.Zero, (sum, z) => sum + z.WarmUnheated.Time)) + " h",
        ];
    }

    private static ImmutableArray<string> Row(ZoneDay zone, Excess excess, Site site) =>
    [
        Clock(excess.From, site), Clock(excess.Until, site), NameOf(zone, site), Degrees(excess.Limit.Degrees),
        excess.HighestMillikelvin > 0 ? "+" + Number(excess.Highest.Difference, "0.0") + " K" : "unknown", Number(excess.Above.KelvinHours, "0.0"), Why(excess),
    ];

    private static string NameOf(ZoneDay zone, Site site) => site.Zones.FirstOrDefault(z => z.Id == zone.Zone)?.Name ?? zone.Zone.Name;

    private static string Day(LedgerDay day) => day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset at, Site site) => site.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan time) => Number(time.TotalHours, "0.##");

    private static string Degrees(double degrees) => double.IsFinite(degrees) ? Number(degrees, "0.00") : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++) text.Append(i > 0 ? "," : "").Append(Quoted(cells[i]));
        text.Append('\n');
    }

    // RFC 4180. A sheet program takes a cell that begins with one of these for a formula, and people write notes.
    private static string Quoted(string cell)
    {
        var safe = cell.Length > 0 && "=@+".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
