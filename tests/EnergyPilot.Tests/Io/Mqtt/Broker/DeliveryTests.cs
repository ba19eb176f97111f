using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>Who gets which message and how: retained, overlapping, shared; byte by byte.</summary>
public sealed class DeliveryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // MQTT-3.3.1-5 to -8, -12
    [Fact(Timeout = Patience.Hang)]
    public async Task Last_message_of_a_topic_is_kept_until_it_is_emptied()
    {
        await using var broker = new RunningBroker();
        using var publisher = await broker.Dial(Say.Connect("p"), Stop);
        using var early = await broker.Dial(Say.Connect("early"), Stop);
        await early.Ask(Say.Subscribe("#"), Stop);

        foreach (var (topic, payload) in new[] { ("a/1", "old"), ("a/2", "x"), ("a/1", "new"), ("a/3", "gone"), ("b", "other"), ("a/3", "") })
            (await publisher.Ask(Say.Publish(topic, payload, 3), Stop)).ShouldBe("40020001");

        (await early.Hear(Stop)).ShouldBe("a/1 old q1 #1");
        using var late = await broker.Dial(Say.Connect("late"), Stop);
        await late.Ask(Say.Subscribe("a/#", options: 0), Stop);
        (await late.Hear(Stop)).ShouldBe("a/2 x q0r");
        (await late.Hear(Stop)).ShouldBe("a/1 new q0r");
        await late.HearsNothing(Stop);
        await late.Ask(Say.Subscribe("b"), Stop);
        (await late.Hear(Stop)).ShouldBe("b other q1r #1");
        broker.Figures.Retained.ShouldBe(3);
    }

    // MQTT-3.3.1-9 to -11
    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttRetainHandling.Send, true, true)]
    [InlineData(MqttRetainHandling.SendIfNew, true, false)]
    [InlineData(MqttRetainHandling.DoNotSend, false, false)]
    public async Task Subscriber_says_when_it_wants_what_was_kept(MqttRetainHandling handling, bool first, bool again)
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        await line.Ask(Say.Publish("a", "x", 3), Stop);

        foreach (var isSent in new[] { first, again })
        {
            await line.Ask(Say.Subscribe("a", options: (int)handling << 4), Stop);
            if (isSent)
                (await line.Hear(Stop)).ShouldBe("a x q0r");
            await line.HearsNothing(Stop);
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Thousands_of_kept_messages_come_to_a_slow_subscriber_once_each_and_never_older_than_news()
    {
        const int Count = 3_000;
        await using var broker = RunningBroker.With(new MqttBrokerLimits { QueuedMessages = 10 });
        await using var publisher = new RunningClient(broker.To);
        await publisher.UntilConnected(Stop);
        for (var n = 0; n < Count; n++)
            (await publisher.Client.Publish(RunningClient.Message($"t/{n}", "old") with { Retain = true }, Stop)).IsGood.ShouldBeTrue();
        using var line = await broker.Dial(Say.Connect("c", properties: new MqttPropertyList().Add(MqttPropertyId.ReceiveMaximum, 1)), Stop);
        await line.Ask(Say.Subscribe("t/+", options: 1 | 8), Stop);

        (await publisher.Client.Publish(RunningClient.Message($"t/{Count - 1}", "new") with { Retain = true }, Stop)).IsGood.ShouldBeTrue();

        var seen = new List<string>();
        for (var n = 1; n <= Count; n++)
        {
            seen.Add((await line.Hear(Stop)).Split(' ')[0]);
            await line.Say(Say.Acknowledge((ushort)n), Stop);
        }

        seen.ShouldBe(Enumerable.Range(0, Count).Select(n => $"t/{n}"));
        await line.HearsNothing(Stop);
        broker.Figures.Dropped.ShouldBe(0);
    }

    // MQTT-3.3.4-2 to -5, MQTT-3.8.3-3, MQTT-3.3.1-13
    [Fact(Timeout = Patience.Hang)]
    public async Task Overlapping_subscriptions_make_one_message_with_the_highest_QoS_and_all_identifiers()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        await line.Ask(Say.Subscribe("a/#", options: 0, identifier: 200), Stop);
        await line.Ask(Say.Subscribe("a/+", options: 2 | 8, identifier: 3), Stop);
        await line.Ask(Say.Subscribe("+/b", options: 4, identifier: 4), Stop);
        using var other = await broker.Dial(Say.Connect("o"), Stop);

        await line.Say(Say.Publish("a/b", "own", 3), Stop);
        var seen = new HashSet<string> { await line.Hear(Stop), await line.Hear(Stop) };
        seen.ShouldContain("40020001");
        seen.ShouldContain(text => text.StartsWith("a/b own q1r #1 SubscriptionIdentifier=", StringComparison.Ordinal) && text.Contains("=200") && text.Contains("=3") && !text.Contains("=4"));
        await other.Say(Say.Publish("a/b", "x"), Stop);
        (await line.Hear(Stop)).Split("SubscriptionIdentifier=").Length.ShouldBe(4);
        await line.HearsNothing(Stop);
    }

    // MQTT-3.3.2-4, -15 to -20
    [Fact(Timeout = Patience.Hang)]
    public async Task Properties_of_a_message_are_passed_on_as_they_came()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        await line.Ask(Say.Subscribe("a", options: 0), Stop);
        var properties = new MqttPropertyList().Add(MqttPropertyId.PayloadFormatIndicator, 1).AddUser("b", "1").Add(MqttPropertyId.ContentType, "text")
            .Add(MqttPropertyId.ResponseTopic, "r").Add(MqttPropertyId.CorrelationData, [1, 2, 3]).AddUser("a", "2").AddUser("a", "2");
        var packet = Say.Publish("a", "x", properties: properties);

        (await line.Ask(packet, Stop)).ShouldBe(packet);
        using var old = await broker.Dial(Say.Connect("old", MqttVersion.V311), Stop);
        await old.Ask(Say.Subscribe("a", options: 0, version: MqttVersion.V311), Stop);
        await line.Say(packet, Stop);
        (await old.Next(Stop)).ShouldBe(Say.Publish("a", "x", version: MqttVersion.V311));
    }

    // MQTT-3.1.2-24, -25
    [Fact(Timeout = Patience.Hang)]
    public async Task Client_is_not_sent_what_is_too_long_for_it()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c", properties: new MqttPropertyList().Add(MqttPropertyId.MaximumPacketSize, 40)), Stop);
        await line.Ask(Say.Subscribe("a"), Stop);
        using var publisher = await broker.Dial(Say.Connect("p"), Stop);

        await publisher.Ask(Say.Publish("a", new string('x', 40), 2), Stop);
        await publisher.Ask(Say.Publish("a", "y", 2), Stop);

        (await line.Hear(Stop)).ShouldBe("a y q1 #2");
        broker.Figures.Dropped.ShouldBe(1);
    }

    // MQTT-4.7.2-1
    [Fact(Timeout = Patience.Hang)]
    public async Task Wildcard_in_front_does_not_reach_topics_of_the_server()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        await line.Ask(Say.Subscribe("#"), Stop);
        await line.Ask(Say.Subscribe("+/x"), Stop);

        (await line.Ask(Say.Publish("$SYS/x", "secret", 3), Stop)).ShouldBe("4003000110");
        await line.Ask(Say.Subscribe("$SYS/+", options: 0), Stop);
        (await line.Hear(Stop)).ShouldBe("$SYS/x secret q0r");
    }

    // MQTT-4.8.2-1, -4; §4.8.2: nothing retained.
    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Shared_subscription_gives_each_message_to_one_member_in_turn(MqttVersion version)
    {
        await using var broker = new RunningBroker();
        await using var publisher = new RunningClient(broker.To);
        await publisher.UntilConnected(Stop);
        (await publisher.Client.Publish(RunningClient.Message("a/kept", "x") with { Retain = true }, Stop)).IsGood.ShouldBeTrue();
        await using var one = new RunningClient(broker.To with { Version = version, ClientId = "one" });
        await using var two = new RunningClient(broker.To with { Version = version, ClientId = "two" });
        await using var alone = new RunningClient(broker.To with { Version = version, ClientId = "alone" });
        foreach (var (client, filter) in new[] { (one, "$share/g/a/#"), (two, "$share/g/a/#"), (alone, "$share/other/a/+") })
        {
            await client.UntilConnected(Stop);
            (await client.Client.Subscribe(new MqttSubscription(MqttFilter.Parse(filter), MqttQos.AtLeastOnce), Stop)).Reason.ShouldBe(MqttReason.GrantedQos1);
        }

        for (var n = 0; n < 10; n++)
            (await publisher.Client.Publish(RunningClient.Message("a/b", $"{n}"), Stop)).Reason.ShouldBe(MqttReason.Success);

        for (var n = 0; n < 10; n++)
            (await alone.NextMessage(Stop)).ShouldBe($"a/b {n} q1");
        for (var n = 0; n < 10; n++)
            (await (n % 2 == 0 ? one : two).NextMessage(Stop)).ShouldBe($"a/b {n} q1");
        await one.Stop();
        (await publisher.Client.Publish(RunningClient.Message("a/b", "rest"), Stop)).IsGood.ShouldBeTrue();
        (await two.NextMessage(Stop)).ShouldBe("a/b rest q1");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Shared_message_of_QoS_1_waits_when_all_members_are_away()
    {
        await using var broker = new RunningBroker();
        using (var line = await broker.Dial(Say.Resume("c"), Stop))
            await line.Ask(Say.Subscribe("$share/g/a"), Stop);
        await broker.Until(MqttBrokerEvent.Ended, Stop);
        using var publisher = await broker.Dial(Say.Connect("p"), Stop);
        await publisher.Say(Say.Publish("a", "lost"), Stop);
        (await publisher.Ask(Say.Publish("a", "kept", 2), Stop)).ShouldBe("40020001");

        using var back = await broker.Dial(Say.Resume("c"), Stop, present: 1);
        (await back.Hear(Stop)).ShouldBe("a kept q1 #1");
        await back.HearsNothing(Stop);
    }
}
