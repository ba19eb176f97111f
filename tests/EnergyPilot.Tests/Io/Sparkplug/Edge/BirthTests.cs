using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>What births say.</summary>
public sealed class BirthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "topic-structure", "topic-structure-namespace-a", "topics-nbirth-topic", "topics-dbirth-topic", "topics-nbirth-mqtt", "topics-dbirth-mqtt", "topics-nbirth-seq-num", "topics-dbirth-seq",
        "topic-structure-namespace-device-id-associated-message-types", "intro-group-id-string", "intro-edge-node-id-string", "intro-device-id-string",
        "payloads-nbirth-qos", "payloads-nbirth-retain", "payloads-dbirth-qos", "payloads-dbirth-retain", "payloads-nbirth-seq", "payloads-dbirth-seq", "payloads-dbirth-seq-inc", "payloads-dbirth-order",
        "payloads-sequence-num-always-included", "payloads-sequence-num-req-nbirth", "payloads-sequence-num-incrementing",
        "message-flow-edge-node-birth-publish-nbirth-topic", "message-flow-edge-node-birth-publish-nbirth-payload", "message-flow-edge-node-birth-publish-nbirth-qos",
        "message-flow-edge-node-birth-publish-nbirth-retained", "message-flow-edge-node-birth-publish-nbirth-payload-seq",
        "message-flow-device-birth-publish-nbirth-wait", "message-flow-device-birth-publish-dbirth-topic", "message-flow-device-birth-publish-dbirth-match-edge-node-topic",
        "message-flow-device-birth-publish-dbirth-payload", "message-flow-device-birth-publish-dbirth-qos", "message-flow-device-birth-publish-dbirth-retained",
        "message-flow-device-birth-publish-dbirth-payload-seq")]
    public async Task Node_is_born_first_and_its_devices_follow_in_one_sequence(MqttVersion version)
    {
        await using var stage = new EdgeStage(version);
        using var line = await stage.Bear(Stop);

        line.Births.Select(said => (said.Topic, said.Payload.Sequence, said.Qos, said.IsRetained)).ShouldBe(
        [
            ("spBv1.0/Ville/NBIRTH/École 1", (byte?)0, MqttQos.AtMostOnce, false),
            ("spBv1.0/Ville/DBIRTH/École 1/CP", (byte?)1, MqttQos.AtMostOnce, false),
            ("spBv1.0/Ville/DBIRTH/École 1/Boiler", (byte?)2, MqttQos.AtMostOnce, false),
        ]);
        (stage.Edge.Standing.Birth, stage.Edge.Standing.Births, stage.Edge.Standing.Sent).ShouldBe((1, 1, 3));
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement(
        "topics-nbirth-metrics", "topics-nbirth-metric-reqs", "topics-dbirth-metrics", "topics-dbirth-metric-reqs", "payloads-alias-birth-requirement", "payloads-metric-datatype-req",
        "payloads-name-birth-data-requirement", "operational-behavior-data-publish-nbirth", "operational-behavior-data-publish-dbirth",
        "operational-behavior-data-publish-nbirth-values", "operational-behavior-data-publish-dbirth-values", "payloads-name-requirement")]
    public async Task Every_metric_has_its_name_its_type_its_time_and_its_value_or_none()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        var at = (ulong)EdgeStage.At.ToUnixTimeMilliseconds();

        line.Births[0].Payload.Metrics.Select(metric => metric.Name).ShouldBe(["Outdoor/Temperature", "Site", "bdSeq", "Node Control/Rebirth"]);
        line.Births[0].Payload.Metrics.ShouldAllBe(metric => metric.Timestamp != null && metric.Type != SparkplugType.Unknown);
        line.Births[0]["Outdoor/Temperature"].ToString().ShouldBe(
            new MetricFacts("Outdoor/Temperature", SparkplugType.Double, new(SparkplugValueKind.Double, BitConverter.DoubleToUInt64Bits(-3.5), "")) { Alias = 1, Timestamp = at }.ToString());
        line.Births[0]["Site"].Alias.ShouldBeNull();
        line.Births[1].Payload.Metrics.Select(metric => metric.ToString()).ShouldBe(
        [
            new MetricFacts("Temperature", SparkplugType.Float, new(SparkplugValueKind.Float, BitConverter.SingleToUInt32Bits(19.5f), "")) { Alias = 10, Timestamp = at }.ToString(),
            new MetricFacts("Setpoint", SparkplugType.Double, ValueFacts.None) { Alias = 11, Timestamp = at, IsNull = true }.ToString(),
        ]);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement(
        "topics-nbirth-rebirth-metric", "payloads-nbirth-rebirth-req", "operational-behavior-data-commands-rebirth-name", "operational-behavior-data-commands-rebirth-name-aliases",
        "operational-behavior-data-commands-rebirth-datatype", "operational-behavior-data-commands-rebirth-value", "topics-nbirth-bdseq-included", "payloads-nbirth-bdseq")]
    public async Task Node_offers_its_rebirth_without_an_alias()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);

        var rebirth = line.Births[0]["Node Control/Rebirth"];
        (rebirth.Type, rebirth.Value, rebirth.Alias).ShouldBe((SparkplugType.Boolean, new ValueFacts(SparkplugValueKind.Boolean, 0, ""), null));
        line.Births[0]["bdSeq"].Alias.ShouldBeNull();
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement(
        "topics-nbirth-timestamp", "topics-dbirth-timestamp", "payloads-nbirth-timestamp", "payloads-dbirth-timestamp", "payloads-timestamp-in-UTC",
        "payloads-ndata-timestamp", "payloads-ddata-timestamp", "payloads-ddeath-timestamp", "topics-ndata-timestamp", "topics-ddata-timestamp")]
    public async Task Messages_say_when_they_are_sent()
    {
        var clock = new ManualTime(new DateTimeOffset(2026, 7, 1, 14, 0, 0, TimeSpan.FromHours(2)));
        await using var stage = new EdgeStage(time: clock);
        using var line = await stage.Bear(Stop);
        await stage.Publish("", EdgeStage.Datum(1, 1));
        await stage.Publish("CP", EdgeStage.Datum(10, 1));
        await stage.Edge.DeviceDied("CP", Stop);

        line.Births.Concat(await line.Take(3, Stop)).ShouldAllBe(said => said.Payload.Timestamp == 1_782_907_200_000);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-data-publish-nbirth-order", "operational-behavior-data-publish-dbirth-order")]
    public async Task Metrics_stand_in_the_order_of_their_times()
    {
        var late = EdgeStage.Metric("late", 1, SparkplugType.Int32, SparkplugScalar.Of(1)) with { At = EdgeStage.At.AddHours(1) };
        var early = EdgeStage.Metric("early", 2, SparkplugType.Int32, SparkplugScalar.Of(1));
        await using var stage = new EdgeStage() { Birth = new([late, early], [new("d", [late with { Alias = 3 }, early with { Alias = 4 }])]) };
        using var line = await stage.Bear(Stop);

        line.Births[0].Payload.Metrics.Select(metric => metric.Name).ShouldBe(["early", "late", "bdSeq", "Node Control/Rebirth"]);
        line.Births[1].Payload.Metrics.Select(metric => metric.Name).ShouldBe(["early", "late"]);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("payloads-metric-propertyvalue-type-req", "payloads-metric-propertyvalue-type-type", "payloads-propertyset-keys-array-size", "payloads-propertyset-values-array-size", "payloads-propertyset-quality-value-type")]
    public async Task Properties_say_unit_range_and_quality()
    {
        var metric = EdgeStage.Metric("t", 1, SparkplugType.Double, SparkplugScalar.Of(20)) with
        {
            Properties = [("engUnit", SparkplugScalar.Of("°C")), ("engLow", SparkplugScalar.Of(-30.0)), ("Quality", SparkplugScalar.Of(500)), ("brick", SparkplugScalar.Of(true))],
        };
        await using var stage = new EdgeStage() { Birth = new([metric], []) };
        using var line = await stage.Bear(Stop);

        PropertyFacts.List(line.Births[0]["t"].Properties).Properties.TryFind("Quality"u8, out var quality).ShouldBeTrue();
        (quality.Type, quality.Value.TryInteger(SparkplugType.Int32, out var code), code).ShouldBe((SparkplugType.Int32, true, 500));
        line.Births[0]["t"].Properties.Select(property => $"{property.Key} {property.Type}").ShouldBe(["engUnit String", "engLow Double", "Quality Int32", "brick Boolean"]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Births_too_large_for_the_server_are_said_and_the_node_does_not_speak()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Accept(Stop);
        // CONNACK with a maximum packet size of 90 bytes: enough for the subscriptions.
        await line.SayHex("20080000052700 00005A", Stop);
        await line.Grant(2, Stop);

        (await line.Rest(Stop)).Select(said => said.Kind).ShouldBe([MqttPacketKind.Disconnect]);
        (await stage.Until(standing => standing.LastFaultText.Length > 0, Stop)).LastFaultText.ShouldContain("does not take the births: TooLarge");
    }
}
