using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Running;

/// <summary>One cycle, whole: what was known and what was decided. The store, the page and the uplink all read this one.</summary>
internal sealed record CycleRecord(Site Site, Snapshot Snapshot, Decision Decision);
