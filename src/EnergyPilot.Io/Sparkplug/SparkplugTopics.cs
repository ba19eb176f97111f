using System.Text;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>The topics of one edge node.</summary>
internal sealed class SparkplugTopics
{
    private const string Namespace = "spBv1.0";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly string group;
    private readonly string node;
    private readonly byte[] deviceCommand;

    public SparkplugTopics(string group, string node, string primaryHost)
    {
        (this.group, this.node) = (group, node);
        NodeBirth = Node("NBIRTH");
        NodeData = Node("NDATA");
        NodeDeath = Node("NDEATH");
        NodeCommands = MqttFilter.Parse($"{Namespace}/{group}/NCMD/{node}");
        DeviceCommands = MqttFilter.Parse($"{Namespace}/{group}/DCMD/{node}/+");
        HostState = primaryHost.Length > 0 ? MqttFilter.Parse($"{Namespace}/STATE/{primaryHost}") : null;
        deviceCommand = Encoding.UTF8.GetBytes($"{Namespace}/{group}/DCMD/{node}/");
    }

    public MqttTopic NodeBirth { get; }

    public MqttTopic NodeData { get; }

    public MqttTopic NodeDeath { get; }

    public MqttFilter NodeCommands { get; }

    public MqttFilter DeviceCommands { get; }

    public MqttFilter? HostState { get; }

    /// <summary>What must be granted before anything is said.</summary>
    public IEnumerable<MqttFilter> Subscriptions =>
        HostState is { } state ? [NodeCommands, DeviceCommands, state] : [NodeCommands, DeviceCommands];

    public MqttTopic Device(string verb, string device) => MqttTopic.Parse($"{Namespace}/{group}/{verb}/{node}/{device}");

    /// <summary>The device in the topic of a command that <see cref="DeviceCommands"/> matches.</summary>
    public string DeviceOf(ReadOnlySpan<byte> topic) => Encoding.UTF8.GetString(topic[deviceCommand.Length..]);

    /// <summary>Throws when the text cannot be a level of a topic (topic-structure-namespace-valid-group-id and its like).</summary>
    public static void RequireId(string what, string id)
    {
        RequireText(what, id);
        if (id.AsSpan().IndexOfAny('+', '/', '#') >= 0)
            throw new ArgumentException($"The identifier '{id}' of the {what} contains +, / or #.");
        if (Encoding.UTF8.GetByteCount(id) > MqttText.MaxLength / 4)
            throw new ArgumentException($"The identifier of the {what} is too long for a topic.");
    }

    /// <summary>Throws when it is empty, contains U+0000 or cannot be written in UTF-8.</summary>
    public static void RequireText(string what, string text)
    {
        if (text.Length == 0)
            throw new ArgumentException($"A {what} has no name.");
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"The name of the {what} contains U+0000.");
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"The name of the {what} cannot be written in UTF-8: '{text}'.");
        }
    }

    private MqttTopic Node(string verb) => MqttTopic.Parse($"{Namespace}/{group}/{verb}/{node}");
}
