using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Indicators of several controls side by side.</summary>
internal static class KpiTable
{
    // Names and units of BOPTEST's documentation; what is new there is shown by its bare name.
    private static readonly Dictionary<string, (string What, string Unit)> Known = new(StringComparer.Ordinal)
    {
        ["tdis_tot"] = ("Thermal discomfort", "K·h per zone"),
        ["idis_tot"] = ("Air quality discomfort", "ppm·h per zone"),
        ["ener_tot"] = ("Energy", "kWh/m²"),
        ["cost_tot"] = ("Cost", "€/m²"),
        ["emis_tot"] = ("Emissions", "kg CO2/m²"),
        ["pele_tot"] = ("Peak electricity", "kW/m²"),
        ["pgas_tot"] = ("Peak gas", "kW/m²"),
        ["pdih_tot"] = ("Peak district heat", "kW/m²"),
        ["time_rat"] = ("Computing time per emulated time", "s/s"),
    };

    public static IEnumerable<KpiRow> Of(IReadOnlyList<EvaluationResult> results)
    {
        foreach (var name in results.SelectMany(r => r.Kpis).Select(k => k.Name).Distinct(StringComparer.Ordinal))
        {
            var (what, unit) = Known.GetValueOrDefault(name, (name, ""));
            yield return new KpiRow(what, unit, [.. results.Select(r => r.Kpis.FirstOrDefault(k => k.Name == name) is { } kpi ? Text(kpi.Value) : "–")]);
        }

        yield return new KpiRow("Values clipped to the emulator's bounds", "", [.. results.Select(r => r.Clipped.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>One result for other programs.</summary>
    public static JsonObject Line(EvaluationPlan plan, EvaluationResult result)
    {
        var line = new JsonObject
        {
            ["case"] = plan.Map.Case, ["scenario"] = plan.Period, ["price"] = plan.Price, ["control"] = result.Control,
            ["days"] = Math.Round(result.EmulatedDays, 3), ["seconds"] = Math.Round(result.Took.TotalSeconds, 1), ["clipped"] = result.Clipped,
        };
        foreach (var kpi in result.Kpis) line[kpi.Name] = kpi.Value;
        return line;
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 0.1 || value is 0 ? "0.000" : "0.00e0", CultureInfo.InvariantCulture);
}

/// <summary>A line of the table.</summary>
internal sealed record KpiRow(string What, string Unit, ImmutableArray<string> Values);
