using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Writes evaluations of one plan as one HTML file that needs nothing else.</summary>
internal static class EvaluationReport
{
    public static string Html(EvaluationPlan plan, IReadOnlyList<EvaluationResult> results) => Resource("Boptest/report.html")
        .Replace("{{TITLE}}", Encode($"{plan.Map.Title}, {plan.Period}"), StringComparison.Ordinal)
        .Replace("{{SUBTITLE}}", Encode($"BOPTEST case {plan.Map.Case}, {plan.Price} electricity price, {results.Max(r => r.EmulatedDays):0.#} days"), StringComparison.Ordinal)
        .Replace("{{CONTROLS}}", string.Join("<th class=\"n\">", results.Select(r => Encode(r.Control)).Prepend("Unit")), StringComparison.Ordinal)
        .Replace("{{KPIS}}", Rows(results), StringComparison.Ordinal)
        .Replace("{{METHOD}}", Encode(Method(plan)), StringComparison.Ordinal)
        .Replace("{{DATA}}", Data(plan, results).ToJsonString().Replace("<", "\\u003c", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("{{UPLOT_CSS}}", Resource("wwwroot/lib/uplot.css"), StringComparison.Ordinal)
        .Replace("{{UPLOT_JS}}", Resource("wwwroot/lib/uplot.js"), StringComparison.Ordinal);

    private static string Rows(IReadOnlyList<EvaluationResult> results)
    {
        var rows = new StringBuilder();
        foreach (var kpi in KpiTable.Of(results))
        {
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=row>{Encode(kpi.What)}<td>{Encode(kpi.Unit)}");
            foreach (var value in kpi.Values) rows.Append(CultureInfo.InvariantCulture, $"<td class=n>{Encode(value)}");
            rows.Append("</tr>\n");
        }

        return rows.ToString();
    }

    private static string Method(EvaluationPlan plan) =>
        $"Emulated, not measured. The indicators are the emulator's own; EnergyPilot decided every {plan.Map.Step.TotalMinutes:0.#} minutes as it does in a school. "
        + "It began with what it learned by watching the week before, which the emulator lives under its own control; comfort bounds, weather and prices came from the emulator's forecasts. "
        + "Baseline is the control that comes with the emulator. The comfort band counts at every hour, whether or not people are there.";

    private static JsonObject Data(EvaluationPlan plan, IReadOnlyList<EvaluationResult> results)
    {
        var longest = results.MaxBy(r => r.Trace.Length)?.Trace ?? [];
        return new JsonObject
        {
            ["times"] = List(longest, m => EmulatedSite.At(plan.Map, m.Time).Add(plan.Map.Clock).ToUnixTimeSeconds(), 0),
            ["outdoor"] = List(longest, m => m.Outdoor, 2),
            ["price"] = List(longest, m => m.Price, 4),
            ["zones"] = new JsonArray([.. plan.Map.Zones.Select((zone, i) => new JsonObject
            {
                ["name"] = zone.Name, ["lower"] = List(longest, m => m.Bands[i].Lower, 2), ["upper"] = List(longest, m => m.Bands[i].Upper, 2),
            })]),
            ["runs"] = new JsonArray([.. results.Select(r => new JsonObject
            {
                ["name"] = r.Control,
                ["supply"] = List(r.Trace, m => m.Supply, 2),
                ["power"] = List(r.Trace, m => m.Power, 1),
                ["zones"] = new JsonArray([.. plan.Map.Zones.Select((_, i) => List(r.Trace, m => m.Zones[i], 2))]),
            })]),
        };
    }

    private static JsonArray List(IEnumerable<Moment> trace, Func<Moment, double> value, int digits) =>
        new([.. trace.Select(m => double.IsFinite(value(m)) ? JsonValue.Create(Math.Round(value(m), digits)) : null)]);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(EvaluationReport).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
