using System.Buffers;
using System.Text;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>A packet that a node sent: a message, or its farewell.</summary>
internal sealed record EdgeSaid(MqttPacketKind Kind, string Topic, MqttQos Qos, bool IsRetained, byte[] Bytes, MqttReason Reason)
{
    /// <summary>A host's request for the births.</summary>
    public static byte[] Rebirth { get; } = Command(new MetricFacts("Node Control/Rebirth", SparkplugType.Boolean, new(SparkplugValueKind.Boolean, 1, "")));

    public PayloadFacts Payload => PayloadFacts.Read(Bytes);

    public string Verb => Topic.Split('/')[2];

    public MetricFacts this[string name] => Payload.Metrics.Single(metric => metric.Name == name);

    public static byte[] Command(params MetricFacts[] metrics) => new PayloadFacts(1_768_204_800_000, null, "", "", metrics).Bytes();

    public static EdgeSaid Of(in MqttFrame frame, MqttVersion version)
    {
        MqttMalformed fault;
        if (frame.Kind == MqttPacketKind.Disconnect)
        {
            MqttFarewell.TryParse(frame, version, out var farewell, out fault).ShouldBeTrue($"{fault}");
            return new EdgeSaid(frame.Kind, "", default, false, [], farewell.Reason);
        }

        frame.Kind.ShouldBe(MqttPacketKind.Publish);
        MqttPublish.TryParse(frame, version, out var publish, out fault).ShouldBeTrue($"{fault}");
        return new EdgeSaid(frame.Kind, MqttText.Of(publish.Topic), publish.Qos, publish.IsRetained, publish.Payload.ToArray(), default);
    }

    public static List<(string Filter, byte Options)> Filters(in MqttSubscribe packet)
    {
        var filters = new List<(string, byte)>();
        var list = new MqttReader(packet.Entries);
        while (MqttSubscribe.TryNext(ref list, packet.Kind, out var filter, out var options))
            filters.Add((MqttText.Of(filter), options));
        return filters;
    }

    public override string ToString() => $"{Kind} {Topic} {(int)Qos} {Encoding.UTF8.GetString(Bytes)}";
}
