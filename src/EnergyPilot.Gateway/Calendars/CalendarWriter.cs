using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace EnergyPilot.Gateway.Calendars;

/// <summary>Writes a school's own events, and its holidays, as an iCalendar file. What it writes of events comes back the same when another gateway imports it.</summary>
internal static class CalendarWriter
{
    /// <summary>The property that carries a setpoint [°C].</summary>
    public const string Setpoint = "X-ENERGYPILOT-SETPOINT";

    /// <summary>The category of holidays: for people's calendars, not for an import.</summary>
    public const string Holiday = "HOLIDAY";

    private const string Between = " + ";

    public static string Write(Site site, IEnumerable<AddedUse> uses, IEnumerable<Occasion> ofFile, IEnumerable<Holiday> holidays, DateTimeOffset now)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//EnergyPilot//EN", Method = "PUBLISH" };
        var stamp = new CalDateTime(now.UtcDateTime, CalDateTime.UtcTzId);
        foreach (var use in uses) calendar.Events.AddRange(Events(site, use.Occasion, $"use-{use.Id}", stamp));
        foreach (var (i, use) in ofFile.Index()) calendar.Events.AddRange(Events(site, use, $"site-{i}", stamp));
        foreach (var holiday in holidays) calendar.Events.Add(Event(holiday, site, stamp));
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static IEnumerable<CalendarEvent> Events(Site site, Occasion use, string id, CalDateTime stamp)
    {
        if (use.Hours.IsEmpty) yield return Event(site, use, null, $"{id}@{site.Id}", stamp);
        foreach (var (i, hours) in use.Hours.Index()) yield return Event(site, use, hours, $"{id}-{i}@{site.Id}", stamp);
    }

    private static CalendarEvent Event(Site site, Occasion use, Interval? hours, string uid, CalDateTime stamp)
    {
        var item = new CalendarEvent
        {
            Uid = uid, DtStamp = stamp, Summary = use.Note, Categories = [use.Kind.ToString().ToUpperInvariant()],
            Location = use.Zones.IsEmpty ? "" : string.Join(Between, use.Zones.Select(z => Web.Names.Of(site, z.Name))),
            DtStart = Start(use.First, hours, site), DtEnd = End(use, hours, site),
        };
        if (use.Setpoint is { } setpoint) item.AddProperty(Setpoint, setpoint.Degrees.ToString(CultureInfo.InvariantCulture));
        if (use.Rhythm == Rhythm.EveryDay && (hours is null || use.First == use.Last)) return item;
        var step = use.Rhythm == Rhythm.EveryWeek ? 7 : 1;
        item.RecurrenceRule = new RecurrenceRule(step == 7 ? Ical.Net.FrequencyType.Weekly : Ical.Net.FrequencyType.Daily) { Count = (use.Last.DayNumber - use.First.DayNumber) / step + 1 };
        for (var day = use.First; day <= use.Last; day = day.AddDays(step))
            if (!use.IsOn(day, site.Calendar)) item.ExceptionDates.Add(Start(day, hours, site));
        return item;
    }

    private static CalDateTime Start(DateOnly day, Interval? hours, Site site) =>
        hours is { } h ? new CalDateTime(day.ToDateTime(TimeOnly.MinValue) + h.From, site.TimeZone.Id) : new CalDateTime(day);

    private static CalDateTime End(Occasion use, Interval? hours, Site site) => hours is { } h
        ? new CalDateTime(use.First.ToDateTime(TimeOnly.MinValue) + h.To, site.TimeZone.Id)
        : new CalDateTime((use.Rhythm == Rhythm.EveryWeek ? use.First : use.Last).AddDays(1));

    private static CalendarEvent Event(Holiday holiday, Site site, CalDateTime stamp) => new()
    {
        Uid = $"holiday-{holiday.First:yyyyMMdd}-{holiday.Kind}@{site.Id}", DtStamp = stamp, Summary = holiday.Name, Categories = [Holiday],
        DtStart = new CalDateTime(holiday.First), DtEnd = new CalDateTime(holiday.Last.AddDays(1)),
    };
}
