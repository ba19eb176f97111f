using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// Which topics a subscription is for, checked once: levels between slashes, + for any one level, # at the end for all
/// that follow and the level above, $share/GROUP/ before a filter for sharing (5.0 §4.7, §4.8.2).
/// </summary>
public sealed class MqttFilter
{
    private readonly string text;

    private MqttFilter(string text, byte[] utf8)
    {
        this.text = text;
        Utf8 = new ReadOnlySequence<byte>(utf8);
    }

    internal ReadOnlySequence<byte> Utf8 { get; }

    /// <summary>Whether the text is a topic filter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MqttFilter? filter)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        filter = IsFilter(utf8) && MqttText.IsValid(utf8) ? new MqttFilter(text, utf8) : null;
        return filter is not null;
    }

    /// <summary>The filter of this text; throws <see cref="FormatException"/> when it is none.</summary>
    public static MqttFilter Parse(string text) =>
        TryParse(text, out var filter) ? filter : throw new FormatException($"'{text}' is not a topic filter: + stands alone in its level, # alone in the last.");

    /// <summary>Whether a message with this topic (UTF-8) is for this filter; of a shared filter the part behind the group counts.</summary>
    public bool Matches(ReadOnlySpan<byte> topic)
    {
        var filter = Utf8.FirstSpan;
        return TryUnshare(filter, out _, out var rest) ? Matches(rest, topic) : Matches(filter, topic);
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    internal static bool IsFilter(in ReadOnlySequence<byte> filter)
    {
        if (filter.IsSingleSegment)
            return IsFilter(filter.FirstSpan);
        var whole = ArrayPool<byte>.Shared.Rent((int)filter.Length);
        filter.CopyTo(whole);
        var valid = IsFilter(whole.AsSpan(0, (int)filter.Length));
        ArrayPool<byte>.Shared.Return(whole);
        return valid;
    }

    internal static bool IsFilter(ReadOnlySpan<byte> filter)
    {
        if (IsShared(filter))
            // MQTT-4.8.2-1, -2: a group of at least one character without wildcards, a slash, a filter.
            return TryUnshare(filter, out var group, out var rest) && MqttTopic.IsName(group) && IsPlainFilter(rest);
        return IsPlainFilter(filter);
    }

    internal static bool IsShared(ReadOnlySpan<byte> filter) => filter.StartsWith("$share/"u8) || filter.SequenceEqual("$share"u8);

    internal static bool TryUnshare(ReadOnlySpan<byte> filter, out ReadOnlySpan<byte> group, out ReadOnlySpan<byte> rest)
    {
        group = rest = default;
        if (!filter.StartsWith("$share/"u8))
            return false;
        var behind = filter["$share/"u8.Length..];
        var slash = behind.IndexOf((byte)'/');
        if (slash < 0)
            return false;
        group = behind[..slash];
        rest = behind[(slash + 1)..];
        return true;
    }

    /// <summary>Whether a topic matches a filter that is not shared; both in UTF-8 and valid.</summary>
    internal static bool Matches(ReadOnlySpan<byte> filter, ReadOnlySpan<byte> topic)
    {
        // MQTT-4.7.2-1: a wildcard in front does not reach the server's own topics.
        if (topic is [(byte)'$', ..] && filter is [(byte)'+' or (byte)'#', ..])
            return false;
        while (true)
        {
            if (filter is [(byte)'#'])
                return true;
            var (filterEnd, topicEnd) = (LevelEnd(filter), LevelEnd(topic));
            if (filter[..filterEnd] is not [(byte)'+'] && !filter[..filterEnd].SequenceEqual(topic[..topicEnd]))
                return false;
            if (topicEnd == topic.Length)
                // MQTT-4.7.1-2: "sport/#" is also for "sport".
                return filterEnd == filter.Length || filter[filterEnd..].SequenceEqual("/#"u8);
            if (filterEnd == filter.Length)
                return false;
            filter = filter[(filterEnd + 1)..];
            topic = topic[(topicEnd + 1)..];
        }
    }

    // MQTT-4.7.1-1: # alone and last; MQTT-4.7.1-3: + alone in its level.
    private static bool IsPlainFilter(ReadOnlySpan<byte> filter)
    {
        if (filter.IsEmpty)
            return false;
        while (true)
        {
            var end = LevelEnd(filter);
            var level = filter[..end];
            if (level.Length > 1 && level.ContainsAny((byte)'+', (byte)'#'))
                return false;
            if (end == filter.Length)
                return true;
            if (level is [(byte)'#'])
                return false;
            filter = filter[(end + 1)..];
        }
    }

    private static int LevelEnd(ReadOnlySpan<byte> text)
    {
        var slash = text.IndexOf((byte)'/');
        return slash < 0 ? text.Length : slash;
    }
}
