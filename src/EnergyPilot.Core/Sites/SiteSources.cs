using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>All files that a site is made of. Only those that the site file names are read, so whole folders may be handed over.</summary>
/// <param name="Site">The site file.</param>
/// <param name="DeviceTypes">The files of hardware/devices, by their names without ending: "eastron-sdm630".</param>
/// <param name="Calendars">The files of config/calendars, by their names without ending: "france-zone-b".</param>
public sealed record SiteSources(
    DocumentText Site, IReadOnlyDictionary<string, DocumentText> DeviceTypes, IReadOnlyDictionary<string, DocumentText> Calendars);
