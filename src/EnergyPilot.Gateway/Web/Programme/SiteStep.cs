using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>A change of the site on its way: looked at, or tried in vain.</summary>
/// <param name="Words">What it means, in sentences.</param>
internal sealed record SiteStep(SitePreview Preview, IReadOnlyList<string> Words);
