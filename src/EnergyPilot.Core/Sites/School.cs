using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The section of a site file that says which school it is.</summary>
internal sealed partial record School(string Id, string Name, Location Location, TimeZoneInfo TimeZone, HolidayCalendar Calendar, ImmutableArray<string> Plans)
{
    private const string PlanForm = @"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}\.svg$";

    // A name only: what lies elsewhere than beside the site file is none of the page's business.
    private static readonly Shape<string> PlanFile = Shapes.TextLike($"the name of an SVG file beside the site file, for example \"plan.svg\"", PlanForm, name => PlanName().IsMatch(name));

    public static School Read(SiteReading reading, Fields fields) => new(
        fields.Need("id", Shapes.Id, "Short name, for file names and messages"),
        fields.Need("name", Shapes.Text, "What people call the school"),
        new Location(
            fields.Need("city", Shapes.Text, "The town"),
            fields.Need("latitude", Shapes.Quantity(Quantity.Angle, -66, 66), "Degrees north, for example 50.69 °"),
            fields.Need("longitude", Shapes.Quantity(Quantity.Angle, -180, 180), "Degrees east, for example 3.17 °")),
        fields.Need("time-zone", new TimeZoneShape(), "The clocks of the school, for example Europe/Paris"),
        HolidayFile.Together(fields.Take("calendars", reading.Calendars, [], "School and public holidays, files of config/calendars")),
        fields.Take("plan", Shapes.OneOrMore(PlanFile), [], "Floor plan as an SVG file beside the site file, one per floor; what has the id zone-NAME is that zone, the title is the floor's name"));

    [GeneratedRegex(PlanForm)]
    private static partial Regex PlanName();

    /// <summary>A name of the time zone database.</summary>
    private sealed partial class TimeZoneShape : Shape<TimeZoneInfo>
    {
        private const string Form = "^[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}$";

        public override Saying Expected => $"a time zone of the IANA database, for example \"Europe/Paris\"";
        public override TimeZoneInfo Blank => TimeZoneInfo.Utc;

        public override TimeZoneInfo Read(Spot spot)
        {
            var name = spot.Node is TextNode text ? text.Text : "";
            if (ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
            spot.Unexpected(Expected, name.Length == 0 ? "" : Nearest.To(name, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)));
            return Blank;
        }

        public override System.Text.Json.Nodes.JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Form };

        [GeneratedRegex(Form)]
        private static partial Regex ZoneName();
    }
}
