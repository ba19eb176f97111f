using System.Globalization;
using System.Net;
using System.Text;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>The same tables as one HTML file that needs nothing else, with a bar for each season's energy.</summary>
internal static class SeasonsReport
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6875;--paper:#fff;--line:#d9dfe5;--bar:#0a7f5a}
        @media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a3b0bd;--paper:#12181f;--line:#2d3844;--bar:#46c797}}
        body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:84rem;margin:0 auto;padding:1.5rem 1rem 4rem}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}.soft{color:var(--soft);font-size:.9rem}.scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}th,td{text-align:right;padding:.25rem .5rem;border-bottom:1px solid var(--line);font-weight:normal;font-variant-numeric:tabular-nums;white-space:nowrap}
        th:first-child,td:first-child{text-align:left}thead th{color:var(--soft);font-size:.85rem}.bar{display:block;height:.6rem;background:var(--bar);min-width:1px}code{overflow-wrap:anywhere}
        """;

    private const string Method =
        "Simulated, not measured: the school of the control study, 400 m² in six zones, from 1 October to 30 April in the Uccle typical year, one-minute physics and control. "
        + "Every control meets the same weather, people, absences, forgotten windows and sensor errors; 11 November is missing from the site's calendar. "
        + "Energy is final energy: gas on its gross calorific value, heat of the network, or electricity of the heat pump. K·h counts what people feel below 19 °C while they are there, mean of the zones; "
        + "a morning is late when a zone is more than 0.5 K below 19 °C at its first use, after the first 14 days. Peak is the highest mean of 60 minutes that the heat source makes. "
        + "f is the least heat by somebody who knows everything beforehand, put straight into the rooms.";

    public static string Html(IReadOnlyList<SeasonResult> results)
    {
        var page = new StringBuilder()
            .Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>EnergyPilot: seasons</title><style>")
            .Append(Style).Append("</style></head><body>\n<h1>Heating seasons, control by control</h1>\n<p class=\"soft\">").Append(Encode(Method)).Append("</p>\n");
        foreach (var building in results.GroupBy(result => result.Building)) Append(page, building.Key, [.. building]);
        page.Append("<h2>Claims</h2><pre>").Append(Encode(string.Join('\n', SeasonsClaims.Of(results)))).Append("</pre>\n");
        return page.Append("<h2>In figures</h2><p><code>").Append(Encode(SeasonsVerdict.Json(results))).Append("</code></p>\n</body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, string name, IReadOnlyList<SeasonResult> results)
    {
        var building = Buildings.All.First(known => known.Name == name);
        page.Append("<h2>").Append(Encode(building.Title)).Append("</h2>\n<p class=\"soft\">").Append(Encode(building.Tariff.Name)).Append("</p>\n<div class=\"scroll\"><table><thead><tr>");
        foreach (var (heading, _) in SeasonsTables.Columns) page.Append("<th scope=\"col\">").Append(Encode(heading));
        page.Append("<th scope=\"col\" style=\"width:12rem\"></thead>\n");
        var most = results.Max(result => result.EnergyKwhPerM2);
        foreach (var result in results)
        {
            page.Append("<tr title=\"").Append(Encode(Controller.All.First(known => known.Name == result.Controller).Title)).Append("\">");
            foreach (var (_, cell) in SeasonsTables.Columns) page.Append("<td>").Append(Encode(cell(result)));
            page.Append(CultureInfo.InvariantCulture, $"<td><span class=\"bar\" style=\"width:{100 * result.EnergyKwhPerM2 / most:0}%\"></span></tr>\n");
        }
        page.Append("</table></div>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
