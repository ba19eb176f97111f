using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>What the specification demands of a server when clients come, ask and go wrong; byte by byte.</summary>
public sealed class ConformanceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // MQTT-3.1.0-1, MQTT-3.1.2-3 and 3.1.1's own: no CONNACK, just the end.
    [Theory(Timeout = Patience.Hang)]
    [InlineData("C000")]
    [InlineData("300400016100")]
    [InlineData("160303")]
    [InlineData("100D00044D515454050300000000 0163")]
    [InlineData("101000064D51497364700300000000 0163")]
    [InlineData("10FFFFFF7F")]
    public async Task Who_does_not_begin_with_a_good_CONNECT_is_left_without_a_word(string hex)
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Stop);

        (await line.Ask(hex, Stop)).ShouldBeEmpty();
        (await broker.Until(MqttBrokerEvent.Refused, Stop)).Text.ShouldNotBeEmpty();
        broker.Figures.Sessions.ShouldBe(0);
    }

    // MQTT-3.1.2-2
    [Theory(Timeout = Patience.Hang)]
    [InlineData("100D00044D51545403020000000163", "20020001")]
    [InlineData("100D00044D51545406020000000163", "2003008400")]
    public async Task Other_protocol_levels_are_told_and_left(string hex, string answer)
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Stop);

        (await line.Ask(hex, Stop)).ShouldBe(answer);
        (await line.Next(Stop)).ShouldBeEmpty();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Limits_that_a_client_must_know_are_in_CONNACK()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { ReceiveMaximum = 7, PacketSize = 4096, KeepAlive = TimeSpan.FromSeconds(30), SessionExpiry = TimeSpan.FromSeconds(50) });
        using var line = await broker.Dial(Stop);

        // Receive maximum, maximum packet size, session expiry, keep-alive (MQTT-3.2.2-21), an identifier (MQTT-3.2.2-16).
        (await line.Ask(Say.Connect("", keepAlive: 0, properties: new MqttPropertyList().Add(MqttPropertyId.SessionExpiryInterval, uint.MaxValue)), Stop))[4..]
            .ShouldStartWith("0000" + "2A" + "210007" + "2700001000" + "1100000032" + "13001E" + "1200");
    }

    // 3.1.1 MQTT-3.1.3-7, -8
    [Fact(Timeout = Patience.Hang)]
    public async Task Without_an_identifier_3_1_1_gets_no_session_that_stays()
    {
        await using var broker = new RunningBroker();
        using var clean = await broker.Dial(Stop);
        using var lasting = await broker.Dial(Stop);

        (await clean.Ask(Say.Connect("", MqttVersion.V311), Stop)).ShouldBe("20020000");
        (await lasting.Ask(Say.Connect("", MqttVersion.V311, flags: 0), Stop)).ShouldBe("20020002");
        (await lasting.Next(Stop)).ShouldBeEmpty();
    }

    // §4.12
    [Fact(Timeout = Patience.Hang)]
    public async Task Extended_authentication_is_refused()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Stop);

        (await line.Ask(Say.Connect("c", properties: new MqttPropertyList().Add(MqttPropertyId.AuthenticationMethod, "SCRAM")), Stop)).ShouldBe("2003008C00");
    }

    // In this order: MQTT-3.1.0-2; QoS 3 (3.3.1-4); too large; empty topic; wildcard in topic (3.3.2-2); no such kind; CONNACK from a
    // client; SUBSCRIBE without filters (3.8.3-2); # in the middle (4.7.1-1); options reserved (3.8.3-5); $share with NoLocal (3.8.3-4);
    // alias (3.3.2-9); subscription identifier (3.3.4-6); AUTH; PUBREC for what was never sent with QoS 2; a session at the end only (3.14.2.2.2).
    [Theory(Timeout = Patience.Hang)]
    [InlineData("100E00044D5154540502000000000163", MqttReason.ProtocolError)]
    [InlineData("360700016100010061", MqttReason.MalformedPacket)]
    [InlineData("30FFFFFF7F", MqttReason.PacketTooLarge)]
    [InlineData("3003000000", MqttReason.MalformedPacket)]
    [InlineData("300400012300", MqttReason.MalformedPacket)]
    [InlineData("0000", MqttReason.MalformedPacket)]
    [InlineData("2003000000", MqttReason.ProtocolError)]
    [InlineData("8203000A00", MqttReason.MalformedPacket)]
    [InlineData("820A000A000004612F23 2F00", MqttReason.MalformedPacket)]
    [InlineData("8207000A000001 61C0", MqttReason.MalformedPacket)]
    [InlineData("8210000A00000A2473686172652F672F6104", MqttReason.MalformedPacket)]
    [InlineData("3007000161032300 01", MqttReason.TopicAliasInvalid)]
    [InlineData("3006000161020B01", MqttReason.ProtocolError)]
    [InlineData("F00118", MqttReason.ProtocolError)]
    [InlineData("50020001", MqttReason.ProtocolError)]
    [InlineData("E007000511000000 0A", MqttReason.ProtocolError)]
    public async Task Who_says_what_it_must_not_is_told_why_and_left(string hex, MqttReason why)
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        using var old = await broker.Dial(Say.Connect("old", MqttVersion.V311), Stop);

        var answer = await line.Ask(hex, Stop);

        answer.ShouldBe($"E001{(int)why:X2}");
        (await line.Next(Stop)).ShouldBeEmpty();
        (await broker.Until(MqttBrokerEvent.Ended, Stop)).Reason.ShouldBe(why);
        await old.HearsNothing(Stop);
    }

    // 3.1.1 MQTT-4.8.0-1: nothing but the end, for there is no DISCONNECT from servers.
    [Fact(Timeout = Patience.Hang)]
    public async Task Client_of_3_1_1_that_goes_wrong_is_just_left()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c", MqttVersion.V311), Stop);

        (await line.Ask("360700016100010061", Stop)).ShouldBeEmpty();
    }

    // MQTT-3.8.4-1, -5, -6, -7; MQTT-3.10.4-4 to -6
    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V50, "9008000A00" + "00010101" + "8F", "B004000B0000", "B004000B0011")]
    [InlineData(MqttVersion.V311, "9007000A" + "00010101" + "80", "B002000B", "B002000B")]
    public async Task Each_filter_is_answered_in_its_place(MqttVersion version, string granted, string ended, string nothing)
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { TopicLevels = 3 });
        using var line = await broker.Dial(Say.Connect("c", version), Stop);
        var isV50 = version == MqttVersion.V50;

        var entries = "000161 00" + "000162 01" + "000163 02" + "000A2473686172652F672F61 02" + "0007612F622F632F64 01";
        await line.Say((isV50 ? "8226000A00" : "8225000A") + entries, Stop);

        (await line.Next(Stop)).ShouldBe(granted);
        (await line.Ask(Say.Unsubscribe("a", version), Stop)).ShouldBe(ended);
        (await line.Ask(Say.Unsubscribe("a", version), Stop)).ShouldBe(nothing);
        broker.Figures.Subscriptions.ShouldBe(3);
    }

    // MQTT-3.1.4-3
    [Fact(Timeout = Patience.Hang)]
    public async Task Second_connection_with_an_identifier_takes_it_over()
    {
        await using var broker = new RunningBroker();
        using var first = await broker.Dial(Say.Resume("c"), Stop);
        await first.Ask(Say.Subscribe("a"), Stop);

        using var second = await broker.Dial(Say.Resume("c"), Stop, present: 1);
        (await first.Next(Stop)).ShouldBe("E0018E");
        (await first.Next(Stop)).ShouldBeEmpty();

        await second.Say(Say.Publish("a", "x"), Stop);
        (await second.Hear(Stop)).ShouldBe("a x q0");
        broker.Figures.Sessions.ShouldBe(1);
    }

    // MQTT-3.1.2-22, by monotonic time.
    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V50, "E0018D")]
    [InlineData(MqttVersion.V311, "")]
    public async Task Silent_client_is_left_after_1_5_times_its_keep_alive_time(MqttVersion version, string farewell)
    {
        var time = new ManualTime();
        await using var broker = new RunningBroker(time: time);
        using var line = await broker.Dial(Say.Connect("c", version, keepAlive: 10), Stop);

        for (var i = 0; i < 4; i++)
        {
            time.Jump(new DateTimeOffset(1970 + (30 * i), 1, 1, 0, 0, 0, TimeSpan.Zero));
            time.Advance(TimeSpan.FromSeconds(14));
            await line.HearsNothing(Stop);
        }

        time.Advance(TimeSpan.FromSeconds(16));
        (await line.Next(Stop)).ShouldBe(farewell);
        (await broker.Until(MqttBrokerEvent.Ended, Stop)).Reason.ShouldBe(MqttReason.KeepAliveTimeout);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Broker_that_stops_says_so()
    {
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        using var silent = await broker.Dial(Stop);

        await broker.Stop();

        (await line.Next(Stop)).ShouldBe("E0018B");
        (await silent.Next(Stop)).ShouldBeEmpty();
    }
}
