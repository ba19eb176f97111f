using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of a week's programme: days, and what happens in holidays.</summary>
internal static class ProgrammeFields
{
    private static readonly ImmutableArray<string> Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string DaysPattern = $"^({string.Join('|', Days)})( ({string.Join('|', Days)}))*$";

    public static WeekProgramme Read(string id, SiteReading reading, Fields fields)
    {
        var holidays = fields.Take("holidays", Shapes.Choice<HolidayUse>(), HolidayUse.Empty, "What happens in school holidays; \"empty\" when missing. Public holidays are always empty");
        var plans = fields.Each(DaysPattern, IsDays, new DayPlanShape(), "days (mon tue wed thu fri sat sun) with their hours, for example \"08:30-12:00, 13:30-16:30\"");
        reading.NoteProgramme(id, fields.Here);
        return new WeekProgramme(id, Week(plans, fields), holidays);
    }

    private static bool IsDays(string key) => key.Split(' ').All(Days.Contains);

    private static ImmutableArray<DayPlan> Week(ImmutableArray<(string Key, DayPlan Plan)> plans, Fields fields)
    {
        var week = new DayPlan?[Days.Length];
        foreach (var (key, plan) in plans)
            foreach (var day in key.Split(' '))
            {
                var index = Days.IndexOf(day);
                if (week[index] is not null) fields.At(key).Wrong($"\"{day}\" a second time", "each day once");
                week[index] = plan;
            }

        return [.. week.Select(plan => plan ?? new DayPlan([]))];
    }

    /// <summary>The hours of a day: "08:30-12:00, 13:30-16:30 reduced".</summary>
    private sealed class DayPlanShape : Shape<DayPlan>
    {
        private const string Hours = "[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}( (comfort|reduced|absence|frost))?";

        public override string Expected => "hours, for example \"08:30-12:00, 13:30-16:30\" or \"07:00-08:00 reduced\"";
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
                    spot.Wrong($"{Told(intervals[i - 1])} and {Told(intervals[i])}, which overlap", "hours that follow each other");
            return new DayPlan(intervals);
        }

        public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^{Hours}(, *{Hours})*$" };

        private Interval? ReadInterval(string part, Spot spot)
        {
            var words = part.Split(' ', 2, StringSplitOptions.TrimEntries);
            var times = words[0].Split('-');
            if (times.Length != 2 || !TryTime(times[0], out var from) || !TryTime(times[1], out var to))
                spot.Wrong($"\"{part}\"", Expected);
            else if (from >= to)
                spot.Wrong($"\"{part}\", which ends before it begins", "an end after the beginning; a night is written as two days");
            else if (words.Length == 1)
                return new Interval(from, to, Mode.Comfort);
            else if (Words<Mode>.TryFind(words[1], out var mode))
                return new Interval(from, to, mode);
            else
                spot.Wrong($"\"{words[1]}\"", $"one of {string.Join(", ", Words<Mode>.All)}", Nearest.To(words[1], Words<Mode>.All));
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
}
