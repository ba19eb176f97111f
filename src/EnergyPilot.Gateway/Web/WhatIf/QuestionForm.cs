using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.WhatIf;

/// <summary>What a question may be about, as the form names it.</summary>
internal enum QuestionKind { Comfort, Reduced, Absence, Start, Closed, Hours }

/// <summary>The form of a question as it stands in the browser: exactly what was typed.</summary>
/// <param name="Kind">The name of a <see cref="QuestionKind"/>.</param>
/// <param name="With">The id of an earlier question that this is asked in addition to; empty for none.</param>
internal sealed record QuestionForm(
    ImmutableArray<string> Zones, string Kind, string Comfort, string Reduced, string Absence, string Start, string First, string Last, string Closed, string Begin, string End, string With)
{
    private const string Day = "yyyy-MM-dd";
    private const int MostMinutes = 12 * 60;

    /// <summary>What the form proposes: half a degree less than now; an ordinary morning; the next holidays.</summary>
    public static QuestionForm Proposed(Reader reader, QuestionKind kind, ImmutableArray<string> zones, string with)
    {
        var site = reader.Site;
        var zone = site.Zones.FirstOrDefault(z => zones.Contains(z.Id.Name)) ?? site.Zones[0];
        var today = DateOnly.FromDateTime(site.Local(reader.Now));
        var holiday = site.Calendar.Holidays.Where(h => h.Kind == Core.Schedules.HolidayKind.School && h.First > today && h.Last.DayNumber - h.First.DayNumber is >= 6 and < 30).OrderBy(h => h.First).FirstOrDefault();
        var (first, last) = holiday is null ? (today.AddDays(1), today.AddDays(7)) : (holiday.First, holiday.Last);
        return new QuestionForm(
            zones, kind.ToString(), Shown(zone.Setpoints.Comfort.Degrees - 0.5, reader), Shown(zone.Setpoints.Reduced.Degrees - 1, reader), Shown(Math.Min(zone.Setpoints.Absence.Degrees + 2, zone.Setpoints.Reduced.Degrees), reader),
            "06:00", Written(first), Written(last), Shown(12, reader), "0", "-60", with);
    }

    public static QuestionForm Typed(IFormCollection form)
    {
        return new(
            [.. form["zones"].OfType<string>()], Field("kind"), Field("comfort"), Field("reduced"), Field("absence"), Field("start"), Field("first"), Field("last"),
            Field("closed"), Field("begin"), Field("end"), Field("with"));

        string Field(string name) => form[name].ToString();
    }

    /// <summary>The question, when the form makes sense; else every mistake in it.</summary>
    /// <param name="earlier">What it is asked in addition to.</param>
    public bool TryRead(Site site, Question? earlier, out Question question, out ImmutableArray<Mistake> mistakes)
    {
        var found = ImmutableArray.CreateBuilder<Mistake>();
        var change = Read(site.Control, found);
        question = new Question([.. earlier?.Changes ?? [], .. change is null ? [] : (ImmutableArray<Alteration>)[change]]);
        if (found.Count == 0 && question.Fault(site) is { } fault) found.Add(new Mistake("question", PhraseOf(fault), []));
        mistakes = found.ToImmutable();
        return mistakes.IsEmpty;
    }

    public static Phrase PhraseOf(QuestionFault fault) => Enum.Parse<Phrase>($"WhatIfFault{fault}");

    private Alteration? Read(ControlSettings control, ImmutableArray<Mistake>.Builder found)
    {
        ImmutableArray<ZoneId> zones = [.. Zones.Distinct().Select(z => new ZoneId(z))];
        if (!Enum.TryParse<QuestionKind>(Kind, out var kind) || !Enum.IsDefined(kind))
        {
            found.Add(new Mistake("question", Phrase.WhatIfKindMissing, []));
            return null;
        }

        return kind switch
        {
            QuestionKind.Comfort => new SetpointChange(zones, SetpointKind.Comfort, TypedCelsius.Read(Comfort, "comfort", control, found) ?? default),
            QuestionKind.Reduced => new SetpointChange(zones, SetpointKind.Reduced, TypedCelsius.Read(Reduced, "reduced", control, found) ?? default),
            QuestionKind.Absence => new SetpointChange(zones, SetpointKind.Absence, TypedCelsius.Read(Absence, "absence", control, found) ?? default),
            QuestionKind.Start => new StartChange(zones, Time("start", Start, found)),
            QuestionKind.Closed => new ClosedDaysChange(zones, DayOf("first", First, found), DayOf("last", Last, found), TypedCelsius.Read(Closed, "closed", control, found) ?? default),
            _ => new HoursChange(zones, Minutes("begin", Begin, found), Minutes("end", End, found)),
        };
    }

    private static TimeSpan Time(string field, string typed, ImmutableArray<Mistake>.Builder found)
    {
        if (!TimeSpan.TryParseExact(typed.Trim(), [@"hh\:mm", @"h\:mm", @"h\h", @"hh\h"], CultureInfo.InvariantCulture, out var time)) found.Add(new Mistake(field, Phrase.WhatIfTimeUnreadable, [Fact.Of("typed", typed)]));
        return time;
    }

    private static DateOnly DayOf(string field, string typed, ImmutableArray<Mistake>.Builder found)
    {
        if (!DateOnly.TryParseExact(typed, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 2099) found.Add(new Mistake(field, Phrase.WhatIfDayUnreadable, [Fact.Of("typed", typed)]));
        return day;
    }

    private static TimeSpan Minutes(string field, string typed, ImmutableArray<Mistake>.Builder found)
    {
        var text = typed.Trim().Replace('−', '-');
        if (text is "") return TimeSpan.Zero;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minutes) || Math.Abs((long)minutes) > MostMinutes)
            found.Add(new Mistake(field, Phrase.WhatIfMinutesUnreadable, [Fact.Of("typed", typed)]));
        return TimeSpan.FromMinutes(minutes);
    }

    private static string Shown(double degrees, Reader reader) => reader.Number(degrees, "0.0", "");

    private static string Written(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);
}
