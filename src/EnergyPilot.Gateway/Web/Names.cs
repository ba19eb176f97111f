using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web;

/// <summary>What people call the things of a site.</summary>
internal static class Names
{
    /// <summary>The name of the zone, circuit, device, meter or point of this id; the id itself for what nobody named.</summary>
    public static string Of(Site site, string id)
    {
        var device = id.Split('.')[0];
        return site.Zones.FirstOrDefault(z => z.Id.Name == id)?.Name
            ?? site.Circuits.FirstOrDefault(c => c.Id.Name == id)?.Name
            ?? site.Meters.FirstOrDefault(m => m.Id == id)?.Name
            ?? site.Devices.FirstOrDefault(d => d.Id == device)?.Name
            ?? (id is "boiler" ? site.Boiler.Name : id is "" ? site.Name : id);
    }
}
