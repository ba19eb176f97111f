using System.Globalization;
using Spectre.Console;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>One table per building, with the study's gas beside ours where it has a row.</summary>
internal static class SeasonsTables
{
    // A row must stay a row, also in a narrow window or a file.
    private const int Width = 200;

    /// <summary>What a table shows of a season: heading and cell.</summary>
    public static readonly IReadOnlyList<(string Heading, Func<SeasonResult, string> Cell)> Columns =
    [
        ("", r => r.Controller),
        ("kWh/m²", r => Number(r.EnergyKwhPerM2, "0.0")),
        ("study", r => Number(StudyFigures.GasKwhPerM2(r), "0.0")),
        ("heat", r => Number(r.HeatKwhPerM2, "0.0")),
        ("η", r => Number(r.Efficiency, ".000")),
        ("€/m²", r => Number(r.EurosPerM2, "0.00")),
        ("K·h", r => Number(r.ColdKelvinHours, "0.0")),
        ("worst", r => Number(r.ColdKelvinHoursWorst, "0.0")),
        ("latest K", r => Number(r.LatestK, "0.00")),
        ("late", r => r.Mornings > 0 ? string.Create(CultureInfo.InvariantCulture, $"{r.LateMornings}/{r.Mornings}") : "–"),
        ("K·h>24", r => Number(r.HotKelvinHours, "0")),
        ("starts", r => Number(r.Starts, "0")),
        ("moves", r => Number(r.ValveMovesPerZoneDay, "0.0")),
        ("peak kW", r => Number(r.PeakKw, "0.0")),
        ("h over", r => Number(r.OverLimitHours, "0")),
        ("pump", r => Number(r.PumpKwhPerM2, "0.00")),
        ("ms/cycle", r => Number(r.DecideMs, "0.000")),
        ("study s", r => Number(r.StudySeconds, "0.0")),
        ("s", r => Number(r.Seconds, "0.0")),
    ];

    public static void Write(IReadOnlyList<SeasonResult> results)
    {
        AnsiConsole.Profile.Width = Width;
        foreach (var building in results.GroupBy(result => result.Building))
        {
            Console.WriteLine();
            Console.WriteLine(Buildings.All.First(known => known.Name == building.Key).Title);
            var table = new Table();
            foreach (var (heading, _) in Columns) table.AddColumn(new TableColumn(heading) { NoWrap = true });
            foreach (var result in building) table.AddRow([.. Columns.Select(column => Markup.Escape(column.Cell(result)))]);
            AnsiConsole.Write(table);
            foreach (var bound in building.Where(result => double.IsFinite(result.ProvenWithin)))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bound.Controller} is proven to within {bound.ProvenWithin:0.0000%} by its dual bound."));
        }
    }

    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
}
