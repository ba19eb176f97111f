using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Running;

/// <summary>A site and the files it was read from.</summary>
/// <param name="Sources">Its files; nothing where nobody keeps them, as in a simulation.</param>
/// <param name="Version">Counts the changes that people made on the page; 0 as long as only the file on disk holds.</param>
internal sealed record SiteEdition(Site Site, SiteSources? Sources, long Version);

/// <summary>
/// The site as it holds now. The control and everything beside it asks anew each time, so that another setpoint or timetable needs no new start. Whatever is
/// opened from it (buses, points, services) is opened once: a change of those begins the whole host anew.
/// </summary>
internal sealed class LiveSite(SiteEdition start)
{
    private volatile SiteEdition now = start;

    public SiteEdition Now => now;

    public Site Site => now.Site;

    /// <summary>Told after another edition has begun to hold.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>From the next cycle on.</summary>
    public void Begin(SiteEdition next)
    {
        now = next;
        Changed();
    }

    /// <summary>One that never changes.</summary>
    public static implicit operator LiveSite(Site site) => new(new SiteEdition(site, Sources: null, 0));
}
