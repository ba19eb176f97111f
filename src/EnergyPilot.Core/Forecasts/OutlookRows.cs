using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Forecasts;

/// <summary>One row of an outlook's text.</summary>
internal readonly record struct OutlookRow(Mark Mark, DateTimeOffset Time, OutlookHour Hour);

/// <summary>The rows of an outlook's text, with what is wrong in each cell.</summary>
internal static class OutlookRows
{
    private const string TimeName = "time";
    private static readonly ImmutableArray<(string Name, double Low, double High)> Quantities =
        [("outdoorC", -60, 60), ("irradianceWm2", 0, 1500), ("euroPerKwh", -10, 10), ("gramsPerKwh", 0, 3000)];

    private static readonly ImmutableArray<string> Names = [TimeName, .. Quantities.Select(q => q.Name)];

    // "Z" or an offset must stand there: a local time without one is ambiguous twice a year, and wrong in summer.
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A piece of text in its place.</summary>
    private readonly record struct Cell(Mark Mark, string Name, string Text);

    public static ImmutableArray<OutlookRow> OfCsv(string text, Findings findings)
    {
        if (!YamlText.IsReadable(text, findings)) return [];
        var rows = ImmutableArray.CreateBuilder<OutlookRow>();
        string[]? heading = null;
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r', ' ')))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (heading is null)
            {
                heading = [.. line.Split(',').Select(n => n.Trim())];
                if (!IsHeading(heading, number, findings)) return [];
                continue;
            }

            if (RowOf(new Mark(number, 1), Cells(heading, line, number, findings), findings) is { } row) rows.Add(row);
        }

        if (rows.Count == 0) findings.Wrong(new Mark(number, 1), "", $"no hour", $"a row for each hour", "");
        return rows.ToImmutable();
    }

    public static ImmutableArray<OutlookRow> OfJson(string text, Findings findings)
    {
        // JSON is YAML, whose reader knows the place of every value.
        if (YamlReader.Read(text, findings) is not { } root) return [];
        if (root is not ListNode { Items: [_, ..] } list)
        {
            findings.Wrong(root.Mark, "", root.Described, $"a list of hours, [{{\"time\": …, \"outdoorC\": …}}, …]", "");
            return [];
        }

        return [.. list.Items.Select(item => OfItem(item, findings)).OfType<OutlookRow>()];
    }

    private static OutlookRow? OfItem(Node item, Findings findings)
    {
        if (item is not MapNode map)
        {
            findings.Wrong(item.Mark, "", item.Described, $"an object for each hour", "");
            return null;
        }

        List<Cell> cells = [];
        foreach (var entry in map.Entries)
        {
            if (!Names.Contains(entry.Key)) findings.Wrong(entry.Mark, entry.Key, $"\"{entry.Key}\"", $"one of {string.Join(", ", Names)}", Nearest.To(entry.Key, Names));
            else if (entry.Value is TextNode value) cells.Add(new Cell(value.Mark, entry.Key, value.Text == "null" ? "" : value.Text));
            else findings.Wrong(entry.Value.Mark, entry.Key, entry.Value.Described, $"a number", "");
        }

        return RowOf(map.Mark, cells, findings);
    }

    private static bool IsHeading(string[] heading, int line, Findings findings)
    {
        var column = 1;
        var isGood = true;
        foreach (var name in heading)
        {
            if (!Names.Contains(name) || heading.Count(n => n == name) > 1)
            {
                findings.Wrong(new Mark(line, column), "", $"\"{name}\"", $"a heading with some of {string.Join(", ", Names)}, each once", Nearest.To(name, Names));
                isGood = false;
            }

            column += name.Length + 1;
        }

        if (heading.Contains(TimeName)) return isGood;
        findings.Wrong(new Mark(line, 1), "", $"no column \"time\"", $"a heading with time and some of {string.Join(", ", Names.Skip(1))}", "");
        return false;
    }

    private static List<Cell> Cells(string[] heading, string line, int number, Findings findings)
    {
        var texts = line.Split(',');
        if (texts.Length != heading.Length) findings.Wrong(new Mark(number, 1), "", $"{texts.Length} values", $"{heading.Length}, as in the heading", "");
        List<Cell> cells = [];
        var column = 1;
        for (var i = 0; i < Math.Min(texts.Length, heading.Length); i++)
        {
            cells.Add(new Cell(new Mark(number, column), heading[i], texts[i].Trim()));
            column += texts[i].Length + 1;
        }

        return cells;
    }

    private static OutlookRow? RowOf(Mark mark, List<Cell> cells, Findings findings)
    {
        var time = cells.Find(c => c.Name == TimeName);
        if (time.Name is null)
        {
            findings.Wrong(mark, TimeName, $"no time", $"the beginning of the hour, such as \"2027-01-11T05:00+01:00\"", "");
            return null;
        }

        var hour = new OutlookHour(Number(cells, 0, findings), Number(cells, 1, findings), Number(cells, 2, findings), Number(cells, 3, findings));
        return TimeOf(time, findings) is { } at ? new OutlookRow(time.Mark, at, hour) : null;
    }

    private static DateTimeOffset? TimeOf(Cell cell, Findings findings)
    {
        var hasOffset = cell.Text.EndsWith('Z') || cell.Text.LastIndexOfAny(['+', '-']) > cell.Text.IndexOf('T', StringComparison.Ordinal);
        if (hasOffset && DateTimeOffset.TryParseExact(cell.Text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.UtcTicks % TimeSpan.TicksPerHour == 0)
            return at.ToUniversalTime();
        findings.Wrong(cell.Mark, TimeName, $"\"{Shown(cell.Text)}\"", $"a whole hour with its offset, such as \"2027-01-11T05:00+01:00\" or \"2027-01-11T04:00Z\"", "");
        return null;
    }

    private static double Number(List<Cell> cells, int quantity, Findings findings)
    {
        var (name, low, high) = Quantities[quantity];
        var cell = cells.Find(c => c.Name == name);
        if (string.IsNullOrEmpty(cell.Text)) return double.NaN;
        if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high) return value;
        findings.Wrong(cell.Mark, name, $"\"{Shown(cell.Text)}\"", $"a number from {low} to {high}, or nothing", "");
        return double.NaN;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
