using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Seasons;

/// <summary>A control that runs a season.</summary>
internal sealed record Contender(string Name, Decide Decide, Schooling Schooling);

/// <summary>Whether the rooms learn, as they do on a gateway.</summary>
internal enum Schooling { None, EveryEvening }
