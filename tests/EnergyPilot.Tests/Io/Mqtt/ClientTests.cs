using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>The client against a server whose every byte the test writes.</summary>
public sealed class ClientTests : IDisposable
{
    // CONNACK of 5.0: no session; session present; receive maximum 1.
    private const string Accepted = "2003000000", Resumed = "2003010000", OneAtATime = "2006000003210001";

    private readonly FakeBroker broker = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MqttOptions Options => new() { Host = "127.0.0.1", Port = broker.Port, ClientId = "c", SessionExpiry = TimeSpan.FromHours(1) };

    public void Dispose() => broker.Dispose();

    [Fact(Timeout = Patience.Hang)]
    public async Task Acknowledgement_shows_that_nobody_subscribes()
    {
        await using var client = new RunningClient(Options);
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);

        var publishing = client.Client.Publish(RunningClient.Message("a", "x"), Stop);
        var packet = await line.Next(Stop);
        packet.ShouldStartWith("3207000161");
        await line.Say("4003" + packet[10..14] + "10", Stop);

        (await publishing).ShouldBe(new MqttResult(MqttFault.None, MqttReason.NoMatchingSubscribers));
        client.Client.Unacknowledged.ShouldBe(0);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Unacknowledged_is_sent_again_as_a_duplicate_in_the_same_session_and_in_order()
    {
        await using var client = new RunningClient(Options);
        var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);
        var calls = new[] { "1", "2", "3" }.Select(text => client.Client.Publish(RunningClient.Message("a", text), Stop).AsTask()).ToArray();
        string[] first = [await line.Next(Stop), await line.Next(Stop), await line.Next(Stop)];
        line.Dispose();

        using var again = await broker.Greet(Resumed, Stop);
        string[] second = [await again.Next(Stop), await again.Next(Stop), await again.Next(Stop)];

        second.ShouldBe(first.Select(packet => "3A" + packet[2..]));
        foreach (var packet in second)
            await again.Say("4002" + packet[10..14], Stop);
        (await Task.WhenAll(calls)).ShouldAllBe(result => result.IsGood);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task In_a_new_session_nothing_is_a_duplicate()
    {
        await using var client = new RunningClient(Options);
        var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);
        var publishing = client.Client.Publish(RunningClient.Message("a", "1"), Stop);
        var first = await line.Next(Stop);
        line.Dispose();

        using var again = await broker.Greet(Accepted, Stop);

        (await again.Next(Stop)).ShouldBe(first);
        await again.Say("4002" + first[10..14], Stop);
        (await publishing).IsGood.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task No_more_is_on_the_wire_than_the_server_takes()
    {
        // All have a place at once: callers who wait for one get it in any order.
        await using var client = new RunningClient(Options with { Window = 30 });
        using var line = await broker.Greet(OneAtATime, Stop);
        await client.UntilConnected(Stop);
        var calls = Enumerable.Range(0, 30).Select(n => client.Client.Publish(RunningClient.Message("a", $"{n:00}"), Stop).AsTask()).ToArray();

        for (var n = 0; n < 30; n++)
        {
            var packet = await line.Next(Stop);
            packet[^4..].ShouldBe($"3{n / 10}3{n % 10}");
            // What comes next is the answer to this, never a second message.
            await line.Say("3207000161000900 78", Stop);
            (await line.Next(Stop)).ShouldBe("40020009");
            await line.Say("4002" + packet[10..14], Stop);
        }

        (await Task.WhenAll(calls)).ShouldAllBe(result => result.IsGood);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Acknowledgement_that_comes_twice_is_not_that_of_the_next_message()
    {
        await using var client = new RunningClient(Options with { Window = 1 });
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);
        var first = client.Client.Publish(RunningClient.Message("a", "1"), Stop);
        var packet = await line.Next(Stop);
        await line.Say("4002" + packet[10..14], Stop);
        (await first).IsGood.ShouldBeTrue();

        var second = client.Client.Publish(RunningClient.Message("a", "2"), Stop).AsTask();
        var next = await line.Next(Stop);
        await line.Say("4002" + packet[10..14] + "300400016200", Stop);
        await client.NextMessage(Stop);

        second.IsCompleted.ShouldBeFalse();
        await line.Say("4002" + next[10..14], Stop);
        (await second).IsGood.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cancelled_before_it_was_sent_is_never_sent()
    {
        using var impatience = new CancellationTokenSource();
        await using var client = new RunningClient(Options);
        var lost = client.Client.Publish(RunningClient.Message("a", "1"), impatience.Token).AsTask();
        var kept = client.Client.Publish(RunningClient.Message("a", "2"), Stop).AsTask();
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(lost);

        using var line = await broker.Greet(Accepted, Stop);
        var packet = await line.Next(Stop);

        packet.ShouldEndWith("32");
        await line.Say("4002" + packet[10..14], Stop);
        (await kept).IsGood.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Message_of_QoS_2_is_delivered_once_though_it_comes_twice()
    {
        await using var client = new RunningClient(Options);
        var line = await broker.Greet(Accepted, Stop);
        await line.Say("340700016100070078", Stop);
        (await line.Next(Stop)).ShouldBe("50020007");
        line.Dispose();

        using var again = await broker.Greet(Resumed, Stop);
        await again.Say("3C0700016100070078 62020007 62020007 340700016100070079", Stop);

        (await again.Next(Stop)).ShouldBe("50020007");
        (await again.Next(Stop)).ShouldBe("70020007");
        (await again.Next(Stop)).ShouldBe("7003000792");
        (await again.Next(Stop)).ShouldBe("50020007");
        (await client.NextMessage(Stop)).ShouldBe("a x q2");
        (await client.NextMessage(Stop)).ShouldBe("a y q2");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Handler_that_throws_is_seen_and_the_next_message_comes()
    {
        await using var client = new RunningClient(Options);
        client.OnMessage = text =>
        {
            if (text.Contains("bad", StringComparison.Ordinal))
                throw new FormatException("no number");
        };
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);

        await line.Say("3209000161000100 626164 3209000161000200 6F6B21", Stop);

        (await line.Next(Stop)).ShouldBe("4003000183");
        (await line.Next(Stop)).ShouldBe("40020002");
        (await client.NextMessage(Stop)).ShouldBe("a bad q1");
        (await client.NextMessage(Stop)).ShouldBe("a ok! q1");
        (await client.UntilFault(MqttFault.HandlerFailed, Stop)).LastFaultText.ShouldContain("no number");
        client.Client.HandlerFailures.ShouldBe(1);
        client.Client.Connection.Phase.ShouldBe(MqttPhase.Connected);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("36070001610001 0061", nameof(MqttFault.Malformed), "E00181")]
    [InlineData("30FFFFFF7F", nameof(MqttFault.TooLarge), "E00195")]
    [InlineData("300400012300", nameof(MqttFault.Malformed), "E00181")]
    [InlineData("FFFF", nameof(MqttFault.Malformed), "E00181")]
    [InlineData("2003000000", nameof(MqttFault.ProtocolError), "E00182")]
    [InlineData("8207000A0000016100", nameof(MqttFault.ProtocolError), "E00182")]
    [InlineData("3007000161032300 01", nameof(MqttFault.ProtocolError), "E00194")]
    [InlineData("E0018B", nameof(MqttFault.Disconnected), "")]
    public async Task Server_that_says_what_it_must_not_is_left_and_met_again(string hex, string fault, string answer)
    {
        await using var client = new RunningClient(Options);
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);

        await line.Say(hex, Stop);

        if (answer.Length > 0)
            (await line.Next(Stop)).ShouldBe(answer);
        line.Dispose();
        (await client.UntilFault(Enum.Parse<MqttFault>(fault), Stop)).LastFaultText.ShouldNotBeEmpty();
        using var again = await broker.Greet(Resumed, Stop);
        (await client.UntilConnected(Stop)).IsSessionPresent.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Refusal_has_the_servers_reason()
    {
        await using var client = new RunningClient(Options with { Version = MqttVersion.V311 });
        using var line = await broker.Greet("20020005", Stop);

        (await client.UntilFault(MqttFault.Refused, Stop)).LastReason.ShouldBe(MqttReason.NotAuthorized);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Subscriptions_are_renewed_when_the_session_is_lost_and_only_then()
    {
        await using var client = new RunningClient(Options);
        (await client.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("a"), MqttQos.AtLeastOnce), Stop)).Fault.ShouldBe(MqttFault.NotConnected);

        foreach (var (connack, isAsked) in new[] { (Accepted, true), (Resumed, false), (Accepted, true) })
        {
            using var line = await broker.Greet(connack, Stop);
            if (isAsked)
            {
                var subscribe = await line.Next(Stop);
                subscribe[8..].ShouldBe("0000016101");
                await line.Say("9004" + subscribe[4..8] + "0001", Stop);
            }

            await client.UntilConnected(Stop);
            var publishing = client.Client.Publish(RunningClient.Message("m", "x"), Stop).AsTask();
            var publish = await line.Next(Stop);
            publish[..2].ShouldBe("32");
            await line.Say("4002" + publish[10..14], Stop);
            (await publishing).IsGood.ShouldBeTrue();
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Stopping_says_goodbye_and_tells_who_waits()
    {
        var client = new RunningClient(Options);
        using var line = await broker.Greet(Accepted, Stop);
        await client.UntilConnected(Stop);
        var publishing = client.Client.Publish(RunningClient.Message("a", "1"), Stop);
        await line.Next(Stop);

        var stopping = client.Stop();

        (await line.Next(Stop)).ShouldBe("E000");
        line.Dispose();
        await stopping;
        (await publishing).Fault.ShouldBe(MqttFault.Stopped);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task What_the_server_does_not_take_is_not_sent()
    {
        await using var client = new RunningClient(Options);
        // Maximum packet size 20, maximum QoS 0, no retained messages.
        using var line = await broker.Greet("200C000009 2700000014 2400 2500", Stop);
        await client.UntilConnected(Stop);

        (await client.Client.Publish(RunningClient.Message("a", new string('x', 20), MqttQos.AtMostOnce), Stop)).Fault.ShouldBe(MqttFault.TooLarge);
        (await client.Client.Publish(RunningClient.Message("a", "x"), Stop)).Reason.ShouldBe(MqttReason.QosNotSupported);
        (await client.Client.Publish(RunningClient.Message("a", "x", MqttQos.AtMostOnce) with { Retain = true }, Stop)).Reason.ShouldBe(MqttReason.RetainNotSupported);
        (await client.Client.Subscribe(new MqttSubscription(MqttFilter.Parse(new string('x', 20)), MqttQos.AtMostOnce), Stop)).Fault.ShouldBe(MqttFault.TooLarge);
        (await client.Client.Publish(RunningClient.Message("a", "x", MqttQos.AtMostOnce), Stop)).IsGood.ShouldBeTrue();

        (await line.Next(Stop)).ShouldBe("300500016100 78".Replace(" ", "", StringComparison.Ordinal));
    }
}
