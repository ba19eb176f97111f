using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>Sessions over connections, QoS 1 and 2 in them, and wills; byte by byte, on a clock that the test moves.</summary>
public sealed class SessionTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // MQTT-3.1.2-4 to -6, MQTT-3.2.2-2, -3
    [Fact(Timeout = Patience.Hang)]
    public async Task Session_is_kept_for_its_time_and_no_longer()
    {
        await using var broker = new RunningBroker(time: time);
        await Subscriber(broker, "a");
        await Publish(broker, "a", "1");

        time.Advance(TimeSpan.FromSeconds(99));
        using (var back = await broker.Dial(Say.Resume("c"), Stop, present: 1))
        {
            (await back.Hear(Stop)).ShouldBe("a 1 q1 #1");
            await back.Say(Say.Acknowledge(1), Stop);
            await back.HearsNothing(Stop);
        }

        await broker.Until(MqttBrokerEvent.Ended, Stop);
        time.Advance(TimeSpan.FromSeconds(101));
        await broker.Until(figures => figures.Sessions == 0, Stop);
        broker.Figures.Subscriptions.ShouldBe(0);
        using var late = await broker.Dial(Say.Resume("c"), Stop, present: 0);
        await Publish(broker, "a", "2");
        await late.HearsNothing(Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Clean_start_forgets_what_waited()
    {
        await using var broker = new RunningBroker(time: time);
        await Subscriber(broker, "a");
        await Publish(broker, "a", "1");
        broker.Figures.QueuedBytes.ShouldBeGreaterThan(0);

        using var back = await broker.Dial(Say.Resume("c", flags: 2), Stop);
        await back.HearsNothing(Stop);
        broker.Figures.QueuedBytes.ShouldBe(0);
    }

    // MQTT-3.3.1-1, MQTT-4.4.0-1, MQTT-4.6.0-1 to -6
    [Fact(Timeout = Patience.Hang)]
    public async Task Unacknowledged_comes_again_as_a_duplicate_in_order_and_with_its_identifier()
    {
        await using var broker = new RunningBroker(time: time);
        using (var line = await broker.Dial(Say.Resume("c"), Stop))
        {
            await line.Ask(Say.Subscribe("a"), Stop);
            await Publish(broker, "a", "1", "2", "3", "4");
            for (var n = 1; n <= 4; n++)
                (await line.Hear(Stop)).ShouldBe($"a {n} q1 #{n}");
            await line.Say(Say.Acknowledge(2), Stop);
            await line.HearsNothing(Stop);
        }

        await broker.Until(MqttBrokerEvent.Ended, Stop);
        await Publish(broker, "a", "5");
        using var back = await broker.Dial(Say.Resume("c"), Stop, present: 1);
        (await back.Hear(Stop)).ShouldBe("a 1 q1dup #1");
        (await back.Hear(Stop)).ShouldBe("a 3 q1dup #3");
        (await back.Hear(Stop)).ShouldBe("a 4 q1dup #4");
        (await back.Hear(Stop)).ShouldBe("a 5 q1 #5");
    }

    // MQTT-3.3.4-7, -9: on a new connection with a smaller window too.
    [Fact(Timeout = Patience.Hang)]
    public async Task No_more_is_on_the_wire_than_the_client_takes()
    {
        await using var broker = new RunningBroker(time: time);
        using (var line = await broker.Dial(Say.Resume("c"), Stop))
        {
            await line.Ask(Say.Subscribe("a"), Stop);
            await Publish(broker, "a", [.. Enumerable.Range(1, 30).Select(n => $"{n}")]);
            for (var n = 1; n <= 20; n++)
                (await line.Hear(Stop)).ShouldBe($"a {n} q1 #{n}");
            await line.HearsNothing(Stop);
        }

        await broker.Until(MqttBrokerEvent.Ended, Stop);
        using var back = await broker.Dial(Say.Resume("c", properties: new MqttPropertyList().Add(MqttPropertyId.ReceiveMaximum, 1)), Stop, present: 1);
        for (var n = 1; n <= 30; n++)
        {
            (await back.Hear(Stop)).ShouldBe($"a {n} q1{(n <= 20 ? "dup" : "")} #{n}");
            await back.HearsNothing(Stop);
            await back.Say(Say.Acknowledge((ushort)n), Stop);
        }

        await back.HearsNothing(Stop);
        broker.Figures.QueuedBytes.ShouldBe(0);
    }

    // MQTT-4.3.3-8 to -13: taken once, though the connection broke before PUBREC was seen; delivered with QoS 1.
    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Message_of_QoS_2_that_comes_twice_is_taken_once(MqttVersion version)
    {
        await using var broker = new RunningBroker(time: time);
        using var witness = await broker.Dial(Say.Connect("witness"), Stop);
        await witness.Ask(Say.Subscribe("a", options: 2), Stop);
        var connect = version == MqttVersion.V50 ? Say.Resume("c") : Say.Connect("c", version, flags: 0);
        using (var line = await broker.Dial(connect, Stop))
            (await line.Ask(Say.Publish("a", "x", 4, 7, version: version), Stop)).ShouldBe("50020007");
        await broker.Until(MqttBrokerEvent.Ended, Stop);

        using var back = await broker.Dial(connect, Stop, present: 1);
        (await back.Ask(Say.Publish("a", "x", 12, 7, version: version), Stop)).ShouldBe("50020007");
        (await back.Ask("62020007", Stop)).ShouldBe("70020007");
        (await back.Ask("62020007", Stop)).ShouldBe(version == MqttVersion.V50 ? "7003000792" : "70020007");
        (await back.Ask(Say.Publish("a", "y", 4, 7, version: version), Stop)).ShouldBe("50020007");

        (await witness.Hear(Stop)).ShouldBe("a x q1 #1");
        (await witness.Hear(Stop)).ShouldBe("a y q1 #2");
    }

    // MQTT-3.3.4-9
    [Fact(Timeout = Patience.Hang)]
    public async Task Unreleased_messages_of_QoS_2_have_a_limit()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { ReceiveMaximum = 2 }, time);
        using var line = await broker.Dial(Say.Connect("c"), Stop);

        (await line.Ask(Say.Publish("a", "x", 4, 1), Stop)).ShouldBe("5003000110");
        (await line.Ask(Say.Publish("a", "x", 4, 2), Stop)).ShouldBe("5003000210");
        (await line.Ask(Say.Publish("a", "x", 4, 3), Stop)).ShouldBe("E00193");
    }

    // MQTT-3.3.2-5, -6
    [Fact(Timeout = Patience.Hang)]
    public async Task Message_is_delivered_with_the_rest_of_its_time_and_not_after_it()
    {
        await using var broker = new RunningBroker(time: time);
        await Subscriber(broker, "a");
        using var publisher = await broker.Dial(Say.Connect("p"), Stop);
        foreach (var seconds in new uint[] { 10, 60 })
            await publisher.Ask(Say.Publish("a", $"{seconds}", 2, 1, new MqttPropertyList().Add(MqttPropertyId.ContentType, "t").Add(MqttPropertyId.MessageExpiryInterval, seconds).AddUser("u", "v")), Stop);

        time.Advance(TimeSpan.FromSeconds(20));
        using var back = await broker.Dial(Say.Resume("c"), Stop, present: 1);

        (await back.Hear(Stop)).ShouldBe("a 60 q1 #2 MessageExpiryInterval=40 ContentType=t UserProperty=v");
        await back.HearsNothing(Stop);
    }

    // MQTT-3.1.2-8, -10; MQTT-3.14.4-3; §3.14.2.1
    [Theory(Timeout = Patience.Hang)]
    [InlineData("", "will gone q1 #1")]
    [InlineData(Say.Goodbye, "")]
    [InlineData(Say.GoodbyeWithWill, "will gone q1 #1")]
    [InlineData("FFFF", "will gone q1 #1")]
    public async Task Will_is_published_unless_the_client_says_goodbye(string last, string seen)
    {
        await using var broker = new RunningBroker(time: time);
        using var witness = await broker.Dial(Say.Connect("witness"), Stop);
        await witness.Ask(Say.Subscribe("#"), Stop);
        using (var line = await broker.Dial(Say.Connect("c", flags: 2 + 4 + 8, will: new MqttPropertyList()), Stop))
            await line.Say(last, Stop);
        await broker.Until(MqttBrokerEvent.Ended, Stop);

        if (seen.Length > 0)
            (await witness.Hear(Stop)).ShouldBe(seen);
        await witness.HearsNothing(Stop);
    }

    // MQTT-3.1.3-9: not when the client is back in time; §3.1.3.2.2: at the end of the session at the latest.
    [Theory(Timeout = Patience.Hang)]
    [InlineData(20, 100, 15, false, "")]
    [InlineData(20, 100, 25, false, "will gone q1 #1")]
    [InlineData(20, 10, 15, false, "will gone q1 #1")]
    [InlineData(20, 100, 15, true, "will gone q1 #1")]
    public async Task Will_waits_for_its_delay_or_the_end_of_the_session(uint delay, uint expiry, int away, bool comesAnew, string seen)
    {
        await using var broker = new RunningBroker(time: time);
        using var witness = await broker.Dial(Say.Connect("witness", keepAlive: 600), Stop);
        await witness.Ask(Say.Subscribe("#"), Stop);
        using (await broker.Dial(Say.Resume("c", expiry, flags: 4 + 8, willDelay: delay), Stop))
            await witness.HearsNothing(Stop);
        await broker.Until(MqttBrokerEvent.Ended, Stop);
        await witness.HearsNothing(Stop);

        time.Advance(TimeSpan.FromSeconds(away));
        if (seen.Length > 0 && !comesAnew)
            (await witness.Hear(Stop)).ShouldBe(seen);
        using var back = await broker.Dial(Say.Resume("c", expiry, flags: comesAnew ? 2 : 0), Stop, present: comesAnew || expiry < away ? 0 : 1);
        if (seen.Length > 0 && comesAnew)
            (await witness.Hear(Stop)).ShouldBe(seen);
        time.Advance(TimeSpan.FromSeconds(delay));
        await witness.HearsNothing(Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Session_belongs_to_the_user_who_made_it()
    {
        MqttPasswords.TryParse($"{MqttPasswords.Line("anna", "1")}\n{MqttPasswords.Line("bob", "2")}", out var passwords, out _).ShouldBeTrue();
        await using var broker = new RunningBroker(new MqttBrokerOptions { Passwords = passwords });
        await using var anna = new RunningClient(broker.To with { ClientId = "c", User = "anna", Password = "1", SessionExpiry = TimeSpan.FromMinutes(1) });
        await anna.UntilConnected(Stop);

        await using var bob = new RunningClient(broker.To with { ClientId = "c", User = "bob", Password = "2" });
        (await bob.UntilFault(MqttFault.Refused, Stop)).LastReason.ShouldBe(MqttReason.ClientIdentifierNotValid);

        anna.Client.Connection.Phase.ShouldBe(MqttPhase.Connected);
    }

    private static async Task Subscriber(RunningBroker broker, string filter)
    {
        using (var line = await broker.Dial(Say.Resume("c"), Stop))
            await line.Ask(Say.Subscribe(filter), Stop);
        await broker.Until(MqttBrokerEvent.Ended, Stop);
    }

    private static async Task Publish(RunningBroker broker, string topic, params IEnumerable<string> payloads)
    {
        using (var line = await broker.Dial(Say.Connect("publisher"), Stop))
            foreach (var payload in payloads)
                (await line.Ask(Say.Publish(topic, payload, 2), Stop)).ShouldStartWith("40");
        await broker.Until(MqttBrokerEvent.Ended, Stop);
    }
}
