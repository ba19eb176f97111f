using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Schedules;

/// <summary>
/// Reads a file of config/calendars: lines "# kind: school" (or public) and "# known-until: 2027-07-03", then comma separated
/// values with the heading "first,last,name". Lines "# name-fr: France, zone B" (or "# name:" for all languages) and "# places: Lille,
/// Rennes" tell people what it is. Other lines that begin with # are comments.
/// </summary>
public static partial class HolidayFile
{
    private const string Heading = "first,last,name";
    private const string DayForm = "yyyy-MM-dd";
    private const int LongestWords = 300;

    /// <summary>The holidays of one file as a calendar of their kind, or what is wrong with the file.</summary>
    public static Parsed<HolidayCalendar> Parse(DocumentText file)
    {
        var findings = new Findings(file.Name);
        if (!YamlText.IsReadable(file.Text, findings)) return findings.With(HolidayCalendar.None);
        var lines = file.Text.TrimStart('\uFEFF').Split('\n').Select((text, i) => (Number: i + 1, Text: text.TrimEnd('\r', ' '))).ToList();

        var kind = Kind(lines, findings);
        var knownUntil = KnownUntil(lines, findings);
        var holidays = Holidays([.. lines.Where(l => l.Text.Length > 0 && l.Text[0] != '#')], kind, findings);
        if (knownUntil != DateOnly.MaxValue && holidays.FirstOrDefault(h => h.First > knownUntil) is { } late)
            findings.Wrong(Mark.Start, late.Name, $"a holiday from {Day(late.First)}", $"none after the day until which the file is known, {Day(knownUntil)}", "");
        var calendar = kind == HolidayKind.School
            ? new HolidayCalendar(holidays, knownUntil, DateOnly.MaxValue)
            : new HolidayCalendar(holidays, DateOnly.MaxValue, knownUntil);
        var source = new HolidaySource(Path.GetFileNameWithoutExtension(file.Name), kind, knownUntil) { Titles = Titles(lines, findings), Places = Said(lines, "places", findings) };
        return findings.With(calendar with { Sources = [source] });
    }

    /// <summary>Several calendars as one; each kind is known until the first of them ends.</summary>
    public static HolidayCalendar Together(IReadOnlyCollection<HolidayCalendar> calendars) => calendars.Count == 0
        ? HolidayCalendar.None
        : new HolidayCalendar(
            [.. calendars.SelectMany(c => c.Holidays).OrderBy(h => h.First).ThenBy(h => h.Last)],
            calendars.Min(c => c.SchoolKnownUntil), calendars.Min(c => c.PublicKnownUntil))
        {
            Sources = [.. calendars.SelectMany(c => c.Sources)],
        };

    private static HolidayKind Kind(List<(int Number, string Text)> lines, Findings findings)
    {
        var (line, text) = Remark(lines, "kind", findings);
        if (Words<HolidayKind>.TryFind(text, out var kind)) return kind;
        if (line > 0) findings.Wrong(new Mark(line, 1), "kind", $"\"{text}\"", $"school or public", Nearest.To(text, Words<HolidayKind>.All));
        return HolidayKind.School;
    }

    private static DateOnly KnownUntil(List<(int Number, string Text)> lines, Findings findings)
    {
        var (line, text) = Remark(lines, "known-until", findings);
        if (TryDay(text, out var day)) return day;
        if (line > 0) findings.Wrong(new Mark(line, 1), "known-until", $"\"{text}\"", $"a day like 2027-07-03", "");
        return DateOnly.MaxValue;
    }

    private static (int Line, string Text) Remark(List<(int Number, string Text)> lines, string key, Findings findings)
    {
        var start = $"# {key}:";
        foreach (var (number, text) in lines)
            if (text.StartsWith(start, StringComparison.Ordinal)) return (number, text[start.Length..].Trim());
        findings.Wrong(Mark.Start, "", $"no line \"{start} …\"", $"one: it says what the holidays are and until when they are known", "");
        return (0, "");
    }

    private static ImmutableDictionary<string, string> Titles(List<(int Number, string Text)> lines, Findings findings) => lines
        .Select(l => Title().Match(l.Text)).Where(m => m.Success).DistinctBy(m => m.Groups["language"].Value)
        .ToImmutableDictionary(m => m.Groups["language"].Value, m => Said(lines, m.Groups["key"].Value, findings));

    // What people read may be missing: the file's name stands in for it.
    private static string Said(List<(int Number, string Text)> lines, string key, Findings findings)
    {
        var start = $"# {key}:";
        var (line, text) = lines.FirstOrDefault(l => l.Text.StartsWith(start, StringComparison.Ordinal), (Number: 0, Text: start));
        var words = text[start.Length..].Trim();
        if (words.Length <= LongestWords) return words;
        findings.Wrong(new Mark(line, 1), key, $"{words.Length} characters", $"at most {LongestWords}", "");
        return "";
    }

    private static ImmutableArray<Holiday> Holidays(List<(int Number, string Text)> rows, HolidayKind kind, Findings findings)
    {
        if (rows.Count == 0 || rows[0].Text != Heading)
            findings.Wrong(new Mark(rows.Count == 0 ? 1 : rows[0].Number, 1), "", rows.Count == 0 ? (Saying)$"no rows" : $"\"{rows[0].Text}\"", $"the heading \"{Heading}\"", "");
        var holidays = ImmutableArray.CreateBuilder<Holiday>();
        foreach (var (number, text) in rows.Skip(1))
            if (Row(number, text, kind, findings) is { } holiday) holidays.Add(holiday);
        return [.. holidays.OrderBy(h => h.First)];
    }

    private static Holiday? Row(int number, string text, HolidayKind kind, Findings findings)
    {
        var cells = text.Split(',', 3);
        if (cells.Length == 3 && TryDay(cells[0], out var first) && TryDay(cells[1], out var last) && cells[2].Trim().Length > 0)
        {
            if (first <= last) return new Holiday(first, last, kind, cells[2].Trim());
            findings.Wrong(new Mark(number, cells[0].Length + 2), "last", $"{cells[1]}, before the first day {cells[0]}", $"the same day or a later one", "");
            return null;
        }

        findings.Wrong(new Mark(number, 1), "", $"\"{text}\"", $"two days and a name, for example \"2026-10-18,2026-11-01,Vacances de la Toussaint\"", "");
        return null;
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    [GeneratedRegex("^# (?<key>name(-(?<language>[a-z]{2}))?):")]
    private static partial Regex Title();

    private static string Day(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);
}
