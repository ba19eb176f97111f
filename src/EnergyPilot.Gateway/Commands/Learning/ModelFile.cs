using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Commands.Learning;

/// <summary>Learned models as a file that another school can read: JSON with its version and units.</summary>
internal static class ModelFile
{
    public const string Format = "energypilot-zone-models";
    public const int Version = 1;

    private const int MostBytes = 1024 * 1024;
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(SchoolKnowledge school, IEnumerable<ZoneId> zones, DateTimeOffset at)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("school", school.School);
            json.WriteString("exported", Instant(at));
            json.WriteStartObject("units");
            foreach (var parameter in Parameter.All) json.WriteString(parameter.Name, parameter.Unit);
            json.WriteString("errorK", "K");
            json.WriteEndObject();
            json.WriteStartObject("zones");
            foreach (var zone in zones) Write(json, zone, school.Zones[zone]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The models of a file, by the names of their zones.</summary>
    public static ImmutableDictionary<string, ZoneModel> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw VerbTrouble.Asked($"{path} is too large for a file of models: at most 1 MB.");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Models(path, document.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Asked($"{path} cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw VerbTrouble.Asked(string.Create(CultureInfo.InvariantCulture, $"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: this is not JSON."));
        }
    }

    private static void Write(Utf8JsonWriter json, ZoneId zone, Learned learned)
    {
        json.WriteStartObject(zone.Name);
        Write(json, "model", learned.Model.Values);
        Write(json, "spreadLeft", learned.SdRatios);
        json.WriteNumber("goodDays", Math.Round(learned.Days, 2));
        if (double.IsFinite(learned.Rmse)) json.WriteNumber("errorK", Math.Round(learned.Rmse, 3));
        json.WriteString("updated", Instant(learned.Updated));
        json.WriteString("lastVerdict", VerdictWords.Of(learned.LastVerdict));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<double> values)
    {
        json.WriteStartObject(name);
        foreach (var (parameter, value) in Parameter.All.Zip(values)) json.WriteNumber(parameter.Name, value);
        json.WriteEndObject();
    }

    private static ImmutableDictionary<string, ZoneModel> Models(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(Format))
            throw VerbTrouble.Asked($"{path} is no file of learned models; \"model export\" of the other school makes one.");
        if (!root.TryGetProperty("version", out var version) || !version.TryNumber(out var number) || number != Version)
            throw VerbTrouble.Asked($"{path} is of another version than {Version}, which this program reads.");
        if (!root.TryGetProperty("zones", out var zones) || zones.ValueKind != JsonValueKind.Object || !zones.EnumerateObject().Any())
            throw VerbTrouble.Asked($"{path} has no zones.");
        return zones.EnumerateObject().DistinctBy(z => z.Name).ToImmutableDictionary(z => z.Name, z => Model(path, z));
    }

    private static ZoneModel Model(string path, JsonProperty zone)
    {
        if (zone.Value.ValueKind != JsonValueKind.Object || !zone.Value.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.Object)
            throw VerbTrouble.Asked($"{path}: zone {zone.Name} has no model.");
        var values = Parameter.All.Select(p => model.TryGetProperty(p.Name, out var value) && value.TryNumber(out var number)
            ? number
            : throw VerbTrouble.Asked($"{path}: zone {zone.Name} has no number for {p.Name} [{p.Unit}]."));
        return ZoneModel.Of([.. values]);
    }

    // GetDouble throws where there is no number, and a huge exponent would be infinity.
    private static bool TryNumber(this JsonElement element, out double number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out number) && double.IsFinite(number);
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
