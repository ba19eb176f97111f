using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>The setpoints of a zone, or of the whole school, as they were typed.</summary>
/// <param name="IsSite">Whether they are for every zone that has none of its own.</param>
internal sealed record SetpointForm(string Comfort, string Reduced, string Absence, string Frost, bool IsSite)
{
    public static SetpointForm Of(Zone zone, Reader reader)
    {
        var s = zone.Setpoints;
        return new(Text(s.Comfort), Text(s.Reduced), Text(s.Absence), Text(s.Frost), false);

        string Text(Celsius value) => reader.Number(value.Degrees, "0.0", "");
    }

    public static SetpointForm Typed(IFormCollection form) =>
        new(form["comfort"].ToString(), form["reduced"].ToString(), form["absence"].ToString(), form["frost"].ToString(), form["for"] == "site");

    public string Typed(Mode mode) => mode switch { Mode.Comfort => Comfort, Mode.Reduced => Reduced, Mode.Absence => Absence, _ => Frost };

    /// <summary>The setpoints, when they make sense; else every mistake in them, beside its field.</summary>
    public bool TryRead(ControlSettings control, out Setpoints setpoints, out ImmutableArray<Mistake> mistakes)
    {
        var found = ImmutableArray.CreateBuilder<Mistake>();
        var read = Enum.GetValues<Mode>().Select(m => TypedCelsius.Read(Typed(m), Field(m), control, found)).ToList();
        setpoints = Setpoints.Legal;
        if (read is [{ } comfort, { } reduced, { } absence, { } frost])
        {
            setpoints = new Setpoints(comfort, reduced, absence, frost);
            foreach (var (warm, cool) in new[] { (Mode.Comfort, Mode.Reduced), (Mode.Reduced, Mode.Absence), (Mode.Absence, Mode.Frost) })
                if (setpoints.Of(warm) < setpoints.Of(cool)) found.Add(new Mistake(Field(cool), Phrase.SetpointOrder, [Fact.Of("cool", setpoints.Of(cool)), Fact.Of("warm", setpoints.Of(warm))]));
        }

        mistakes = found.ToImmutable();
        return mistakes.IsEmpty;
    }

    /// <summary>What holds now for those for whom the setpoints are: this zone, or every zone that has none of its own.</summary>
    public Setpoints Before(Zone zone, Site site, DocumentText text)
    {
        return IsSite ? new(OfSite(Mode.Comfort), OfSite(Mode.Reduced), OfSite(Mode.Absence), OfSite(Mode.Frost)) : zone.Setpoints;

        // Whoever has none of its own shows it, with all that the file leaves out.
        Celsius OfSite(Mode mode) => site.Zones.FirstOrDefault(z => SiteEdits.TextAt(text, $"zones.{z.Id}.setpoints.{Field(mode)}") is "") is { } heir ? heir.Setpoints.Of(mode)
            : TypedCelsius.Read(SiteEdits.TextAt(text, $"setpoints.{Field(mode)}"), "", site.Control, ImmutableArray.CreateBuilder<Mistake>()) ?? Setpoints.Legal.Of(mode);
    }

    /// <summary>What is to change in the site file: only what differs from what holds.</summary>
    public IEnumerable<SiteEdit> Edits(Zone zone, Setpoints wanted)
    {
        foreach (var mode in Enum.GetValues<Mode>())
            if (IsSite || wanted.Of(mode) != zone.Setpoints.Of(mode))
                yield return new SetValue(IsSite ? $"setpoints.{Field(mode)}" : $"zones.{zone.Id}.setpoints.{Field(mode)}", SiteText.Of(wanted.Of(mode)));
    }

    public static string Field(Mode mode) => mode switch { Mode.Comfort => "comfort", Mode.Reduced => "reduced", Mode.Absence => "absence", _ => "frost" };
}
