using EnergyPilot.Gateway.Storage;
using Microsoft.AspNetCore.Authorization;

namespace EnergyPilot.Gateway.Web;

/// <summary>Only for people who signed in and may at least this much.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsAttribute(Role least) : AuthorizeAttribute(least.ToString())
{
    public Role Least => least;
}
