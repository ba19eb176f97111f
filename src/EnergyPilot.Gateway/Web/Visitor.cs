using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web;

/// <summary>Who asks, and from where: what the audit log wants to know.</summary>
/// <param name="Name">The name of the account; empty for whoever has not signed in.</param>
/// <param name="From">The network address.</param>
internal sealed record Visitor(string Name, Role Role, string From)
{
    public static readonly Visitor Nobody = new("", Role.Viewer, "");

    public bool IsSignedIn => Name.Length > 0;

    /// <summary>Signed in, and allowed at least as much as this role.</summary>
    public bool May(Role least) => IsSignedIn && Role >= least;
}
