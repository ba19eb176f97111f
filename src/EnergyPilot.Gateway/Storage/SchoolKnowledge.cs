using System.Text.Json.Serialization;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What a school has learned, as it is stored.</summary>
/// <param name="School">Its name.</param>
/// <param name="TimeZone">Of its site, so that verbs that only see the data folder can tell local times.</param>
/// <param name="Zones">Every zone that a gateway has seen.</param>
internal sealed record SchoolKnowledge(string School, string TimeZone, IReadOnlyDictionary<ZoneId, Learned> Zones)
{
    public static readonly SchoolKnowledge None = new("", "", new Dictionary<ZoneId, Learned>());

    [JsonIgnore]
    public TimeZoneInfo LocalTime => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    public SchoolKnowledge With(ZoneId zone, Learned learned) => this with { Zones = new Dictionary<ZoneId, Learned>(Zones) { [zone] = learned } };
}
