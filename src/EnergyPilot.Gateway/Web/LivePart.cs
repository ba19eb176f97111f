using EnergyPilot.Gateway.Web.Devices;
using EnergyPilot.Gateway.Web.Parts;
using EnergyPilot.Gateway.Web.School;

namespace EnergyPilot.Gateway.Web;

/// <summary>A part of a page that is drawn anew at each cycle.</summary>
/// <param name="Id">The id of the element that holds it.</param>
/// <param name="Component">What draws it.</param>
/// <param name="Subject">The zone that it shows, the floor and the zone, the line or the cell of a device; empty for the school.</param>
internal sealed record LivePart(string Id, Type Component, string Subject)
{
    /// <summary>The page for the hall.</summary>
    public const string Wall = "wall";

    /// <summary>The page of devices.</summary>
    public const string Devices = "devices";

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
        Devices => [
            .. school.Record.Site.Buses.Select(b => new LivePart($"trouble-{b.Id}", typeof(BusTrouble), b.Id)),
            .. school.Record.Site.Devices.SelectMany(DeviceCell.Of).Select(c => new LivePart(c.Element, typeof(DeviceCell), c.Cell)),
        ],
        _ => [new("now", typeof(ZoneNow), page[OneZone.Length..])],
    };
}
