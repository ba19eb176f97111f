using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>How nodes and devices go, and come back.</summary>
public sealed class DeathTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311, MqttReason.Success)]
    [InlineData(MqttVersion.V50, MqttReason.DisconnectWithWill)]
    [Statement(
        "operational-behavior-edge-node-intentional-disconnect-ndeath", "operational-behavior-edge-node-intentional-disconnect-packet", "payloads-ndeath-will-message-publisher",
        "payloads-ndeath-will-message-publisher-disconnect-mqtt311", "payloads-ndeath-will-message-publisher-disconnect-mqtt50", "payloads-ndeath-bdseq", "topics-ndeath-payload")]
    public async Task Node_that_leaves_says_its_death_and_then_goodbye(MqttVersion version, MqttReason goodbye)
    {
        await using var stage = new EdgeStage(version);
        using (var first = await stage.Bear(Stop)) { }
        using var line = await stage.Bear(Stop);
        await stage.Publish("CP", EdgeStage.Datum(10, 1));

        var stopping = stage.Stop();
        var rest = await line.Rest(Stop);
        line.Dispose();
        await stopping;

        rest.Select(said => said.Kind).ShouldBe([MqttPacketKind.Publish, MqttPacketKind.Publish, MqttPacketKind.Disconnect]);
        rest[1].Topic.ShouldBe("spBv1.0/Ville/NDEATH/École 1");
        (rest[1].Payload.Sequence, rest[1].IsRetained).ShouldBe((null, false));
        (rest[1].Payload.Metrics.ShouldHaveSingleItem().Name, rest[1]["bdSeq"].Value.Bits).ShouldBe(("bdSeq", 1ul));
        rest[2].Reason.ShouldBe(goodbye);
        (stage.Edge.Standing.Phase, stage.Edge.Standing.Birth).ShouldBe((SparkplugPhase.Apart, 0));
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("principles-birth-certificates-order")]
    public async Task Node_that_leaves_before_its_birth_says_no_death()
    {
        await using var stage = new EdgeStage(with: options => options with { PrimaryHost = "City" });
        using var line = await stage.Admit(3, Stop);
        await stage.Until(standing => standing.Phase == SparkplugPhase.WaitingForHost, Stop);
        var stopping = stage.Stop();

        (await line.Rest(Stop)).Select(said => said.Kind).ShouldBe([MqttPacketKind.Disconnect]);
        line.Dispose();
        await stopping;
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-device-ddeath", "topics-ddeath-topic", "topics-ddeath-mqtt", "topics-ddeath-seq-num", "payloads-ddeath-seq", "payloads-ddeath-seq-inc", "payloads-ddeath-seq-number")]
    public async Task Device_that_is_gone_dies_once_and_takes_no_more_data()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);

        await stage.Edge.DeviceDied("CP", Stop);
        await stage.Edge.DeviceDied("CP", Stop);
        await stage.Edge.DeviceDied("none", Stop);
        (await stage.Publish("CP", EdgeStage.Datum(10, 1))).ShouldBe(SparkplugSent.NotBorn);
        (await stage.Publish("Boiler", new SparkplugDatum(20, SparkplugScalar.Of(false), EdgeStage.At))).ShouldBe(SparkplugSent.Sent);

        var said = await line.Take(2, Stop);
        (said[0].Topic, said[0].Payload.Sequence, said[0].Qos, said[0].IsRetained).ShouldBe(("spBv1.0/Ville/DDEATH/École 1/CP", (byte?)3, MqttQos.AtMostOnce, false));
        said[0].Payload.Metrics.ShouldBeEmpty();
        (said[1].Verb, said[1].Payload.Sequence).ShouldBe(("DDATA", (byte?)4));
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("payloads-dbirth-seq-inc", "topics-dbirth-seq", "payloads-dbirth-seq")]
    public async Task Device_that_is_back_is_born_alone_in_the_same_sequence()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        await stage.Edge.DeviceDied("CP", Stop);

        stage.Birth = stage.Birth with { Devices = [.. stage.Birth.Devices, new("New", [EdgeStage.Metric("x", 30, SparkplugType.Int32, SparkplugScalar.Of(1))])] };
        await stage.Edge.DeviceBorn("CP", Stop);
        await stage.Edge.DeviceBorn("New", Stop);
        (await stage.Publish("New", new SparkplugDatum(30, SparkplugScalar.Of(2), EdgeStage.At))).ShouldBe(SparkplugSent.Sent);

        (await line.Take(4, Stop)).Select(said => $"{said.Verb} {said.Topic.Split('/')[^1]} {said.Payload.Sequence}").ShouldBe(["DDEATH CP 3", "DBIRTH CP 4", "DBIRTH New 5", "DDATA New 6"]);
        stage.Edge.Standing.Births.ShouldBe(1);
        await Should.ThrowAsync<ArgumentException>(async () => await stage.Edge.DeviceBorn("none", Stop));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Dead_device_is_left_out_of_the_births_until_it_is_back()
    {
        await using var stage = new EdgeStage();
        await stage.Edge.DeviceDied("CP", Stop);
        using (var line = await stage.Admit(2, Stop))
        {
            (await line.Take(2, Stop)).Select(said => said.Topic.Split('/')[^1]).ShouldBe(["École 1", "Boiler"]);
            await stage.Until(standing => standing.Phase == SparkplugPhase.Born, Stop);
            await stage.Edge.DeviceBorn("CP", Stop);
            (await line.Take(1, Stop))[0].Topic.ShouldBe("spBv1.0/Ville/DBIRTH/École 1/CP");
        }

        using var next = await stage.Bear(Stop);
        next.Births.Length.ShouldBe(3);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("payloads-alias-uniqueness")]
    public async Task Device_born_later_must_not_take_an_alias_that_another_has()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        stage.Birth = new([], [new("New", [EdgeStage.Metric("x", 21, SparkplugType.Int32, SparkplugScalar.Of(1))])]);

        (await Should.ThrowAsync<ArgumentException>(async () => await stage.Edge.DeviceBorn("New", Stop))).Message.ShouldContain("21");
        (await stage.Publish("", EdgeStage.Datum(1, 0))).ShouldBe(SparkplugSent.Sent);
        (await line.Take(1, Stop))[0].Payload.Sequence.ShouldBe((byte)3);
    }
}
