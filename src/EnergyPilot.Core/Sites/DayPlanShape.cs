using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Sites;

/// <summary>The hours of a day.</summary>
internal sealed class DayPlanShape : Shape<DayPlan>
{
    private readonly ImmutableArray<Mode> modes;

    private DayPlanShape(params ImmutableArray<Mode> modes) => this.modes = modes;

    /// <summary>Hours of use, and hours that name another mode: "08:30-12:00, 13:30-16:30 reduced".</summary>
    public static readonly DayPlanShape WithModes = new(Mode.Comfort, Mode.Reduced, Mode.Absence, Mode.Frost);

    /// <summary>Hours only.</summary>
    public static readonly DayPlanShape Plain = new();

    public override Saying Expected => modes.IsEmpty
        ? (Saying)$"hours, for example \"14:00-22:00\""
        : $"hours, for example \"08:30-12:00, 13:30-16:30\" or \"07:00-08:00 reduced\"";
    public override DayPlan Blank => new([]);

    public override DayPlan Read(Spot spot)
    {
        if (spot.Node is not TextNode { Text.Length: > 0 } text)
        {
            spot.Unexpected(Expected);
            return Blank;
        }

        var intervals = text.Text.Split(',').Select(part => ReadInterval(part.Trim(), spot)).OfType<Interval>().OrderBy(i => i.From).ToImmutableArray();
        for (var i = 1; i < intervals.Length; i++)
            if (intervals[i].From < intervals[i - 1].To)
                spot.Wrong($"{Told(intervals[i - 1])} and {Told(intervals[i])}, which overlap", $"hours that follow each other");
        return new DayPlan(intervals);
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^{Hours}(, *{Hours})*$" };

    private IEnumerable<string> Names => modes.Select(Words<Mode>.Of);

    private string Hours => "[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}" + (modes.IsEmpty ? "" : $"( ({string.Join('|', Names)}))?");

    private Interval? ReadInterval(string part, Spot spot)
    {
        var words = part.Split(' ', 2, StringSplitOptions.TrimEntries);
        var times = words[0].Split('-');
        if (times.Length != 2 || !TryTime(times[0], out var from) || !TryTime(times[1], out var to))
            spot.Wrong($"\"{part}\"", Expected);
        else if (from >= to)
            spot.Wrong($"\"{part}\", which ends before it begins", $"an end after the beginning; a night is written as two days");
        else if (words.Length == 1)
            return new Interval(from, to, Mode.Comfort);
        else if (Words<Mode>.TryFind(words[1], out var mode) && modes.Contains(mode))
            return new Interval(from, to, mode);
        else
            spot.Wrong($"\"{words[1]}\"", modes.IsEmpty ? Expected : $"one of {string.Join(", ", Names)}", Nearest.To(words[1], Names));
        return null;
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = TimeSpan.FromDays(1);
        return text == "24:00" || TimeSpan.TryParseExact(text, [@"hh\:mm", @"h\:mm"], CultureInfo.InvariantCulture, out time);
    }

    private static string Told(Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.From:hh\\:mm}-{(interval.To.Days == 1 ? "24:00" : interval.To.ToString(@"hh\:mm", CultureInfo.InvariantCulture))}");
}
