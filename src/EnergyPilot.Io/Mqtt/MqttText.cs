using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace EnergyPilot.Io.Mqtt;

/// <summary>UTF-8 as MQTT wants it: at most 65,535 bytes, well formed (MQTT-1.5.4-1), without U+0000 (MQTT-1.5.4-2).</summary>
internal static class MqttText
{
    public const int MaxLength = ushort.MaxValue;

    public static bool IsValid(ReadOnlySpan<byte> text) => text.Length <= MaxLength && !text.Contains((byte)0) && Utf8.IsValid(text);

    public static bool IsValid(in ReadOnlySequence<byte> text)
    {
        if (text.IsSingleSegment)
            return IsValid(text.FirstSpan);
        if (text.Length > MaxLength)
            return false;
        var whole = ArrayPool<byte>.Shared.Rent((int)text.Length);
        text.CopyTo(whole);
        var valid = IsValid(whole.AsSpan(0, (int)text.Length));
        ArrayPool<byte>.Shared.Return(whole);
        return valid;
    }

    public static ReadOnlySequence<byte> Of(string text) => new(Encoding.UTF8.GetBytes(text));

    public static string Of(in ReadOnlySequence<byte> text) => Encoding.UTF8.GetString(text);
}
