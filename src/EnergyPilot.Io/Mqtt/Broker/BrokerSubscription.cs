using System.Text;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>What one session wants of some topics.</summary>
/// <param name="Session">Whose it is.</param>
/// <param name="Text">The filter as it was asked for.</param>
/// <param name="Options">The options byte of SUBSCRIBE (5.0 §3.8.3.1).</param>
/// <param name="Identifiers">Its identifier in a list of one, or an empty list.</param>
internal sealed record BrokerSubscription(BrokerSession Session, string Text, byte Options, uint[] Identifiers)
{
    private const string SharePrefix = "$share/";

    /// <summary>The group that shares it; empty when it is not shared.</summary>
    public string Group { get; } = Text.StartsWith(SharePrefix, StringComparison.Ordinal) ? Text.Split('/', 3)[1] : "";

    /// <summary>The filter behind the group.</summary>
    public string Filter { get; } = Text.StartsWith(SharePrefix, StringComparison.Ordinal) ? Text.Split('/', 3)[2] : Text;

    /// <summary>The highest QoS that it is served with; 2 was asked for and 1 granted (5.0 §3.9.3 allows less).</summary>
    public MqttQos Qos => (Options & 3) == 0 ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce;

    public bool NoLocal => (Options & 4) != 0;

    public bool RetainAsPublished => (Options & 8) != 0;

    public MqttRetainHandling RetainHandling => (MqttRetainHandling)(Options >> 4 & 3);

    public bool HasWildcard => Filter.AsSpan().ContainsAny('+', '#');

    public byte[] FilterUtf8() => Encoding.UTF8.GetBytes(Filter);
}
