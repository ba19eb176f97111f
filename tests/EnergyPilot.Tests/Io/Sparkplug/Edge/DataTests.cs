using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>What data say, and when they are not taken.</summary>
public sealed class DataTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "topics-ndata-topic", "topics-ddata-topic", "topics-ndata-mqtt", "topics-ddata-mqtt", "topics-ndata-seq-num", "topics-ddata-seq-num",
        "payloads-ndata-seq", "payloads-ddata-seq", "payloads-ndata-seq-inc", "payloads-ddata-seq-inc", "payloads-ndata-qos", "payloads-ddata-qos", "payloads-ndata-retain", "payloads-ddata-retain")]
    public async Task Data_of_node_and_devices_go_on_in_the_sequence_of_the_births(MqttVersion version)
    {
        await using var stage = new EdgeStage(version);
        using var line = await stage.Bear(Stop);

        (await stage.Publish("", EdgeStage.Datum(1, -4))).ShouldBe(SparkplugSent.Sent);
        (await stage.Publish("CP", EdgeStage.Datum(10, 20))).ShouldBe(SparkplugSent.Sent);

        (await line.Take(2, Stop)).Select(said => (said.Topic, said.Payload.Sequence, said.Qos, said.IsRetained)).ShouldBe(
        [
            ("spBv1.0/Ville/NDATA/École 1", (byte?)3, MqttQos.AtMostOnce, false),
            ("spBv1.0/Ville/DDATA/École 1/CP", (byte?)4, MqttQos.AtMostOnce, false),
        ]);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("payloads-sequence-num-incrementing", "payloads-ndata-seq-inc")]
    public async Task Sequence_goes_from_255_to_0()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        for (var i = 0; i < 300; i++)
            await stage.Publish(i % 2 == 0 ? "" : "CP", EdgeStage.Datum(i % 2 == 0 ? 1ul : 10, i));

        (await line.Take(300, Stop)).Select(said => (int)said.Payload.Sequence.GetValueOrDefault()).ShouldBe(Enumerable.Range(3, 300).Select(n => n % 256));
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement(
        "payloads-alias-data-cmd-requirement", "payloads-metric-datatype-not-req", "payloads-name-birth-data-requirement", "payloads-metric-timestamp-in-UTC",
        "topics-ndata-payload", "topics-ddata-payload", "principles-rbe-recommended", "operational-behavior-data-publish-nbirth-change", "operational-behavior-data-publish-dbirth-change")]
    public async Task Data_carry_what_was_published_and_no_more()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        var summer = new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.FromHours(2));
        await stage.Publish("", new SparkplugDatum(1, SparkplugScalar.Of(-4.0), summer), new SparkplugDatum(0, SparkplugScalar.None, summer) { Name = "Site" });
        await stage.Publish("CP", new SparkplugDatum(10, SparkplugScalar.Of(20), summer) { IsHistorical = true, Quality = SparkplugQuality.Stale });
        var at = (ulong)EdgeStage.At.ToUnixTimeMilliseconds();

        var said = await line.Take(2, Stop);
        said[0].Payload.Metrics.Select(metric => metric.ToString()).ShouldBe(
        [
            new MetricFacts("", SparkplugType.Unknown, new(SparkplugValueKind.Double, BitConverter.DoubleToUInt64Bits(-4), "")) { Alias = 1, Timestamp = at }.ToString(),
            new MetricFacts("Site", SparkplugType.Unknown, ValueFacts.None) { Timestamp = at, IsNull = true }.ToString(),
        ]);
        var late = said[1].Payload.Metrics.ShouldHaveSingleItem();
        (late.IsHistorical, late.Value).ShouldBe((true, new(SparkplugValueKind.Float, BitConverter.SingleToUInt32Bits(20), "")));
        late.Properties.ShouldHaveSingleItem().ToString().ShouldBe(new PropertyFacts("Quality", SparkplugType.Int32, new(SparkplugValueKind.Int, 500, "")).ToString());
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-data-publish-nbirth-order", "operational-behavior-data-publish-dbirth-order")]
    public async Task Data_are_put_in_the_order_of_their_times_and_equal_times_keep_theirs()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        await stage.Publish("CP", EdgeStage.Datum(11, 3, 2), EdgeStage.Datum(10, 1, 1), EdgeStage.Datum(11, 2, 1), EdgeStage.Datum(10, 0, 0));

        var metrics = (await line.Take(1, Stop))[0].Payload.Metrics;
        metrics.Select(metric => (metric.Alias, metric.Timestamp - (ulong)EdgeStage.At.ToUnixTimeMilliseconds())).ShouldBe([(10ul, 0ul), (10ul, 1000ul), (11ul, 1000ul), (11ul, 2000ul)]);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("payloads-ndata-order", "payloads-ddata-order", "payloads-dbirth-order")]
    public async Task No_data_before_the_births_and_none_of_another_birth()
    {
        await using var stage = new EdgeStage();
        (await stage.Edge.Publish(0, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);
        (await stage.Edge.Publish(1, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);
        using (var line = await stage.Bear(Stop))
        {
            (await stage.Edge.Publish(2, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);
            (await stage.Publish("none", EdgeStage.Datum(1, 0))).ShouldBe(SparkplugSent.NotBorn);
        }

        await stage.Until(standing => standing.Birth == 0, Stop);
        (await stage.Edge.Publish(1, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);
        using var next = await stage.Bear(Stop);
        (await stage.Edge.Publish(1, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.NotBorn);
        (await stage.Edge.Publish(2, "", new[] { EdgeStage.Datum(1, 0) }, Stop)).ShouldBe(SparkplugSent.Sent);
        (await next.Take(1, Stop))[0].Payload.Sequence.ShouldBe((byte)3);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-data-publish-nbirth", "operational-behavior-data-publish-dbirth")]
    public async Task What_the_birth_does_not_know_is_refused_and_costs_no_number()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);

        (await stage.Publish("", EdgeStage.Datum(1, 0), EdgeStage.Datum(2, 0))).ShouldBe(SparkplugSent.Refused);
        (await stage.Publish("CP", EdgeStage.Datum(20, 0))).ShouldBe(SparkplugSent.Refused);
        (await stage.Publish("", new SparkplugDatum(0, SparkplugScalar.Of(1), EdgeStage.At) { Name = "Sites" })).ShouldBe(SparkplugSent.Refused);
        (await stage.Publish("Boiler", EdgeStage.Datum(20, 1))).ShouldBe(SparkplugSent.Refused);
        (await stage.Publish("Boiler", new SparkplugDatum(21, SparkplugScalar.Of(-1), EdgeStage.At))).ShouldBe(SparkplugSent.Refused);
        (await stage.Publish("", new SparkplugDatum(1, SparkplugScalar.Of(1.0), DateTimeOffset.MinValue))).ShouldBe(SparkplugSent.Refused);
        stage.Edge.Standing.LastFaultText.ShouldContain("1970");

        (await stage.Publish("", EdgeStage.Datum(1, 0))).ShouldBe(SparkplugSent.Sent);
        (await line.Take(1, Stop))[0].Payload.Sequence.ShouldBe((byte)3);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Too_much_at_once_is_said_and_costs_no_number()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);

        (await stage.Publish("", new SparkplugDatum(0, SparkplugScalar.Of(new string('x', 300_000)), EdgeStage.At) { Name = "Site" })).ShouldBe(SparkplugSent.TooLarge);
        (await stage.Publish("")).ShouldBe(SparkplugSent.Sent);
        (await stage.Publish("", EdgeStage.Datum(1, 0))).ShouldBe(SparkplugSent.Sent);
        (await line.Take(1, Stop))[0].Payload.Sequence.ShouldBe((byte)3);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Server_that_does_not_read_holds_publishing_back_and_a_node_that_is_stopped_does_not_wait_for_it()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        var text = new SparkplugDatum(0, SparkplugScalar.Of(new string('x', 50_000)), EdgeStage.At) { Name = "Site" };
        ValueTask<SparkplugSent> publishing;
        do
            publishing = stage.Publish("", text);
        while (await Task.WhenAny(publishing.AsTask(), Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Stop)) is Task<SparkplugSent> done && await done == SparkplugSent.Sent);

        await stage.Stop();
        stage.Edge.Standing.Phase.ShouldBe(SparkplugPhase.Apart);
        (await stage.Edge.Publish(1, "", new[] { text }, Stop)).ShouldBe(SparkplugSent.NotBorn);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("payloads-sequence-num-incrementing")]
    public async Task Many_senders_at_once_leave_no_gap()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        var reading = line.Take(800, Stop);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await stage.Publish(sender % 2 == 0 ? "" : "CP", EdgeStage.Datum(sender % 2 == 0 ? 1ul : 10, i));
        })));

        (await reading).Select(said => (int)said.Payload.Sequence.GetValueOrDefault()).ShouldBe(Enumerable.Range(3, 800).Select(n => n % 256));
    }
}
