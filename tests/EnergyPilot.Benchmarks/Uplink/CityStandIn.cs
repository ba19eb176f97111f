using System.Text;
using System.Threading.Channels;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>
/// As much of a city as makes delivery sure: reads births and data of every node of a group, keeps each sample under its sequence, acknowledges what is
/// complete, and asks for a rebirth when it misses something. It holds everything in memory.
/// </summary>
internal sealed class CityStandIn : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<(string Topic, byte[] Payload)> outgoing = Channel.CreateUnbounded<(string, byte[])>();
    private readonly Dictionary<string, NodeStandIn> nodes = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Task running;
    private readonly TimeProvider time;
    private readonly MqttOptions options;
    private volatile MqttClient? client;

    public CityStandIn(int port, string group, TimeProvider time)
    {
        this.time = time;
        options = new MqttOptions { Host = "127.0.0.1", Port = port, ClientId = $"city-{group}", KeepAlive = TimeSpan.FromSeconds(5), MaximumPacketSize = 4 << 20 };
        running = Task.WhenAll(Listen(group), Answer());
    }

    /// <summary>While false it keeps what it hears and says nothing, as a city whose database is away.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>What went wrong last, a message that it could not read for instance; empty for nothing.</summary>
    public string Trouble => client?.Connection.LastFaultText ?? "";

    /// <summary>Called for each sample that is new, as it comes.</summary>
    public Action<CitySample> New { get; set; } = _ => { };

    /// <summary>What it knows of a node; must be used under the lock of <see cref="Look{T}"/> while messages come.</summary>
    public T Look<T>(string node, Func<NodeStandIn, T> look)
    {
        lock (gate) return look(Node(node));
    }

    /// <summary>Sends a command to a node, or to one of its devices: names with their values.</summary>
    public void Command(string group, string node, string device, params (string Name, SparkplugScalar Value)[] metrics)
    {
        var payload = NodeStandIn.Command([.. metrics.Select(m => (m.Name, 0UL, m.Value))], time.GetUtcNow());
        outgoing.Writer.TryWrite((device.Length == 0 ? $"spBv1.0/{group}/NCMD/{node}" : $"spBv1.0/{group}/DCMD/{node}/{device}", payload));
    }

    /// <summary>Says something on a topic of its own.</summary>
    public void Say(string topic, string text) => outgoing.Writer.TryWrite((topic, Encoding.UTF8.GetBytes(text)));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        outgoing.Writer.TryComplete();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    // A new client for each connection: one that loses it over and over waits longer each time, which is right in a city and takes long in a test.
    private async Task Listen(string group)
    {
        while (!ending.IsCancellationRequested)
        {
            using var next = new MqttClient(options, Hear, time);
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            next.Changed += now => { if (now is { Phase: MqttPhase.Apart, LastFault: not MqttFault.None }) lost.Cancel(); };
            await next.Subscribe(new MqttSubscription(MqttFilter.Parse($"spBv1.0/{group}/#"), MqttQos.AtLeastOnce), ending.Token);
            client = next;
            await next.Run(lost.Token);
            client = null;
            await Task.Delay(50, ending.Token);
        }
    }

    private async Task Answer()
    {
        await foreach (var (topic, payload) in outgoing.Reader.ReadAllAsync(ending.Token))
            if (client is { } now) await now.Publish(new MqttMessage(MqttTopic.Parse(topic), payload, MqttQos.AtMostOnce), ending.Token);
    }

    private void Hear(in MqttDelivery delivery)
    {
        var parts = Encoding.UTF8.GetString(delivery.Topic).Split('/');
        if (parts.Length < 4 || parts[2] is "NCMD" or "DCMD") return;
        if (!SparkplugPayload.TryParse(delivery.Payload, SparkplugLimits.Birth, out var payload, out _)) throw new InvalidDataException($"{parts[2]} of {parts[3]} is no payload.");
        lock (gate)
        {
            var node = Node(parts[3]);
            var told = node.Take(parts[2], parts.Length > 4 ? parts[4] : "", payload);
            if (told == Told.Rebirth) outgoing.Writer.TryWrite(($"spBv1.0/{parts[1]}/NCMD/{parts[3]}", NodeStandIn.Command([("Node Control/Rebirth", 0, SparkplugScalar.Of(true))], time.GetUtcNow())));
            else if (told == Told.Acknowledge && Acknowledges) outgoing.Writer.TryWrite(($"spBv1.0/{parts[1]}/NCMD/{parts[3]}", node.Acknowledgement(time.GetUtcNow())));
        }
    }

    private NodeStandIn Node(string name)
    {
        if (!nodes.TryGetValue(name, out var node)) nodes[name] = node = new NodeStandIn { New = sample => New(sample) };
        return node;
    }
}
