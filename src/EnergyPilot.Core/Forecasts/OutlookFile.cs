using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Forecasts;

/// <summary>
/// Reads hourly forecasts from a small text, as comma separated values or as JSON. In both a row has a <c>time</c>, the beginning of its hour in ISO 8601 with
/// an offset ("2027-01-11T05:00+01:00"), and any of <c>outdoorC</c> (°C), <c>irradianceWm2</c> (global horizontal, W/m²), <c>euroPerKwh</c> and
/// <c>gramsPerKwh</c> (CO2), each a number, or nothing where it is not known. Rows stand in order of time; an hour that is left out is not known.
/// Comma separated values begin with a heading of these names in any order, lines that begin with # are comments; JSON is a list of objects with these names.
/// </summary>
public static class OutlookFile
{
    /// <summary>The longest text; a month of hours has some 80 kB.</summary>
    public const int Longest = 512 * 1024;

    /// <summary>The longest time from the first to the last hour.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(35);

    /// <summary>The outlook, or everything that is wrong with the text.</summary>
    public static Parsed<Outlook> Parse(DocumentText file)
    {
        var findings = new Findings(file.Name);
        if (file.Text.Length > Longest)
        {
            findings.Wrong(Mark.Start, "", $"{file.Text.Length / 1024} kB", $"at most {Longest / 1024} kB", "");
            return findings.With(Outlook.None);
        }

        var rows = IsJson(file.Text) ? OutlookRows.OfJson(file.Text, findings) : OutlookRows.OfCsv(file.Text, findings);
        return findings.With(Hours(rows, findings));
    }

    private static bool IsJson(string text) => text.AsSpan().TrimStart("\uFEFF \t\r\n") is ['[' or '{', ..];

    private static Outlook Hours(ImmutableArray<OutlookRow> rows, Findings findings)
    {
        if (rows.IsEmpty) return Outlook.None;
        var from = rows[0].Time;
        var hours = ImmutableArray.CreateBuilder<OutlookHour>();
        foreach (var row in rows)
        {
            var index = (row.Time - from) / TimeSpan.FromHours(1);
            if (row.Time - from > Farthest)
            {
                findings.Wrong(row.Mark, "time", $"an hour {(row.Time - from).TotalDays:0} days after the first", $"at most {Farthest.TotalDays:0} days", "");
                return Outlook.None;
            }

            if (index < hours.Count) findings.Wrong(row.Mark, "time", $"an hour that is not after the one before", $"one row for each hour, in order of time", "");
            while (hours.Count < index) hours.Add(OutlookHour.Unknown);
            if (hours.Count == (int)index) hours.Add(row.Hour);
        }

        return new Outlook(from, hours.ToImmutable());
    }
}
