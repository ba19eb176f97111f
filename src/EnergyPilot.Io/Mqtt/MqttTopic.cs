using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EnergyPilot.Io.Mqtt;

/// <summary>The name under which a message is published, checked once: 1..65,535 bytes of UTF-8 without wildcards (5.0 §4.7).</summary>
public sealed class MqttTopic
{
    private readonly string text;

    private MqttTopic(string text, byte[] utf8)
    {
        this.text = text;
        Utf8 = new ReadOnlySequence<byte>(utf8);
    }

    internal ReadOnlySequence<byte> Utf8 { get; }

    /// <summary>Whether the text is a topic name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MqttTopic? topic)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        topic = IsName(utf8) && MqttText.IsValid(utf8) ? new MqttTopic(text, utf8) : null;
        return topic is not null;
    }

    /// <summary>The topic of this name; throws <see cref="FormatException"/> when it is none.</summary>
    public static MqttTopic Parse(string text) =>
        TryParse(text, out var topic) ? topic : throw new FormatException($"'{text}' is not a topic name: 1 to 65535 bytes without +, # and U+0000.");

    /// <inheritdoc/>
    public override string ToString() => text;

    // MQTT-4.7.3-1: at least one character; MQTT-3.3.2-2: no wildcards.
    internal static bool IsName(ReadOnlySpan<byte> topic) => topic.Length > 0 && !topic.ContainsAny((byte)'+', (byte)'#');

    internal static bool IsName(in ReadOnlySequence<byte> topic)
    {
        foreach (var part in topic)
            if (part.Span.ContainsAny((byte)'+', (byte)'#'))
                return false;
        return topic.Length > 0;
    }
}
