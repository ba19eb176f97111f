using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of setpoints: those that are missing are taken from the site, or from the law.</summary>
internal static class SetpointFields
{
    public static Shape<Setpoints> Shape(Setpoints otherwise, ControlSettings control) => Shapes.Record(fields => Read(otherwise, control, fields));

    /// <summary>Whether the setpoints of a site or a zone say themselves how cold a long absence may be.</summary>
    public static bool SayAbsence(Fields fields) =>
        fields.Has("setpoints") && fields.At("setpoints").Node is MapNode setpoints && setpoints.Entries.Any(e => e.Key == Absence);

    private const string Absence = "absence";

    private static Setpoints Read(Setpoints otherwise, ControlSettings control, Fields fields)
    {
        var allowed = Shapes.Celsius(control.LowestSetpoint.Degrees, control.HighestSetpoint.Degrees);
        var setpoints = new Setpoints(
            fields.Take("comfort", allowed, otherwise.Comfort, "While in use; the law sets 19 °C as the average (R.241-26)"),
            fields.Take("reduced", allowed, otherwise.Reduced, "Empty for less than 48 h; by law at most 16 °C (R.241-27)"),
            fields.Take(Absence, allowed, otherwise.Absence, "Empty for 48 h or more; by law at most 8 °C (R.241-27). Where nobody says it and no humidity is measured, 10 °C against mould"),
            fields.Take("frost", allowed, otherwise.Frost, "Below this, heat at any price"));

        CheckOrder("comfort", setpoints.Comfort, "reduced", setpoints.Reduced, fields);
        CheckOrder("reduced", setpoints.Reduced, "absence", setpoints.Absence, fields);
        CheckOrder("absence", setpoints.Absence, "frost", setpoints.Frost, fields);
        WarnAbove(Setpoints.Legal.Comfort, "comfort", setpoints.Comfort, $"on average while in use (Code de l'énergie, R.241-26)", fields);
        WarnAbove(Setpoints.Legal.Reduced, "reduced", setpoints.Reduced, $"while empty for 24 to 48 h (Code de l'énergie, R.241-27)", fields);
        WarnAbove(Setpoints.Legal.Absence, "absence", setpoints.Absence, $"while empty for 48 h or more (Code de l'énergie, R.241-27)", fields);
        return setpoints;
    }

    private static void CheckOrder(string warmName, Celsius warm, string coolName, Celsius cool, Fields fields)
    {
        // What a zone takes over from the site has been said there.
        if (!(warm < cool) || !(fields.Has(warmName) || fields.Has(coolName))) return;
        var at = fields.At(fields.Has(warmName) ? warmName : coolName);
        at.Wrong($"{warmName} {warm} below {coolName} {cool}", $"{warmName} at least as warm as {coolName}");
    }

    private static void WarnAbove(Celsius legal, string name, Celsius setpoint, Saying when, Fields fields)
    {
        if (setpoint > legal && fields.Has(name))
            fields.At(name).Warn($"{setpoint}", $"at most {legal} {when}");
    }
}
