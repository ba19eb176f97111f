using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>Which holidays are to apply, as somebody ticked it.</summary>
/// <param name="School">The calendar of school holidays; <see cref="None"/> for none, empty when nothing was ticked.</param>
/// <param name="Public">The calendar of public holidays, likewise.</param>
/// <param name="Own">The school's own days beside them.</param>
internal sealed record HolidayForm(string School, string Public, ImmutableArray<string> Own)
{
    public const string None = "-", SchoolField = "school", PublicField = "public", OwnField = "own";

    /// <summary>What applies now.</summary>
    public static HolidayForm Of(Site site) => new(
        Published(site, HolidayKind.School).FirstOrDefault()?.Id ?? None, Published(site, HolidayKind.Public).FirstOrDefault()?.Id ?? None,
        [.. site.Calendar.Sources.Where(s => s.IsOwn).Select(s => s.Id)]);

    public static HolidayForm Typed(IFormCollection form) =>
        new(form[SchoolField].ToString(), form[PublicField].ToString(), [.. form[OwnField].Select(id => id ?? "")]);

    /// <summary>The calendars of a kind that apply now; more than one only where somebody wrote so into the site file.</summary>
    public static IEnumerable<HolidaySource> Published(Site site, HolidayKind kind) => site.Calendar.Sources.Where(s => s.Kind == kind && !s.IsOwn);

    /// <summary>What is ticked, in one line: what is kept must be what was looked at.</summary>
    public string Told => string.Join(' ', [School, Public, .. Own]);

    public string Chosen(HolidayKind kind) => kind == HolidayKind.School ? School : Public;

    public static string Field(HolidayKind kind) => kind == HolidayKind.School ? SchoolField : PublicField;

    /// <summary>The calendars that are ticked; else every mistake, beside its field.</summary>
    public bool TryRead(ImmutableArray<HolidayCalendar> atHand, out ImmutableArray<HolidayCalendar> wanted, out ImmutableArray<Mistake> mistakes)
    {
        var (found, wrong) = (ImmutableArray.CreateBuilder<HolidayCalendar>(), ImmutableArray.CreateBuilder<Mistake>());
        foreach (var kind in Enum.GetValues<HolidayKind>())
            if (Chosen(kind).Length == 0) wrong.Add(new Mistake(Field(kind), Phrase.HolidaysNotChosen, []));
            else if (Chosen(kind) != None) Find(Chosen(kind), Field(kind), s => s.Kind == kind && !s.IsOwn);
        foreach (var id in Own) Find(id, OwnField, s => s.IsOwn);
        (wanted, mistakes) = (found.ToImmutable(), wrong.ToImmutable());
        return mistakes.IsEmpty;

        void Find(string id, string field, Func<HolidaySource, bool> fits)
        {
            if (atHand.FirstOrDefault(c => c.Sources[0].Id == id && fits(c.Sources[0])) is { } calendar) found.Add(calendar);
            else wrong.Add(new Mistake(field, Phrase.HolidaysUnknown, [Fact.Of("name", id.Length > LongestName ? id[..LongestName] : id)]));
        }
    }

    private const int LongestName = 60;
}
