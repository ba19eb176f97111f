using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Running;

/// <summary>One cycle, whole: what was known and what was decided. The store, the page and the uplink all read this one.</summary>
internal sealed record CycleRecord(Site Site, Snapshot Snapshot, Decision Decision)
{
    /// <summary>The files that the site was read from; nothing where it never changes.</summary>
    public SiteSources? Sources { get; init; }

    /// <summary>Counts the changes of the site that people made; see <see cref="SiteEdition"/>.</summary>
    public long Version { get; init; }

    /// <summary>The stretch of the gateway's clock in which it ran; where nobody says it, that in which it is written.</summary>
    public ClockSegment Clock { get; init; } = ClockSegment.Unknown;
}
