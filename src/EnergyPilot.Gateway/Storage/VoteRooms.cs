using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What staff set about the votes, and what came of them.</summary>
/// <param name="Address">Where phones reach the page, for the posters; empty as long as nobody has said.</param>
/// <param name="Codes">By zone: what stands in its QR code.</param>
/// <param name="Given">By zone: how far suggestions have moved its setpoint.</param>
/// <param name="Resting">By zone: until when its suggestion is not shown, in seconds since 1970.</param>
internal sealed record VoteSettings(
    string Address, ImmutableSortedDictionary<string, string> Codes, ImmutableSortedDictionary<string, GivenShift> Given, ImmutableSortedDictionary<string, long> Resting)
{
    public static readonly VoteSettings None = new("", ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, GivenShift>.Empty, ImmutableSortedDictionary<string, long>.Empty);

    /// <summary>Whether staff put the suggestion of a zone off.</summary>
    public bool Rests(ZoneId zone, DateTimeOffset at) => Resting.TryGetValue(zone.Name, out var until) && at.ToUnixTimeSeconds() < until;
}

/// <summary>A setpoint that votes moved: from what people had set, to what it then was. Once somebody sets another it counts no more.</summary>
internal sealed record GivenShift(double FromC, double ToC);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VoteSettings))]
internal sealed partial class VoteJson : JsonSerializerContext;

/// <summary>The settings of the votes: on the card when a call returns, in memory for every visitor.</summary>
internal sealed partial class VoteRooms
{
    private const string Key = "votes/rooms";

    private readonly SettingBook settings;
    private readonly Lock gate = new();
    private volatile VoteSettings standing;

    public VoteRooms(SettingBook settings, ILogger log)
    {
        this.settings = settings;
        standing = Read(log);
    }

    public VoteSettings Now => standing;

    /// <summary>Changes them; nothing is written when nothing differs.</summary>
    public VoteSettings Change(Func<VoteSettings, VoteSettings> change, string who)
    {
        lock (gate)
        {
            var next = change(standing);
            if (next == standing) return next;
            settings.Save(Key, JsonSerializer.Serialize(next, VoteJson.Default.VoteSettings), who);
            return standing = next;
        }
    }

    // What a newer program wrote must not keep this one from starting: posters are printed anew.
    private VoteSettings Read(ILogger log)
    {
        if (!settings.TryFind(Key, out var setting)) return VoteSettings.None;
        try
        {
            return JsonSerializer.Deserialize(setting.Json, VoteJson.Default.VoteSettings) ?? VoteSettings.None;
        }
        catch (JsonException e)
        {
            LogUnreadable(log, e);
            return VoteSettings.None;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The codes of the rooms for comfort votes cannot be read; new ones are made, and posters must be printed anew")]
    private static partial void LogUnreadable(ILogger log, Exception e);
}
