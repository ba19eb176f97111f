using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of an exception from the programmes.</summary>
internal static class ExceptionFields
{
    // A school year and the one after it.
    private const int LongestDays = 800;
    private const string DayForm = "yyyy-MM-dd";

    private static readonly Shape<DateOnly> Day = Shapes.TextLike(
        $"a day, for example 2026-12-05", "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", text => TryDay(text, out _)).As(text => TryDay(text, out var day) ? day : default);

    public static Shape<ImmutableArray<Occasion>> Shape(ImmutableArray<Zone> zones, ControlSettings control)
    {
        var known = new Dictionary<string, ZoneId>(StringComparer.Ordinal);
        foreach (var zone in zones) known.TryAdd(zone.Id.Name, zone.Id);
        return Shapes.List(Shapes.Record(fields => Read(known, control, fields)));
    }

    private static Occasion Read(IReadOnlyDictionary<string, ZoneId> zones, ControlSettings control, Fields fields)
    {
        var first = fields.Need("on", Day, "The day, or the first of several");
        var until = fields.Take("until", Day, first, "The last of several days, included");
        var weeklyUntil = fields.Take("weekly-until", Day, first, "Repeated every week on the same day, until this day at the latest");
        var kind = fields.Need("kind", Shapes.Choice<OccasionKind>(), "Whether people come (the school's own event, or a letting) or the school is shut although the programme says otherwise");
        var occasion = new Occasion(kind, first, fields.Has("weekly-until") ? weeklyUntil : until)
        {
            Rhythm = fields.Has("weekly-until") ? Rhythm.EveryWeek : Rhythm.EveryDay,
            Hours = fields.Take("hours", DayPlanShape.Plain, new DayPlan([]), "Its hours on each day; a closed day without hours is closed all day").Intervals,
            Zones = fields.Take("zones", Shapes.OneOrMore(Shapes.Reference($"a zone", zones, new ZoneId(""))), [], "Where; the whole school when missing"),
            Setpoint = fields.Take("setpoint", Shapes.Celsius(control.LowestSetpoint.Degrees, control.HighestSetpoint.Degrees).As(Kept), null, "How warm it shall be, each zone's comfort when missing; of closed days how warm it is kept, by the length of the absence when missing"),
            Note = fields.Take("note", Shapes.Text, "", "What people call it"),
            OnHolidays = fields.Take("holidays", Shapes.Choice<HolidayUse>(), HolidayUse.Empty, "Whether a weekly one goes on in school holidays; \"empty\" when missing"),
        };
        if (!fields.IsBlank) Check(occasion, fields);
        return occasion;
    }

    private static Celsius? Kept(Celsius setpoint) => setpoint;

    private static void Check(Occasion occasion, Fields fields)
    {
        var isClosed = occasion.Kind == OccasionKind.Closed;
        if (fields.Has("until") && fields.Has("weekly-until"))
            fields.At("weekly-until").Wrong($"until and weekly-until together", $"one of them: several days, or one day every week");
        else if (occasion.First != default && occasion.Last != default)
            CheckEnd(occasion, fields);
        if (!isClosed && !fields.Has("hours") && fields.Has("kind"))
            fields.At("kind").Wrong($"{Words<OccasionKind>.Of(occasion.Kind)} without hours", $"hours: when people are there, for example \"14:00-22:00\"");
        if (isClosed && fields.Has("setpoint") && fields.Has("hours"))
            fields.At("setpoint").Wrong($"a setpoint for closed hours", $"whole days: within a day, how cold it may get follows from how long nobody is there");
        if (fields.Has("holidays") && !fields.Has("weekly-until"))
            fields.At("holidays").Wrong($"holidays for a date that is not repeated", $"it only with weekly-until; a single date always holds");
    }

    private static void CheckEnd(Occasion occasion, Fields fields)
    {
        var end = fields.At(occasion.Rhythm == Rhythm.EveryWeek ? "weekly-until" : "until");
        if (occasion.Last < occasion.First)
            end.Wrong($"{Told(occasion.Last)}, before the first day {Told(occasion.First)}", $"the same day or a later one");
        else if (occasion.Last.DayNumber - occasion.First.DayNumber > LongestDays)
            end.Wrong($"{Told(occasion.Last)}, {occasion.Last.DayNumber - occasion.First.DayNumber} days later", $"at most {LongestDays} days");
    }

    private static string Told(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 2000 and < 2100;
}
