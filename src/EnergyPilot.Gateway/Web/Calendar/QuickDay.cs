using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>A day within a line: 24 Nov, 24/11/2026, 2026-11-24, du 24 au 26 novembre, demain, next Tuesday, chaque mardi. A date without a year is the next such day.</summary>
internal static partial class QuickDay
{
    private const string MonthNames = "jan|fev|feb|mar|avr|apr|mai|may|juin|jun|juil|jul|aou|aug|sep|oct|nov|dec";
    private static readonly ImmutableArray<int> MonthOf = [1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10, 11, 12];
    private static readonly ImmutableArray<string> Weekdays = ["dim|sun", "lun|mon", "mar|tue", "mer|wed", "jeu|thu", "ven|fri", "sam|sat"];

    // What is repeated without an end ends with the school year.
    private const int LastMonthOfYear = 7;

    public static (DateOnly First, DateOnly Last, Rhythm Rhythm) Take(ref string line, DateOnly today)
    {
        // Each letter stands for one: what is found in the plain text is cut from the same place of the typed one.
        var plain = Folded(line);
        if (Range(ref line, plain, today) is var (first, last)) return (first, last, Rhythm.EveryDay);
        var weekly = Weekly().Match(plain);
        if (weekly.Success && WeekdayOf(weekly.Groups["w"].Value) is { } every)
        {
            line = Cut(line, weekly);
            var from = Next(today, every);
            var end = new DateOnly(today.Month > LastMonthOfYear ? today.Year + 1 : today.Year, LastMonthOfYear, 5);
            return (from, end < from ? from : end, Rhythm.EveryWeek);
        }

        return One(ref line, plain, today) is { } day ? (day, day, Rhythm.EveryDay) : (DateOnly.MinValue, DateOnly.MinValue, Rhythm.EveryDay);
    }

    private static (DateOnly, DateOnly)? Range(ref string line, string plain, DateOnly today)
    {
        var match = Span().Match(plain);
        if (!match.Success || Dated(match.Groups["d2"], match.Groups["mon"], match.Groups["y"], today) is not { } last) return null;
        var firstMonth = match.Groups["mon1"] is { Success: true } named ? MonthNumber(named.Value) : last.Month;
        var year = firstMonth > last.Month ? last.Year - 1 : last.Year;
        if (Day(year, firstMonth, Number(match.Groups["d1"])) is not { } first || first > last) return null;
        line = Cut(line, match);
        return (first, last);
    }

    private static DateOnly? One(ref string line, string plain, DateOnly today)
    {
        foreach (var match in new[] { Iso().Match(plain), Named().Match(plain), NamedFirst().Match(plain), Figures().Match(plain) })
        {
            if (!match.Success || Dated(match.Groups["d"], match.Groups["mon"], match.Groups["y"], today) is not { } day) continue;
            line = Cut(line, match);
            return day;
        }

        var word = Relative().Match(plain);
        if (!word.Success) return null;
        line = Cut(line, word);
        return word.Groups["r"].Value switch
        {
            "aujourd hui" or "today" or "tonight" or "ce soir" => today,
            "demain" or "tomorrow" => today.AddDays(1),
            var weekday => WeekdayOf(weekday) is { } on ? Next(today.AddDays(1), on) : null,
        };
    }

    private static DateOnly? Dated(Group dayOfMonth, Group named, Group ofYear, DateOnly today)
    {
        var month = char.IsAsciiDigit(named.Value[0]) ? Number(named) : MonthNumber(named.Value);
        var day = Number(dayOfMonth);
        if (ofYear.Success) return Day(Number(ofYear) is < 100 and var two ? 2000 + two : Number(ofYear), month, day);
        return Day(today.Year, month, day) is { } thisYear && thisYear >= today ? thisYear : Day(today.Year + 1, month, day);
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 2000 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int MonthNumber(string name) =>
        MonthNames.Split('|').Index().Where(m => name.StartsWith(m.Item, StringComparison.Ordinal)).Select(m => MonthOf[m.Index]).FirstOrDefault();

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DayOfWeek? WeekdayOf(string word)
    {
        for (var i = 0; i < Weekdays.Length; i++)
            if (Weekdays[i].Split('|').Any(w => word.StartsWith(w, StringComparison.Ordinal))) return (DayOfWeek)i;
        return null;
    }

    private static DateOnly Next(DateOnly from, DayOfWeek weekday) => from.AddDays(((int)weekday - (int)from.DayOfWeek + 7) % 7);

    private static string Folded(string line) => string.Concat(line.Select(c => c is '/' or '-' or '.' or '–' ? (c == '–' ? '-' : c) : ZoneWords.Plain(c.ToString()) is [var letter] ? letter : ' '));

    private static string Cut(string line, Match match) => $"{line[..match.Index]}, {line[(match.Index + match.Length)..]}";

    private const string Weekday = "(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lun|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)\\.?s?)";
    private const string Month = "(?:" + MonthNames + ")[a-z]*\\.?";
    private const string Year = "(?:\\s+(?<y>20\\d{2}))?";

    [GeneratedRegex("\\b(?<y>20\\d{2})-(?<mon>\\d{2})-(?<d>\\d{2})\\b")]
    private static partial Regex Iso();

    [GeneratedRegex("\\b(?:(?:le|on|the)\\s+)?(?:" + Weekday + "\\s+)?(?<d>\\d{1,2})(?:er|st|nd|rd|th)?\\s+(?:of\\s+)?(?<mon>" + Month + ")" + Year + "(?![a-z])")]
    private static partial Regex Named();

    [GeneratedRegex("\\b(?:" + Weekday + "\\s+)?(?<mon>" + Month + ")\\s+(?<d>\\d{1,2})(?:st|nd|rd|th)?\\b" + Year)]
    private static partial Regex NamedFirst();

    [GeneratedRegex("\\b(?:(?:le|on|the)\\s+)?(?:" + Weekday + "\\s+)?(?<d>\\d{1,2})[/.](?<mon>\\d{1,2})(?:[/.](?<y>(?:20)?\\d{2}))?\\b")]
    private static partial Regex Figures();

    [GeneratedRegex("\\b(?:(?:du|from)\\s+)?(?<d1>\\d{1,2})(?:er|st|nd|rd|th)?(?:\\s+(?<mon1>" + Month + "))?\\s*(?:-|au|to)\\s*(?<d2>\\d{1,2})(?:er|st|nd|rd|th)?\\s+(?<mon>" + Month + ")" + Year + "(?![a-z])")]
    private static partial Regex Span();

    [GeneratedRegex("\\b(?:every|chaque|tous les|toutes les|each)\\s+(?<w>" + Weekday + ")")]
    private static partial Regex Weekly();

    [GeneratedRegex("\\b(?:next\\s+|on\\s+|le\\s+|ce\\s+)?(?<r>aujourd hui|today|tonight|ce soir|demain|tomorrow|" + Weekday + ")(?:\\s+prochain)?(?![a-z])")]
    private static partial Regex Relative();
}
