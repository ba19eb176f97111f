using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>The form of an event as it stands in the browser: exactly what was typed, so that a mistake costs nobody their work.</summary>
/// <param name="Where">"all", "circuit:ID", "use:USE", or "zones" for those that are ticked.</param>
/// <param name="Rhythm">"once", "days" from first to last, or "weekly" until last.</param>
internal sealed record EventForm(string Note, string Kind, string Where, ImmutableArray<string> Zones, string Rhythm, string First, string Last, string Hours, string Setpoint, bool InHolidays)
{
    public const int LongestNote = 200;
    public const string All = "all", Chosen = "zones", Once = "once", Days = "days", Weekly = "weekly";
    private const string DayForm = "yyyy-MM-dd", Circuit = "circuit:", Use = "use:";

    // As in a site file.
    private const int LongestDays = 800;

    public static EventForm Empty(DateOnly day) => new("", nameof(OccasionKind.Event), Chosen, [], Once, Written(day), "", "", "", false);

    public static EventForm Of(Occasion use, Reader reader) => new(
        use.Note, use.Kind.ToString(), use.Zones.IsEmpty ? All : Chosen, [.. use.Zones.Select(z => z.Name)],
        use.Rhythm == Core.Schedules.Rhythm.EveryWeek ? Weekly : use.First == use.Last ? Once : Days, use.First == DateOnly.MinValue ? "" : Written(use.First),
        use.First == use.Last ? "" : Written(use.Last), HoursText.Of(use.Hours), use.Setpoint is { } setpoint ? reader.Number(setpoint.Degrees, "0.0", "") : "", use.OnHolidays == HolidayUse.AsUsual);

    /// <summary>What a quick entry understood; where it names no zone, none is chosen.</summary>
    public static EventForm Of(QuickEntry entry, Reader reader) => Of(entry.Occasion, reader) with { Where = entry.Where.IsWhole ? All : Chosen };

    public static EventForm Typed(IFormCollection form) => new(
        form["note"].ToString(), form["kind"].ToString(), form["where"].ToString(), [.. form["zone"].OfType<string>().Take(500)], form["rhythm"].ToString(),
        form["first"].ToString(), form["last"].ToString(), form["hours"].ToString(), form["setpoint"].ToString(), form["inHolidays"].Count > 0);

    /// <summary>The groups of zones that a school offers: its circuits, and what several rooms are for.</summary>
    public static IEnumerable<(string Value, string Name)> Groups(Site site, Reader reader)
    {
        if (site.Circuits.Length > 1) foreach (var circuit in site.Circuits) yield return (Circuit + circuit.Id.Name, circuit.Name);
        foreach (var use in site.Zones.GroupBy(z => z.Use).Where(g => g.Count() > 1)) yield return ($"{Use}{use.Key}", reader.Word(use.Key));
    }

    /// <summary>The event, when the form makes sense; else every mistake in it.</summary>
    public bool TryRead(Reader reader, out Occasion use, out ImmutableArray<Mistake> mistakes)
    {
        var (site, found) = (reader.Site, ImmutableArray.CreateBuilder<Mistake>());
        if (!Enum.TryParse<OccasionKind>(Kind, out var kind) || !Enum.IsDefined(kind)) found.Add(new Mistake("kind", Phrase.EventKindMissing, []));
        if (Note.Length > LongestNote) found.Add(new Mistake("note", Phrase.NoteTooLong, [Fact.Count("most", LongestNote)]));
        var zones = ReadZones(site, found);
        var (first, last) = ReadDays(reader, found);
        var hours = ReadHours(kind, found);
        use = new Occasion(kind, first, last)
        {
            Rhythm = Rhythm == Weekly ? Core.Schedules.Rhythm.EveryWeek : Core.Schedules.Rhythm.EveryDay, Zones = zones, Hours = hours, Note = Note.Trim(),
            Setpoint = ReadSetpoint(kind, site.Control, found), OnHolidays = InHolidays && Rhythm == Weekly ? HolidayUse.AsUsual : HolidayUse.Empty,
        };
        mistakes = found.ToImmutable();
        return mistakes.IsEmpty;
    }

    private ImmutableArray<ZoneId> ReadZones(Site site, ImmutableArray<Mistake>.Builder mistakes)
    {
        ImmutableArray<ZoneId> zones = Where switch
        {
            All => [],
            _ when Where.StartsWith(Circuit, StringComparison.Ordinal) => [.. site.Zones.Where(z => z.Circuit.Name == Where[Circuit.Length..]).Select(z => z.Id)],
            _ when Where.StartsWith(Use, StringComparison.Ordinal) => [.. site.Zones.Where(z => z.Use.ToString() == Where[Use.Length..]).Select(z => z.Id)],
            _ => [.. site.Zones.Where(z => Zones.Contains(z.Id.Name)).Select(z => z.Id)],
        };
        if (zones.IsEmpty && Where != All) mistakes.Add(new Mistake("where", Phrase.EventWhereMissing, []));
        return zones;
    }

    private (DateOnly First, DateOnly Last) ReadDays(Reader reader, ImmutableArray<Mistake>.Builder mistakes)
    {
        var today = DateOnly.FromDateTime(reader.Site.Local(reader.Now));
        if (!TryDay(First, out var first))
        {
            mistakes.Add(new Mistake("first", Phrase.EventDayMissing, []));
            return (today, today);
        }

        var last = first;
        if (Rhythm is Days or Weekly && !TryDay(Last, out last)) mistakes.Add(new Mistake("last", Phrase.EventLastMissing, []));
        else if (last < first) mistakes.Add(new Mistake("last", Phrase.EventLastBeforeFirst, []));
        else if (last < today) mistakes.Add(new Mistake(Rhythm is Days or Weekly ? "last" : "first", Phrase.EventOver, []));
        else if (last.DayNumber - first.DayNumber > LongestDays) mistakes.Add(new Mistake("last", Phrase.EventTooLong, [Fact.Count("most", LongestDays)]));
        return (first, last);
    }

    private ImmutableArray<Interval> ReadHours(OccasionKind kind, ImmutableArray<Mistake>.Builder mistakes)
    {
        if (!QuickHours.TryRead(Hours, out var hours)) mistakes.Add(new Mistake("hours", Phrase.EventHoursUnreadable, [Fact.Of("typed", Hours)]));
        else if (hours.IsEmpty && kind != OccasionKind.Closed) mistakes.Add(new Mistake("hours", Phrase.EventHoursMissing, []));
        return hours;
    }

    private Celsius? ReadSetpoint(OccasionKind kind, ControlSettings control, ImmutableArray<Mistake>.Builder mistakes)
    {
        if (Setpoint.Trim().Length == 0) return null;
        if (kind == OccasionKind.Closed) mistakes.Add(new Mistake("setpoint", Phrase.EventClosedSetpoint, []));
        return TypedCelsius.Read(Setpoint, "setpoint", control, mistakes);
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 2000 and < 2100;

    private static string Written(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);
}
