using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>A pure decision: same site, same snapshot, same memory, same decision.</summary>
public delegate Decision Decide(Site site, Snapshot snapshot, Memory memory);
