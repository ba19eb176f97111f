using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace EnergyPilot.Gateway.Seasons;

/// <summary>Writes a season as one HTML file that needs nothing else: tables, charts, and how it was counted.</summary>
internal static class SeasonReport
{
    private static readonly JsonSerializerOptions Plain = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Html(SeasonComparison season) => Resource("Seasons/report.html")
        .Replace("{{TITLE}}", Encode($"{season.Plan.Site.Name}, {Day(season.Plan.From)} – {Day(season.Plan.To)}"), StringComparison.Ordinal)
        .Replace("{{VERDICT}}", Encode(Verdict(season)), StringComparison.Ordinal)
        .Replace("{{SUMMARY}}", Summary(season), StringComparison.Ordinal)
        .Replace("{{ZONES}}", Zones(season), StringComparison.Ordinal)
        .Replace("{{METHOD}}", Encode(Method(season)), StringComparison.Ordinal)
        .Replace("{{DATA}}", Data(season), StringComparison.Ordinal)
        .Replace("{{UPLOT_CSS}}", Resource("wwwroot/lib/uplot.css"), StringComparison.Ordinal)
        .Replace("{{UPLOT_JS}}", Resource("wwwroot/lib/uplot.js"), StringComparison.Ordinal);

    private static string Verdict(SeasonComparison season) => string.Create(CultureInfo.InvariantCulture,
        $"EnergyPilot needs {season.Pilot.GasKwhPerM2:0.0} kWh of gas per square metre, a fixed daily clock {season.Clock.GasKwhPerM2:0.0}: {season.Saving * 100:0} % less, in the same weather with the same people.");

    private static string Method(SeasonComparison season) => string.Create(CultureInfo.InvariantCulture,
        $"Simulated, not measured. Both controls ran the same virtual school ({season.Plan.Site.Zones.Length} zones, {season.Pilot.HeatedAreaM2:0} m²) in the Uccle typical year 2007–2021, with one-minute physics, the same timetable, absences and opened windows (seed {season.Plan.Seed}). ")
        + "Gas is on the gross calorific value. Felt temperature is the mean of air and surrounding surfaces. The comfort band begins 1 K below the comfort setpoint and ends at 24 °C. Discomfort counts kelvins outside it, times hours, only while people are in the zone; a late morning is one on which the zone is more than 0.5 K below the band when the first people come. "
        + "The fixed clock heats every zone from 5:00 to 18:00 on weekdays with a thermostat per zone, 16 °C at other times, boiler water at 70 °C, and knows no holidays.";

    private static string Summary(SeasonComparison season)
    {
        var rows = new StringBuilder();
        Row("Gas", "kWh/m²", s => s.GasKwhPerM2, "0.0");
        Row("Gas", "kWh", s => s.GasKwh, "# ##0");
        Row("Heat from the boiler", "kWh/m²", s => s.HeatKwh / s.HeatedAreaM2, "0.0");
        Row("Boiler efficiency (gross)", "%", s => 100 * s.HeatKwh / s.GasKwh, "0.0");
        Row("Electricity, whole building", "kWh/m²", s => s.ElectricityKwh / s.HeatedAreaM2, "0.0");
        Row("Below the comfort band in use", "K·h per zone", s => s.ColdKelvinHours, "0.0");
        Row("Above 24 °C in use", "K·h per zone", s => s.Zones.Average(z => z.HotKelvinHours), "0.0");
        Row("Late mornings, all zones", $"of {season.Pilot.Zones.Sum(z => z.Mornings)}", s => s.LateMornings, "0");
        Row("Burner starts", "", s => s.BurnerStarts, "0");
        return rows.ToString();

        void Row(string name, string unit, Func<SeasonResult, double> value, string format) => rows.Append(CultureInfo.InvariantCulture,
            $"<tr><th scope=row>{name}<td>{unit}<td class=n>{Number(value(season.Clock), format)}<td class=n>{Number(value(season.Pilot), format)}</tr>\n");
    }

    private static string Zones(SeasonComparison season)
    {
        var rows = new StringBuilder();
        foreach (var (pilot, clock) in season.Pilot.Zones.Zip(season.Clock.Zones))
        {
            var area = pilot.Zone.FloorArea.Value;
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=row>{Encode(pilot.Zone.Name)}<td class=n>{area:0}<td class=n>{pilot.OccupiedHours:0}")
                .Append(CultureInfo.InvariantCulture, $"<td class=n>{clock.HeatKwh / area:0.0}<td class=n>{pilot.HeatKwh / area:0.0}")
                .Append(CultureInfo.InvariantCulture, $"<td class=n>{clock.MeanOccupied:0.0}<td class=n>{pilot.MeanOccupied:0.0}")
                .Append(CultureInfo.InvariantCulture, $"<td class=n>{clock.ColdKelvinHours:0.0}<td class=n>{pilot.ColdKelvinHours:0.0}")
                .Append(CultureInfo.InvariantCulture, $"<td class=n>{clock.LateMornings}<td class=n>{pilot.LateMornings}</tr>\n");
        }

        return rows.ToString();
    }

    private static string Data(SeasonComparison season) => JsonSerializer.Serialize(new
    {
        days = season.Pilot.Days.Select(d => new DateTimeOffset(d.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds()),
        outdoor = season.Pilot.Days.Select(d => Math.Round(d.OutdoorMean, 1)),
        pilotGas = season.Pilot.Days.Select(d => Math.Round(d.GasKwh, 1)),
        clockGas = season.Clock.Days.Select(d => Math.Round(d.GasKwh, 1)),
        hours = season.Pilot.ColdestWeek.Select(h => new DateTimeOffset(season.Plan.Site.Local(h.At), TimeSpan.Zero).ToUnixTimeSeconds()),
        weekOutdoor = season.Pilot.ColdestWeek.Select(h => Math.Round(h.Outdoor, 1)),
        zones = season.Plan.Site.Zones.Select((zone, i) => new
        {
            name = zone.Name,
            comfort = zone.Setpoints.Comfort.Degrees,
            pilot = season.Pilot.ColdestWeek.Select(h => Math.Round(h.Zones[i], 2)),
            clock = season.Clock.ColdestWeek.Select(h => Math.Round(h.Zones[i], 2)),
        }),
    }, Plain).Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(SeasonReport).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
