using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// What the store keeps as JSON. Strict when read back: a missing part or a null is an error, not a default, because half a
/// memory would make the control believe what never was. Not-a-number is written by name, as in "NaN".
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters = [typeof(ZoneIdAsText), typeof(CircuitIdAsText)])]
[JsonSerializable(typeof(Memory))]
[JsonSerializable(typeof(Learning.PlannerHistory))]
[JsonSerializable(typeof(SchoolKnowledge))]
[JsonSerializable(typeof(ImmutableArray<Fact>))]
[JsonSerializable(typeof(LedgerDay))]
[JsonSerializable(typeof(AddedUses))]
[JsonSerializable(typeof(ImmutableArray<CalendarSource>))]
[JsonSerializable(typeof(ImmutableArray<UseAnswer>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static string Of(Reason reason) => JsonSerializer.Serialize(reason.Facts, Default.ImmutableArrayFact);

    /// <summary>A reason as it was stored; false when its code is unknown here (a newer program wrote it) or its facts cannot be read.</summary>
    public static bool TryReason(string code, string facts, out Reason reason)
    {
        reason = new(default, []);
        if (!Enum.TryParse(code, out ReasonCode known) || !Enum.IsDefined(known)) return false;
        try
        {
            reason = new(known, JsonSerializer.Deserialize(facts, Default.ImmutableArrayFact));
            return !reason.Facts.IsDefault;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

internal sealed class ZoneIdAsText : JsonConverter<ZoneId>
{
    public override ZoneId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override ZoneId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, ZoneId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    public override void WriteAsPropertyName(Utf8JsonWriter writer, ZoneId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Name);
}

internal sealed class CircuitIdAsText : JsonConverter<CircuitId>
{
    public override CircuitId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override CircuitId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, CircuitId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    public override void WriteAsPropertyName(Utf8JsonWriter writer, CircuitId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Name);
}
