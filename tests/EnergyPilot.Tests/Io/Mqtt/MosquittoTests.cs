using System.Diagnostics;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Against Debian's mosquitto and its own programs.</summary>
public sealed class MosquittoTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static MqttOptions To(Mosquitto broker) => new() { Host = "127.0.0.1", Port = broker.Port, ClientId = "gateway" };

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Messages_come_with_every_QoS_and_go_with_QoS_0_and_1(MqttVersion version)
    {
        await using var broker = await Mosquitto.Start(Stop);
        await broker.Publish(Stop, "-t", "home/kept", "-m", "last", "-r");
        await using var client = new RunningClient(To(broker) with { Version = version });
        await client.UntilConnected(Stop);

        (await Subscribe(client, "home/#", MqttQos.ExactlyOnce)).Reason.ShouldBe(MqttReason.GrantedQos2);
        (await client.NextMessage(Stop)).ShouldBe("home/kept last q0r");
        foreach (var qos in new[] { "0", "1", "2", "2", "1", "0" })
        {
            await broker.Publish(Stop, "-V", "5", "-t", "home/é", "-m", $"m{qos}", "-q", qos);
            (await client.NextMessage(Stop)).ShouldBe($"home/é m{qos} q{qos}");
        }

        (await client.Client.Publish(RunningClient.Message("home/own", "a"), Stop)).IsGood.ShouldBeTrue();
        (await client.NextMessage(Stop)).ShouldBe("home/own a q1");
        (await client.Client.Publish(RunningClient.Message("home/own", "b", MqttQos.AtMostOnce) with { Retain = true }, Stop)).IsGood.ShouldBeTrue();
        (await client.NextMessage(Stop)).ShouldBe("home/own b q0");
        (await client.Client.Unsubscribe(MqttFilter.Parse("home/#"), Stop)).IsGood.ShouldBeTrue();
        (await client.Client.Publish(RunningClient.Message("home/own", "c"), Stop)).Reason
            .ShouldBe(version == MqttVersion.V50 ? MqttReason.NoMatchingSubscribers : MqttReason.Success);
        client.TryNextMessage(out _).ShouldBeFalse();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Large_messages_cross_receive_buffers()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var client = new RunningClient(To(broker));
        await client.UntilConnected(Stop);
        await Subscribe(client, "big", MqttQos.AtLeastOnce);

        foreach (var length in new[] { 1, 3_000, 4_090, 5_000, 70_000, 200_000 })
        {
            var text = new string((char)('a' + (length % 26)), length);
            (await client.Client.Publish(RunningClient.Message("big", text), Stop)).IsGood.ShouldBeTrue();
            (await client.NextMessage(Stop)).ShouldBe($"big {text} q1");
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wrong_password_is_refused_and_the_right_one_is_not()
    {
        await using var broker = await Mosquitto.Start(Stop, async folder =>
        {
            var file = Path.Combine(folder, "passwords");
            await using var peer = PeerProcess.Start(Peers.Need("mosquitto_passwd", "mosquitto"), "-c", "-b", file, "school", "sésame");
            await peer.Output(Stop);
            return $"allow_anonymous false\npassword_file {file}";
        });

        foreach (var version in new[] { MqttVersion.V311, MqttVersion.V50 })
        {
            await using var wrong = new RunningClient(To(broker) with { Version = version, User = "school", Password = "nope" });
            (await wrong.UntilFault(MqttFault.Refused, Stop)).LastReason.ShouldBe(MqttReason.NotAuthorized);
            await using var right = new RunningClient(To(broker) with { Version = version, User = "school", Password = "sésame", ClientId = "right" });
            await right.UntilConnected(Stop);
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Will_is_published_when_the_client_is_lost_and_not_when_it_leaves()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var witness = new RunningClient(To(broker) with { ClientId = "witness" });
        await witness.UntilConnected(Stop);
        await Subscribe(witness, "#", MqttQos.AtLeastOnce);
        var options = To(broker) with { Will = RunningClient.Message("will", "gone") };

        var leaving = new RunningClient(options);
        await leaving.UntilConnected(Stop);
        await leaving.Stop();
        await broker.Publish(Stop, "-t", "mark", "-m", "x");
        (await witness.NextMessage(Stop)).ShouldBe("mark x q0");

        await using (var link = await MqttLink.Open(options, null, TimeProvider.System, Stop))
        {
            var pump = link.Pump(Stop);
            await link.Send(MqttConnect.Of(options, "lost"), Stop);
            await link.Input.ReadAsync(Stop);
            await link.Finish();
            await pump;
        }

        (await witness.NextMessage(Stop)).ShouldBe("will gone q1");
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Restarted_broker_costs_no_message_and_the_session_goes_on(MqttVersion version)
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var client = new RunningClient(To(broker) with { Version = version, SessionExpiry = TimeSpan.FromHours(1) });
        await client.UntilConnected(Stop);
        await Subscribe(client, "count", MqttQos.AtLeastOnce);
        var calls = new List<Task<MqttResult>>();

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 50; i++)
                calls.Add(client.Client.Publish(RunningClient.Message("count", $"{calls.Count}"), Stop).AsTask());
            await broker.Terminate(Stop);
            await broker.Run(Stop);
            (await client.UntilConnected(Stop)).IsSessionPresent.ShouldBeTrue();
        }

        (await Task.WhenAll(calls)).ShouldAllBe(result => result.IsGood);
        (await client.Client.Publish(RunningClient.Message("count", "end"), Stop)).IsGood.ShouldBeTrue();
        var seen = new HashSet<string>();
        for (var message = ""; message != "count end q1"; seen.Add(message))
            message = await client.NextMessage(Stop);
        seen.Count.ShouldBe(151);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Killed_broker_that_forgot_everything_is_told_again(MqttVersion version)
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var client = new RunningClient(To(broker) with { Version = version, SessionExpiry = TimeSpan.FromHours(1) });
        await client.UntilConnected(Stop);
        await Subscribe(client, "count", MqttQos.AtLeastOnce);

        var calls = Enumerable.Range(0, 200).Select(n => client.Client.Publish(RunningClient.Message("count", $"{n}"), Stop).AsTask()).ToArray();
        await broker.Kill();
        var late = client.Client.Publish(RunningClient.Message("late", "x"), Stop).AsTask();
        await broker.Run(Stop);
        await client.UntilConnected(Stop);

        (await Task.WhenAll(calls)).ShouldAllBe(result => result.IsGood);
        (await late).IsGood.ShouldBeTrue();
        client.Client.Unacknowledged.ShouldBe(0);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Frozen_broker_is_noticed_and_loses_nothing_when_it_thaws()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var client = new RunningClient(To(broker) with { KeepAlive = TimeSpan.FromSeconds(2), SessionExpiry = TimeSpan.FromHours(1), Deadline = TimeSpan.FromSeconds(1) });
        await client.UntilConnected(Stop);

        await broker.Freeze(Stop);
        var publishing = client.Client.Publish(RunningClient.Message("a", "x"), Stop);
        await client.UntilFault(MqttFault.PingTimeout, Stop);
        await broker.Thaw(Stop);

        (await client.UntilConnected(Stop)).IsSessionPresent.ShouldBeTrue();
        (await publishing).IsGood.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Slow_handler_holds_the_broker_back_and_loses_nothing()
    {
        const int Count = 3_000;
        await using var broker = await Mosquitto.Start(Stop);
        await using var client = new RunningClient(To(broker) with { ReceiveMaximum = 10 });
        using var gate = new ManualResetEventSlim();
        client.OnMessage = _ => gate.Wait(Stop);
        await client.UntilConnected(Stop);
        await Subscribe(client, "n", MqttQos.AtLeastOnce);

        var lines = Path.Combine(broker.Folder, "lines");
        await File.WriteAllLinesAsync(lines, Enumerable.Range(0, Count).Select(n => $"{n}"), Stop);
        await using var shell = PeerProcess.Start(Peers.Need("sh", "dash"), "-c", $"{Peers.Need("mosquitto_pub", "mosquitto-clients")} -h 127.0.0.1 -p {broker.Port} -t n -q 1 -l < {lines}");
        await shell.Output(Stop);
        client.Client.Received.ShouldBe(0);
        gate.Set();

        for (var n = 0; n < Count; n++)
            (await client.NextMessage(Stop)).ShouldBe($"n {n} q1");
    }

    private static ValueTask<MqttResult> Subscribe(RunningClient client, string filter, MqttQos qos) =>
        client.Client.Subscribe(new MqttSubscription(MqttFilter.Parse(filter), qos), Stop);
}
