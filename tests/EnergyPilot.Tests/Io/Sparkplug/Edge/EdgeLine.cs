using System.Buffers;
using System.Text;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>One connection of an edge node, seen from the server.</summary>
internal sealed class EdgeLine(FakeBroker.Line line, MqttVersion version) : IDisposable
{
    public EdgeConnect Connect { get; private set; } = new("", "", default, false, [], false, -1);

    /// <summary>What it subscribed to, with the QoS asked for.</summary>
    public List<string> Subscriptions { get; } = [];

    public EdgeSaid[] Births { get; set; } = [];

    private bool IsV50 => version == MqttVersion.V50;

    public async Task ReadConnect(CancellationToken stop)
    {
        MqttConnect.TryParse(Frame(await line.Next(stop)), out var packet, out var fault).ShouldBeTrue($"{fault}");
        Connect = new EdgeConnect(
            MqttText.Of(packet.ClientId), MqttText.Of(packet.WillTopic), packet.WillQos, packet.IsWillRetained, packet.WillPayload.ToArray(),
            packet.IsCleanStart, (long)packet.Properties.Number(MqttPropertyId.SessionExpiryInterval, 0));
    }

    public Task Welcome(CancellationToken stop) => line.Say(IsV50 ? "2003000000" : "20020000", stop);

    /// <summary>Answers the next subscriptions, as a rule with QoS 1.</summary>
    public async Task Grant(int count, CancellationToken stop, string code = "01")
    {
        for (; count > 0; count--)
        {
            var hex = await line.Next(stop);
            MqttSubscribe.TryParse(Frame(hex), version, out var packet, out var fault).ShouldBeTrue($"{fault}: {hex}");
            foreach (var (filter, options) in EdgeSaid.Filters(packet))
                Subscriptions.Add($"{filter} {options & 3}");
            await line.Say((IsV50 ? "9004" : "9003") + $"{packet.Identifier:X4}" + (IsV50 ? "00" : "") + code, stop);
        }
    }

    /// <summary>The next packet; null when the node has closed.</summary>
    public async Task<EdgeSaid?> Next(CancellationToken stop)
    {
        while (true)
        {
            var hex = await line.Next(stop);
            if (hex == "C000")
                await line.Say("D000", stop);
            else
                return hex.Length == 0 ? null : EdgeSaid.Of(Frame(hex), version);
        }
    }

    public async Task<EdgeSaid[]> Take(int count, CancellationToken stop)
    {
        var all = new List<EdgeSaid>();
        while (all.Count < count)
            all.Add(await Next(stop) ?? throw new InvalidOperationException($"The node has left after {all.Count} packets."));
        return [.. all];
    }

    /// <summary>Everything until the node has closed.</summary>
    public async Task<EdgeSaid[]> Rest(CancellationToken stop)
    {
        var all = new List<EdgeSaid>();
        while (await Next(stop) is { } said)
            all.Add(said);
        return [.. all];
    }

    /// <summary>Delivers a message to the node.</summary>
    public Task Deliver(string topic, byte[] payload, CancellationToken stop, bool isRetained = false) => line.Say(
        Convert.ToHexString(MqttBytes.Of(
            new MqttPublish { Topic = new(Encoding.UTF8.GetBytes(topic)), Payload = new(payload), IsRetained = isRetained, Properties = MqttProperties.None }, version)), stop);

    public Task Deliver(string topic, string payload, CancellationToken stop, bool isRetained = false) =>
        Deliver(topic, Encoding.UTF8.GetBytes(payload), stop, isRetained);

    /// <summary>Asks the node for its births.</summary>
    public Task AskRebirth(CancellationToken stop) => Deliver("spBv1.0/Ville/NCMD/École 1", EdgeSaid.Rebirth, stop);

    public Task SayHex(string hex, CancellationToken stop) => line.Say(hex, stop);

    public void Dispose() => line.Dispose();

    private static MqttFrame Frame(string hex)
    {
        var bytes = new ReadOnlySequence<byte>(Convert.FromHexString(hex));
        MqttFrame.TryTake(ref bytes, 1 << 20, out var frame, out var fault).ShouldBeTrue($"{fault}: {hex}");
        return frame;
    }
}

/// <summary>What a CONNECT said.</summary>
internal sealed record EdgeConnect(string ClientId, string WillTopic, MqttQos WillQos, bool IsWillRetained, byte[] Will, bool IsClean, long SessionExpiry)
{
    public PayloadFacts Death => PayloadFacts.Read(Will);

    /// <summary>bdSeq in the will.</summary>
    public ulong Number => Death.Metrics.ShouldHaveSingleItem().Value.Bits;
}
