namespace EnergyPilot.Gateway.Web.Access;

/// <summary>Marks routes of the interface that a token opens never: only people who signed in themselves.</summary>
internal sealed class ForPeople
{
    public static readonly ForPeople Only = new();
}
