using System.Globalization;
using System.Text;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.Json;

namespace EnergyPilot.Gateway.Field;

/// <summary>The words of wireless devices: states, times, whether they live.</summary>
internal static class MessageWords
{
    private const double MillisecondsFrom = 1e11;
    private const double LatestSecond = 4e9;
    private static readonly JsonPath Whole = Path("$"), OwnState = Path("$.state");

    /// <summary>1 for on, 0 for off, not a number for a word that means neither.</summary>
    public static double State(MessageSelector where, in JsonValue value, ReadOnlySpan<byte> payload)
    {
        if (where.On.Length > 0 && Says(value, payload, where.On)) return 1;
        if (where.Off.Length > 0 && Says(value, payload, where.Off)) return 0;

        // One word of two was said: the other value of a truth is the other state.
        if (where.On.Length > 0 || where.Off.Length > 0)
            return value.Kind is JsonKind.True or JsonKind.False ? (where.On.Length > 0 ? 0 : 1) : double.NaN;
        if (Says(value, payload, "true") || Says(value, payload, "1") || Says(value, payload, "on") || Says(value, payload, "ON")) return 1;
        return Says(value, payload, "false") || Says(value, payload, "0") || Says(value, payload, "off") || Says(value, payload, "OFF") ? 0 : double.NaN;
    }

    /// <summary>A value as a command writes it.</summary>
    public static string Of(Point point, MessageSelector where, double value)
    {
        if (point.Type.Quantity != Quantity.State) return where.Scaling.FromCanonical(value).ToString("0.######", CultureInfo.InvariantCulture);
        var isOn = value >= 0.5 == (point.Wiring == Wiring.NormallyOpen);
        return isOn ? (where.On.Length > 0 ? where.On : "true") : where.Off.Length > 0 ? where.Off : "false";
    }

    /// <summary>Whether a message of availability says that its device is gone: "offline", {"state":"offline"}, or "false" to the question whether it is online.</summary>
    public static bool IsOffline(ReadOnlySpan<byte> payload)
    {
        var whole = Whole.Pick(payload);
        return Says(whole, payload, "offline") || Says(whole, payload, "false") || Says(OwnState.Pick(payload), payload, "offline");
    }

    /// <summary>A time as seconds or milliseconds since 1970, or as ISO 8601 text.</summary>
    public static bool TryTime(in JsonValue value, ReadOnlySpan<byte> payload, out DateTimeOffset at)
    {
        at = default;
        if (value.Kind == JsonKind.Number)
        {
            var seconds = value.Number > MillisecondsFrom ? value.Number / 1000 : value.Number;
            if (seconds is < 0 or > LatestSecond) return false;
            at = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
            return true;
        }

        Span<byte> text = stackalloc byte[64];
        return value.TryCopyText(payload, text, out var length)
            && DateTimeOffset.TryParse(Encoding.ASCII.GetString(text[..length]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }

    private static bool Says(in JsonValue value, ReadOnlySpan<byte> payload, string word) => value.Kind switch
    {
        JsonKind.True => word == "true",
        JsonKind.False => word == "false",
        JsonKind.Number => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number.Equals(value.Number),
        JsonKind.Text => value.TextEquals(payload, Encoding.UTF8.GetBytes(word)),
        _ => false,
    };

    private static JsonPath Path(string text) => JsonPath.TryParse(text, out var path, out var why) ? path : throw new FormatException(why);
}
