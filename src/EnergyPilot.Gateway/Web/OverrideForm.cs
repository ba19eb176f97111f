using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web;

/// <summary>The override form as it stands in the browser: exactly what was typed, so that a mistake costs nobody their work.</summary>
/// <param name="End">The name of an <see cref="OverrideEnd"/>.</param>
/// <param name="Until">The moment, where the end is one: "2026-11-21T16:30" on the school's clocks.</param>
internal sealed record OverrideForm(string Setpoint, string End, string Until, string Note)
{
    public const int LongestNote = 200;
    private const string Minutes = "yyyy-MM-dd'T'HH:mm";

    /// <summary>What the form proposes: the present setpoint, until today's use ends or for two hours.</summary>
    public static OverrideForm Proposed(Zone zone, Celsius setpoint, Reader reader)
    {
        var (site, now) = (reader.Site, reader.Now);
        var end = EndOfUse(zone, site, now) > now ? OverrideEnd.EndOfUse : OverrideEnd.TwoHours;
        var degrees = setpoint.Within(site.Control.LowestSetpoint, site.Control.HighestSetpoint).Degrees;
        return new OverrideForm(reader.Number(degrees, "0.0", ""), end.ToString(), Written(Moment(end, zone, site, now), site), "");
    }

    public static OverrideForm Typed(IFormCollection form) =>
        new(form["setpoint"].ToString(), form["end"].ToString(), form["until"].ToString(), form["note"].ToString());

    /// <summary>The wish, when the form makes sense; else every mistake in it.</summary>
    public bool TryRead(Zone zone, Visit visit, out Override wish, out ImmutableArray<Mistake> mistakes)
    {
        var (site, now) = (visit.Site, visit.Reader.Now);
        var found = ImmutableArray.CreateBuilder<Mistake>();
        var setpoint = TypedCelsius.Read(Setpoint, "setpoint", site.Control, found) ?? default;
        var until = ReadEnd(zone, site, now, found);
        if (Note.Length > LongestNote) found.Add(new Mistake("note", Phrase.NoteTooLong, [Fact.Count("most", LongestNote)]));
        mistakes = found.ToImmutable();
        wish = new Override(0, zone.Id, setpoint, visit.User, now, until, Note.Trim());
        return mistakes.IsEmpty;
    }

    /// <summary>The end of the last use of the day that has not ended yet, by programme, calendar and events; the far past when there is none.</summary>
    public static DateTimeOffset EndOfUse(Zone zone, Site site, DateTimeOffset now)
    {
        var (end, midnight) = (DateTimeOffset.MinValue, site.Instant(site.Local(now).Date.AddDays(1)));
        for (var at = now; at < midnight;)
        {
            var period = site.PeriodOf(zone, at);
            if (period.IsInUse) end = period.Until;
            at = period.Until;
        }

        return end;
    }

    public static DateTimeOffset Moment(OverrideEnd end, Zone zone, Site site, DateTimeOffset now) => end switch
    {
        OverrideEnd.EndOfUse => EndOfUse(zone, site, now),
        OverrideEnd.FourHours => now.AddHours(4),
        _ => now.AddHours(2),
    };

    public static string Written(DateTimeOffset at, Site site) => site.Local(at).ToString(Minutes, CultureInfo.InvariantCulture);

    private DateTimeOffset ReadEnd(Zone zone, Site site, DateTimeOffset now, ImmutableArray<Mistake>.Builder mistakes)
    {
        if (!Enum.TryParse<OverrideEnd>(End, out var end) || !Enum.IsDefined(end))
        {
            mistakes.Add(new Mistake("end", Phrase.EndMissing, []));
            return now;
        }

        if (end != OverrideEnd.Moment) return Limited(Moment(end, zone, site, now), site, now, "end", mistakes);
        if (DateTime.TryParseExact(Until, Minutes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 2000 and < 2200)
            return Limited(site.Instant(local), site, now, "until", mistakes);

        mistakes.Add(new Mistake("until", Phrase.EndUnreadable, [Fact.Of("typed", Until)]));
        return now;
    }

    private static DateTimeOffset Limited(
        DateTimeOffset until, Site site, DateTimeOffset now, string field, ImmutableArray<Mistake>.Builder mistakes)
    {
        var longest = site.Control.LongestOverride;
        if (until <= now) mistakes.Add(new Mistake(field, Phrase.EndInThePast, [Fact.Of("now", now)]));
        else if (until > now + longest)
            mistakes.Add(new Mistake(field, Phrase.EndTooFar, [Fact.Of("longest", longest), Fact.Of("latest", now + longest)]));
        return until;
    }
}

/// <summary>A form as it came in, and what is wrong in it; nothing came in when it is shown for the first time.</summary>
internal sealed record SentForm(ImmutableArray<OverrideForm> Typed, ImmutableArray<Mistake> Mistakes)
{
    public static readonly SentForm Nothing = new([], []);
}

/// <summary>When an override ends, as people say it.</summary>
internal enum OverrideEnd { EndOfUse, TwoHours, FourHours, Moment }

/// <summary>What is wrong in a field of a form, and the facts that help to mend it.</summary>
internal sealed record Mistake(string Field, Phrase Phrase, ImmutableArray<Fact> Facts)
{
    /// <summary>For a program, which has no field to show it at.</summary>
    public string Told(Reader reader) => $"{(Field.Length > 0 ? $"{Field}: " : "")}{reader.Say(Phrase, Facts.AsSpan())}";
}
