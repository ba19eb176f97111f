using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Serialization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime.TimeZones;

namespace EnergyPilot.Gateway.Calendars;

/// <summary>
/// Reads iCalendar files (RFC 5545) of whoever: Ical.Net knows the format, and here stand the bounds, because a file comes from outside: its size, its
/// entries, how often one is repeated, how far we look, and how long a rule may search for a day that never comes (30 February).
/// </summary>
internal static partial class CalendarReader
{
    public const int LargestFile = 1024 * 1024;

    // A series of every day takes 430 days of those that are looked at, with hours in the morning and in the afternoon twice as many.
    private const int MostEntries = 3000, MostDaysOfOne = 1000, MostDays = 20_000, LongestText = 200, LongestUid = 255, Patience = 1000, LongestNights = 60, LongestHolidays = 800;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400), Back = TimeSpan.FromDays(1);

    public static CalendarFile Read(string text, Site site, DateTimeOffset now)
    {
        if (text.Length > LargestFile) return CalendarFile.Wrong(CalendarFault.TooLarge);
        if (Count(text, "BEGIN:") > MostEntries) return CalendarFile.Wrong(CalendarFault.TooMany);
        if (!TryLoad(OnKnownClocks(text), out var calendars)) return CalendarFile.Wrong(CalendarFault.Unreadable);
        var (entries, leftOut) = (ImmutableArray.CreateBuilder<CalendarEntry>(), ImmutableArray.CreateBuilder<LeftOut>());
        var left = MostDays;
        foreach (var group in calendars.SelectMany(c => c.Events).GroupBy(e => Cut(e.Uid, LongestUid)).ToList())
        {
            if (WhyNot(group, site, now, ref left, entries) is { } why) leftOut.Add(new LeftOut(Cut(group.First().Summary, LongestText), why));
        }

        return new CalendarFile(CalendarFault.None, entries.ToImmutable(), leftOut.ToImmutable());
    }

    // Adds an entry with all its days, or none of it: half a series would let a room get cold in the middle of it.
    private static WhyLeftOut? WhyNot(IGrouping<string, CalendarEvent> group, Site site, DateTimeOffset now, ref int left, ImmutableArray<CalendarEntry>.Builder entries)
    {
        if (group.Any(e => e.DtStart is null || e.RecurrenceRule is { Frequency: FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly })) return WhyLeftOut.Strange;
        var days = new List<Occurred>();
        try
        {
            if (WhyNot([.. group], site, now, ref left, days) is { } why) return why;
            entries.AddRange((days.Count > 0 ? Entries(group.Key, days, site) : Over(group)).ToImmutableArray());
            return null;
        }
        catch (Exception e) when (e is EvaluationException or ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return WhyLeftOut.Strange;
        }
    }

    // Whatever the library stumbles over, the file is no calendar: a stranger's file must not be able to end more than its own reading.
    private static bool TryLoad(string text, out IList<Ical.Net.Calendar> calendars)
    {
        calendars = [];
        try
        {
            calendars = Ical.Net.Calendar.Load<Ical.Net.Calendar>(text);
            return calendars.Count > 0;
        }
        catch (Exception e) when (e is SerializationException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    // A time zone that nobody knows is taken for the school's own clocks: some programs invent names, and a school's calendar is seldom of elsewhere.
    private static string OnKnownClocks(string text) => TimeZoneName().Replace(Fold().Replace(text, ""), match => IsKnown(match.Groups[1].Value.Trim('"')) ? match.Value : "");

    private static bool IsKnown(string zone) =>
        NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null || TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ContainsKey(zone);

    // One entry and those that change single days of it.
    private static WhyLeftOut? WhyNot(List<CalendarEvent> events, Site site, DateTimeOffset now, ref int left, List<Occurred> days)
    {
        var part = new Ical.Net.Calendar();
        part.Events.AddRange(events.DistinctBy(e => e.RecurrenceIdentifier is { } id ? id.StartTime.AsUtc : DateTime.MinValue));
        var (until, most, seen) = (Until(now), Math.Min(MostDaysOfOne, left), 0);
        var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = Patience };
        if (most <= 0) return WhyLeftOut.TooManyDays;
        foreach (var occurrence in part.GetOccurrences<CalendarEvent>(new CalDateTime((now - Back - TimeSpan.FromDays(1)).UtcDateTime, CalDateTime.UtcTzId), options))
        {
            if (Instant(occurrence.Period.StartTime, site) > until) return seen == 0 ? WhyLeftOut.FarAhead : null;
            if (occurrence.Source is not CalendarEvent source) continue;
            var day = new Occurred(source, occurrence.Period.StartTime, occurrence.Period.EffectiveEndTime ?? occurrence.Period.StartTime);
            var length = Length(day);
            (seen, left) = (seen + length, left - length);
            if (seen > most) return WhyLeftOut.TooManyDays;
            if (!IsCancelled(source)) days.Add(day);
        }

        return null;
    }

    // To the end of a month: what is read again each day and goes on for ever becomes another series once a month.
    private static DateTimeOffset Until(DateTimeOffset now) => new DateTimeOffset((now + Ahead).Year, (now + Ahead).Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    private static int Length(Occurred day) => 1 + (int)Math.Clamp((day.To.Value - day.From.Value).TotalDays, 0, LongestHolidays);

    private static bool IsCancelled(CalendarEvent source) => string.Equals(source.Status, EventStatus.Cancelled, StringComparison.OrdinalIgnoreCase);

    // What takes place no more is told as such; what was called off is nothing.
    private static IEnumerable<CalendarEntry> Over(IGrouping<string, CalendarEvent> group) =>
        group.All(IsCancelled) ? [] : [new CalendarEntry(group.Key, Cut(group.First().Summary, LongestText), Cut(group.First().Location, LongestText))];

    // A single day that was renamed or moved elsewhere is an entry of its own.
    private static IEnumerable<CalendarEntry> Entries(string uid, List<Occurred> days, Site site) => days
        .GroupBy(d => (Title: Cut(d.Event.Summary, LongestText), Place: Cut(d.Event.Location, LongestText)))
        .Select(g => new CalendarEntry(uid, g.Key.Title, g.Key.Place)
        {
            Categories = [.. g.First().Event.Categories.Take(5)],
            Hours = [.. g.Where(d => d.From.HasTime).SelectMany(d => HoursOf(d, site)).Distinct()],
            WholeDays = [.. g.Where(d => !d.From.HasTime).SelectMany(DaysOf).Distinct()],
            SetpointC = double.TryParse(g.First().Event.Properties[CalendarWriter.Setpoint]?.Value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : double.NaN,
        });

    // What ends at midnight does not take place on the next day.
    private static IEnumerable<CalendarHours> HoursOf(Occurred occurred, Site site)
    {
        var from = site.Local(Instant(occurred.From, site));
        var to = WallHours(occurred.Event) is { } length ? from + length : site.Local(Instant(occurred.To, site));
        for (var day = from.Date; day < to && day < from.Date.AddDays(LongestNights); day = day.AddDays(1))
        {
            var (begin, end) = (day > from ? TimeSpan.Zero : from - day, day.AddDays(1) < to ? TimeSpan.FromDays(1) : to - day);
            if (begin < end) yield return new CalendarHours(DateOnly.FromDateTime(day), new Interval(begin, end, Mode.Comfort));
        }
    }

    // "From 0:00 to 8:00" is until 8:00 on every day of a series, also when it began in the night in which the clocks changed.
    private static TimeSpan? WallHours(CalendarEvent item) =>
        item is { DtStart: { HasTime: true, IsUtc: false } start, DtEnd: { HasTime: true } end } && start.TzId == end.TzId ? end.Value - start.Value : null;

    private static IEnumerable<DateOnly> DaysOf(Occurred occurred)
    {
        var (first, end) = (occurred.From.Date, occurred.To.Date > occurred.From.Date ? occurred.To.Date : occurred.From.Date.AddDays(1));
        for (var day = first; day < end && day < first.AddDays(LongestHolidays); day = day.AddDays(1)) yield return day;
    }

    private static DateTimeOffset Instant(CalDateTime time, Site site) =>
        time.IsFloating ? site.Instant(time.Value) : new DateTimeOffset(DateTime.SpecifyKind(time.AsUtc, DateTimeKind.Utc));

    private static string Cut(string? text, int longest) => text is null ? "" : text.Length > longest ? text[..longest] : text;

    private static int Count(string text, string word)
    {
        var count = 0;
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase)) count++;
        return count;
    }

    private readonly record struct Occurred(CalendarEvent Event, CalDateTime From, CalDateTime To);

    // Lines longer than 75 octets go on in the next one, behind a blank.
    [GeneratedRegex("\\r?\\n[ \\t]")]
    private static partial Regex Fold();

    [GeneratedRegex(";TZID=(\"[^\"\\r\\n]*\"|[^;:\\r\\n]*)", RegexOptions.IgnoreCase)]
    private static partial Regex TimeZoneName();
}
