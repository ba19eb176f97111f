using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>From CONNECT to the first message.</summary>
public sealed class ConnectTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "message-flow-edge-node-birth-publish-will-message", "message-flow-edge-node-birth-publish-will-message-topic", "message-flow-edge-node-birth-publish-will-message-payload",
        "message-flow-edge-node-birth-publish-will-message-payload-bdSeq", "message-flow-edge-node-birth-publish-will-message-qos", "message-flow-edge-node-birth-publish-will-message-will-retained",
        "payloads-ndeath-will-message", "payloads-ndeath-will-message-qos", "payloads-ndeath-will-message-retain", "payloads-ndeath-seq",
        "topics-ndeath-topic", "topics-ndeath-payload", "topics-ndeath-seq")]
    public async Task Will_is_the_death_certificate(MqttVersion version)
    {
        await using var stage = new EdgeStage(version);
        using var line = await stage.Accept(Stop);

        line.Connect.WillTopic.ShouldBe("spBv1.0/Ville/NDEATH/École 1");
        (line.Connect.WillQos, line.Connect.IsWillRetained).ShouldBe((MqttQos.AtLeastOnce, false));
        line.Connect.Death.Sequence.ShouldBeNull();
        var number = line.Connect.Death.Metrics.ShouldHaveSingleItem();
        (number.Name, number.Type, number.Alias, number.Value).ShouldBe(("bdSeq", SparkplugType.Int64, null, new(SparkplugValueKind.Long, 0, "")));
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement("principles-persistence-clean-session-311", "principles-persistence-clean-session-50")]
    public async Task Session_begins_and_ends_with_the_connection(MqttVersion version)
    {
        await using var stage = new EdgeStage(version);
        using var line = await stage.Accept(Stop);

        (line.Connect.IsClean, line.Connect.SessionExpiry).ShouldBe((true, 0));
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("topics-nbirth-bdseq-increment", "topics-nbirth-bdseq-matching", "payloads-nbirth-bdseq-repeat", "payloads-ndeath-bdseq", "message-flow-edge-node-birth-publish-nbirth-payload-bdSeq")]
    public async Task Number_of_deaths_grows_with_every_CONNECT_and_the_birth_repeats_it()
    {
        await using var stage = new EdgeStage();
        for (var number = 0ul; number < 3; number++)
        {
            using var line = await stage.Bear(Stop);
            line.Connect.Number.ShouldBe(number);
            var metric = line.Births[0]["bdSeq"];
            (metric.Type, metric.Value.Bits, metric.Alias).ShouldBe((SparkplugType.Int64, number, null));
        }
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("message-flow-edge-node-birth-publish-will-message-payload-bdSeq")]
    public async Task Number_of_deaths_begins_again_after_255()
    {
        var clock = new ManualTime();
        await using var stage = new EdgeStage(with: options => options with { Mqtt = options.Mqtt with { Deadline = TimeSpan.FromDays(30) } }, time: clock);
        var numbers = new List<ulong>();
        for (var i = 0; i < 258; i++)
        {
            var accepting = stage.Accept(Stop);
            while (!accepting.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(40));
                await Task.WhenAny(accepting, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Stop));
            }

            using var line = await accepting;
            numbers.Add(line.Connect.Number);
        }

        numbers.ShouldBe([.. Enumerable.Range(0, 256).Select(n => (ulong)n), 0, 1]);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "principles-birth-certificates-order", "message-flow-edge-node-birth-publish-connect", "message-flow-edge-node-ncmd-subscribe", "message-flow-device-dcmd-subscribe",
        "topics-ncmd-topic", "topics-dcmd-topic", "topic-structure-namespace-device-id-non-associated-message-types")]
    public async Task Commands_are_subscribed_to_and_granted_before_the_birth_which_is_the_first_message(MqttVersion version)
    {
        await using var stage = new EdgeStage(version);
        using var line = await stage.Accept(Stop);
        // A message for people waits in the window before there is a connection: it must not be the first.
        var mirror = stage.Edge.Client.Publish(new MqttMessage(MqttTopic.Parse("mirror"), "x"u8.ToArray(), MqttQos.AtLeastOnce), Stop);
        await line.Welcome(Stop);
        await line.Grant(2, Stop);

        line.Subscriptions.ShouldBe(["spBv1.0/Ville/NCMD/École 1 1", "spBv1.0/Ville/DCMD/École 1/+ 1"]);
        (await line.Take(4, Stop)).Select(said => said.Topic).ShouldBe(
            ["spBv1.0/Ville/NBIRTH/École 1", "spBv1.0/Ville/DBIRTH/École 1/CP", "spBv1.0/Ville/DBIRTH/École 1/Boiler", "mirror"]);
        mirror.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Node_whose_subscription_is_refused_is_not_born_and_tries_again()
    {
        await using var stage = new EdgeStage();
        using (var line = await stage.Accept(Stop))
        {
            await line.Welcome(Stop);
            await line.Grant(1, Stop);
            await line.Grant(1, Stop, code: "87");
            (await line.Rest(Stop)).Select(said => said.Kind).ShouldBe([MqttPacketKind.Disconnect]);
        }

        (await stage.Until(standing => standing.LastFaultText.Length > 0, Stop)).LastFaultText.ShouldContain("spBv1.0/Ville/DCMD/École 1/+");
        using var next = await stage.Bear(Stop);
    }
}
