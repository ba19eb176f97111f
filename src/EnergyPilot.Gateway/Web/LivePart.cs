using EnergyPilot.Gateway.Web.Parts;
using EnergyPilot.Gateway.Web.School;

namespace EnergyPilot.Gateway.Web;

/// <summary>A part of a page that is drawn anew at each cycle.</summary>
/// <param name="Id">The id of the element that holds it.</param>
/// <param name="Component">What draws it.</param>
/// <param name="Zone">The zone that it shows, or the floor and the zone; empty for the school.</param>
internal sealed record LivePart(string Id, Type Component, string Zone)
{
    /// <summary>The page for the hall.</summary>
    public const string Wall = "wall";

    private const string OneZone = "zone/";

    /// <summary>The school's page is the one without a name.</summary>
    public static string PageOf(string zone, string page) => zone is "" ? page : OneZone + zone;

    /// <summary>The parts of a page that live.</summary>
    public static IEnumerable<LivePart> Of(SchoolView school, string page) => page switch
    {
        "" => [
            new("verdict", typeof(Verdict), ""), new("alarms", typeof(AlarmList), ""), new("attention", typeof(Attention), ""), new("plant", typeof(Plant), ""), new("meters", typeof(Meters), ""),
            .. school.Zones.Select(z => new LivePart($"zone-{z.Zone.Id}", typeof(ZoneTile), z.Zone.Id.Name)),
            .. school.Plans.SelectMany((plan, floor) => plan.Zones.Select(z => new LivePart($"plan-{floor}-{z}", typeof(PlanZone), $"{floor}/{z}"))),
        ],
        Wall => [new("wall", typeof(WallNow), "")],
        _ => [new("now", typeof(ZoneNow), page[OneZone.Length..])],
    };
}
