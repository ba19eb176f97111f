using System.Text.Json.Serialization;
using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Recording;

/// <summary>What a recording keeps as JSON: what changes seldom. As strict as the store's when read back; numbers survive to the last bit, not-a-number by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ZoneIdAsText), typeof(CircuitIdAsText)])]
[JsonSerializable(typeof(SectionHeader))]
[JsonSerializable(typeof(Knowledge))]
internal sealed partial class RecordedJson : JsonSerializerContext;
