using System.Diagnostics;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>Whatever clients do, memory is bounded and the others are served.</summary>
public sealed class LimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Too_many_connections_are_closed_and_the_place_of_one_that_leaves_is_free()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { Connections = 2 });
        using var one = await broker.Dial(Say.Connect("one"), Stop);
        using var two = await broker.Dial(Say.Connect("two"), Stop);

        using (var three = await broker.Dial(Stop))
            (await three.Ask(Say.Connect("three"), Stop)).ShouldBeEmpty();

        one.Dispose();
        await broker.Until(MqttBrokerEvent.Ended, Stop);
        await broker.Until(figures => figures.Connections == 1, Stop);
        using var four = await broker.Dial(Say.Connect("four"), Stop);
        broker.Figures.Refused.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task New_client_does_not_push_out_the_session_of_another()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { Sessions = 1 });
        using (await broker.Dial(Say.Resume("kept"), Stop))
        {
        }

        await broker.Until(MqttBrokerEvent.Ended, Stop);
        using var other = await broker.Dial(Stop);
        (await other.Ask(Say.Connect("other"), Stop)).ShouldBe("2003009700");
        using var back = await broker.Dial(Say.Resume("kept"), Stop, present: 1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Who_does_not_say_CONNECT_in_time_or_only_slowly_is_left()
    {
        var time = new ManualTime();
        await using var broker = new RunningBroker(time: time);
        using var silent = await broker.Dial(Stop);
        using var slow = await broker.Dial(Stop);
        await slow.Say("10", Stop);
        using var good = await broker.Dial(Say.Connect("c", keepAlive: 600), Stop);

        (await RunningBroker.Meanwhile(time, TimeSpan.FromSeconds(11), silent.Next(Stop))).ShouldBeEmpty();
        (await RunningBroker.Meanwhile(time, TimeSpan.FromSeconds(11), slow.Next(Stop))).ShouldBeEmpty();
        await good.HearsNothing(Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Strangers_get_no_more_memory_than_a_CONNECT_needs()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { ConnectSize = 128 });
        using var line = await broker.Dial(Stop);

        (await line.Ask(Say.Connect(new string('x', 200)), Stop)).ShouldBeEmpty();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Subscriptions_topics_and_identifiers_have_limits()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { SubscriptionsPerClient = 2, Subscriptions = 3, TopicLength = 10, TopicLevels = 3, ClientIdLength = 23 });
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        using var other = await broker.Dial(Say.Connect("o"), Stop);

        (await line.Ask(Say.Subscribe("a/b/c/d"), Stop)).ShouldEndWith("8F");
        (await line.Ask(Say.Subscribe("abcdefghijk"), Stop)).ShouldEndWith("8F");
        (await line.Ask(Say.Subscribe("a"), Stop)).ShouldEndWith("01");
        (await line.Ask(Say.Subscribe("b"), Stop)).ShouldEndWith("01");
        (await line.Ask(Say.Subscribe("c"), Stop)).ShouldEndWith("97");
        (await line.Ask(Say.Subscribe("a", options: 0), Stop)).ShouldEndWith("00");
        (await other.Ask(Say.Subscribe("a"), Stop)).ShouldEndWith("01");
        (await other.Ask(Say.Subscribe("b"), Stop)).ShouldEndWith("97");
        (await line.Ask(Say.Publish("a/b/c/d", "x", 2), Stop)).ShouldBe("4003000190");
        (await line.Ask(Say.Publish("abcdefghijk", "x", 2), Stop)).ShouldBe("4003000190");
        using var named = await broker.Dial(Stop);
        (await named.Ask(Say.Connect(new string('x', 24)), Stop)).ShouldBe("2003008500");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Retained_messages_have_a_limit_and_an_old_value_never_stands_for_a_new_one()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { RetainedMessages = 2, RetainedBytes = 2_000 });
        using var line = await broker.Dial(Say.Connect("c"), Stop);

        (await line.Ask(Say.Publish("a", "x", 3), Stop)).ShouldBe("4003000110");
        (await line.Ask(Say.Publish("b", "x", 3), Stop)).ShouldBe("4003000110");
        (await line.Ask(Say.Publish("c", "x", 3), Stop)).ShouldBe("4003000197");
        (await line.Ask(Say.Publish("a", new string('x', 2_000), 3), Stop)).ShouldBe("4003000197");
        (await line.Ask(Say.Publish("c", "x", 3), Stop)).ShouldBe("4003000110");

        broker.Figures.Retained.ShouldBe(2);
        broker.Figures.RetainedBytes.ShouldBeLessThan(2_000);
        broker.Figures.Dropped.ShouldBe(2);
        await line.Ask(Say.Subscribe("a"), Stop);
        await line.HearsNothing(Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Full_queue_drops_what_comes_and_says_so_once()
    {
        await using var broker = RunningBroker.With(new MqttBrokerLimits { QueuedMessages = 3 });
        using (var line = await broker.Dial(Say.Resume("c"), Stop))
            await line.Ask(Say.Subscribe("a"), Stop);
        await broker.Until(MqttBrokerEvent.Ended, Stop);
        using var publisher = await broker.Dial(Say.Connect("p"), Stop);

        for (var n = 0; n < 8; n++)
            (await publisher.Ask(Say.Publish("a", $"{n}", 2), Stop)).ShouldBe("40020001");

        broker.Figures.Dropped.ShouldBe(5);
        (await broker.Until(MqttBrokerEvent.Dropping, Stop)).ClientId.ShouldBe("c");
        using var back = await broker.Dial(Say.Resume("c"), Stop, present: 1);
        for (var n = 0; n < 3; n++)
            (await back.Hear(Stop)).ShouldBe($"a {n} q1 #{n + 1}");
        await back.HearsNothing(Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Subscriber_that_does_not_read_grows_nothing_and_delays_nobody()
    {
        const int Count = 20_000;
        var limits = new MqttBrokerLimits { QueuedMessages = 1_000, QueuedBytes = 1 << 20 };
        await using var broker = RunningBroker.With(limits);
        using var asleep = await broker.Dial(Say.Connect("asleep"), Stop);
        await asleep.Say(Say.Subscribe("a", options: 0), Stop);
        await using var awake = new RunningClient(broker.To with { ClientId = "awake" });
        await awake.UntilConnected(Stop);
        await awake.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("a"), MqttQos.AtLeastOnce), Stop);
        var payload = new string('x', 1_000);
        var began = Stopwatch.GetTimestamp();

        var longest = TimeSpan.Zero;
        for (var n = 0; n < Count; n++)
        {
            var sent = Stopwatch.GetTimestamp();
            (await awake.Client.Publish(RunningClient.Message("a", payload), Stop)).IsGood.ShouldBeTrue();
            await awake.NextMessage(Stop);
            longest = Stopwatch.GetElapsedTime(sent) is var took && took > longest ? took : longest;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Count / Stopwatch.GetElapsedTime(began).TotalSeconds:0} round trips/s, longest {longest.TotalMilliseconds:0} ms");
        broker.Figures.QueuedBytes.ShouldBeInRange(500_000, limits.QueuedBytes + 100_000);
        broker.Figures.Dropped.ShouldBeGreaterThan(5_000);
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(45), "the one that sleeps is given up after a minute, and nobody waits for that");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Client_that_takes_nothing_for_a_minute_is_given_up()
    {
        var time = new ManualTime();
        await using var broker = new RunningBroker(time: time);
        using var asleep = await broker.Dial(Say.Connect("asleep", MqttVersion.V311, keepAlive: 0), Stop);
        await asleep.Ask(Say.Subscribe("a", options: 0, version: MqttVersion.V311), Stop);
        await using var publisher = new RunningClient(broker.To with { Version = MqttVersion.V311, KeepAlive = TimeSpan.FromHours(18) });
        await publisher.UntilConnected(Stop);
        var text = new string('x', 200_000);
        while (broker.Figures.Dropped == 0)
            (await publisher.Client.Publish(RunningClient.Message("a", text), Stop)).IsGood.ShouldBeTrue();

        (await RunningBroker.Meanwhile(time, TimeSpan.FromSeconds(61), broker.Until(MqttBrokerEvent.Ended, Stop))).Text.ShouldContain("takes nothing");
        await broker.Until(figures => figures is { QueuedBytes: 0, Sessions: 1 }, Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Client_that_asks_and_never_reads_the_answers_is_no_longer_heard()
    {
        // Both systems' buffers between the two take a few MB; one that goes on listening takes one after the other.
        const int MostMegabytes = 48;
        await using var broker = new RunningBroker();
        using var line = await broker.Dial(Say.Connect("c"), Stop);
        var megabyte = string.Concat(Enumerable.Repeat(Say.Ping, 500_000));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var taken = 0;
        var flood = Task.Run(async () =>
        {
            while (taken < MostMegabytes)
            {
                await line.Say(megabyte, patience.Token);
                Interlocked.Increment(ref taken);
            }
        }, Stop);
        for (var before = -1; before != Volatile.Read(ref taken);)
        {
            before = Volatile.Read(ref taken);
            await Task.WhenAny(flood, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop));
        }

        taken.ShouldBeLessThan(MostMegabytes);
        using var other = await broker.Dial(Say.Connect("other"), Stop);
        await other.HearsNothing(Stop);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(flood);
    }
}
