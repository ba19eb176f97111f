using System.Text.Json;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Acknowledgement by the broker, where no city answers: after each stretch a message of QoS 1 on a topic of its own, kept, says up to where was sent.
/// A broker takes messages of one connection in their order, so when it has that one it has had the data; whether anybody stored them nobody knows.
/// </summary>
internal sealed class BrokerReceipts(SparkplugEdge edge, string group, string node, Func<string> log, Action<long> acknowledged)
{
    private readonly MqttTopic topic = MqttTopic.Parse($"energypilot/{group}/{node}/sent");
    private readonly Lock gate = new();
    private SequenceRanges taken = new(0);
    private long birth;

    /// <summary>Asks for a receipt of a stretch that was sent under a birth.</summary>
    /// <param name="through">Everything up to here was acknowledged before.</param>
    public async Task Ask(long birthOfStretch, Stretch stretch, long through, CancellationToken stop)
    {
        lock (gate)
            if (birth != birthOfStretch) (birth, taken) = (birthOfStretch, new SequenceRanges(through));
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Receipt(log(), stretch.Through), ReceiptJson.Default.Receipt);
        var answer = await edge.Client.Publish(new MqttMessage(topic, payload, MqttQos.AtLeastOnce) { Retain = true }, stop);

        // The question is asked again over the next connection; the data, being QoS 0, are not: such an answer says nothing of them.
        if (!answer.IsGood || edge.Standing is not { Phase: SparkplugPhase.Born } now || now.Birth != birthOfStretch) return;
        lock (gate)
        {
            if (birth != birthOfStretch) return;
            taken.Add(stretch.After, stretch.Through);
            acknowledged(taken.Through);
        }
    }
}

/// <summary>What stands on the topic of receipts.</summary>
internal sealed record Receipt(string Log, long Through);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJson : System.Text.Json.Serialization.JsonSerializerContext;
