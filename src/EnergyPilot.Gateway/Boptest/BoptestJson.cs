using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>How JSON is written here without looking types up at run time.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class BoptestJson : JsonSerializerContext;
