namespace EnergyPilot.Gateway.Web.Access;

/// <summary>Whoever is signed in may send what is sent here, also a viewer: it changes only what is the sender's own. A program's token does not count as being signed in.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OwnAffairsAttribute : Attribute;
