using System.Globalization;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>The broker with other people's clients: mosquitto's and Eclipse Paho.</summary>
public sealed class PeerTests
{
    // Says each message it gets on a line, and dies of one before it acknowledges it.
    private const string Listen = """
        import os
        import sys
        import paho.mqtt.client as mqtt
        from paho.mqtt.properties import Properties
        from paho.mqtt.packettypes import PacketTypes
        port, five, filter = int(sys.argv[1]), sys.argv[2] == "5", sys.argv[3]
        client = mqtt.Client("paho", protocol=mqtt.MQTTv5) if five else mqtt.Client("paho", clean_session=False, protocol=mqtt.MQTTv311)

        def on_message(client, userdata, message):
            extra = ""
            if five:
                extra = " %s" % getattr(message.properties, "UserProperty", [])
            print("%s %s q%d r%d d%d%s" % (message.topic, message.payload.decode(), message.qos, message.retain, message.dup, extra), flush=True)
            if message.payload == b"deadly" and not message.dup:
                os._exit(1)

        client.on_message = on_message
        client.on_subscribe = lambda *a: print("subscribed", flush=True)
        client.on_connect = lambda c, u, flags, reason, *a: (print("connected %d" % flags["session present"], flush=True), c.subscribe(filter, 2) if not flags["session present"] else None)
        if five:
            properties = Properties(PacketTypes.CONNECT)
            properties.SessionExpiryInterval = 60
            client.connect("127.0.0.1", port, keepalive=5, clean_start=False, properties=properties)
        else:
            client.connect("127.0.0.1", port, keepalive=5)
        client.loop_forever()
        """;

    // Publishes with QoS 2 and says when each is complete.
    private const string Tell = """
        import sys
        import paho.mqtt.client as mqtt
        client = mqtt.Client("teller", protocol=mqtt.MQTTv5 if sys.argv[2] == "5" else mqtt.MQTTv311)
        client.will_set("will", "teller is gone", qos=2)
        client.connect("127.0.0.1", int(sys.argv[1]))
        client.loop_start()
        for n in range(300):
            client.publish("n", str(n), qos=n % 3).wait_for_publish()
        print("done", flush=True)
        sys.stdin.readline()
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Pub => Peers.Need("mosquitto_pub", "mosquitto-clients");

    private static string Sub => Peers.Need("mosquitto_sub", "mosquitto-clients");

    private static string Python => Peers.NeedPython("paho.mqtt.client", "python3-paho-mqtt");

    [Theory(Timeout = Patience.Hang)]
    [InlineData("311", "0")]
    [InlineData("311", "1")]
    [InlineData("311", "2")]
    [InlineData("5", "0")]
    [InlineData("5", "1")]
    [InlineData("5", "2")]
    public async Task Mosquittos_clients_speak_through_it_with_every_QoS(string version, string qos)
    {
        await using var broker = new RunningBroker();
        await Run(Pub, broker, "-V", version, "-t", "a/kept", "-m", "last", "-r", "-q", qos);
        await using var subscriber = PeerProcess.Start(Sub, ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", version, "-t", "a/#", "-t", "done", "-q", qos, "-C", "202", "-F", "%t %p %q %r"]);
        await broker.Until(MqttBrokerEvent.Connected, Stop);
        (await subscriber.Line(Stop)).ShouldBe($"a/kept last {(qos == "0" ? 0 : 1)} 1");

        await using var shell = PeerProcess.Start(Peers.Need("bash", "bash"), "-c", $"seq 0 199 | {Pub} -h 127.0.0.1 -p {broker.Port} -V {version} -t a/é -q {qos} -l && {Pub} -h 127.0.0.1 -p {broker.Port} -V {version} -t done -m x");
        (await shell.Output(Stop)).ShouldBeEmpty();

        var lines = (await subscriber.Output(Stop)).TrimEnd().Split('\n');
        lines.ShouldBe([.. Enumerable.Range(0, 200).Select(n => string.Create(CultureInfo.InvariantCulture, $"a/é {n} {(qos == "0" ? 0 : 1)} 0")), "done x 0 0"]);
        broker.Figures.Dropped.ShouldBe(0);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Paho_that_dies_gets_the_rest_when_it_is_back(MqttVersion version)
    {
        await using var broker = new RunningBroker();
        string[] arguments = ["-c", Listen, $"{broker.Port}", version == MqttVersion.V50 ? "5" : "4", "n/#"];
        await using var first = PeerProcess.Start(Python, arguments);
        (await first.Line(Stop)).ShouldBe("connected 0");
        (await first.Line(Stop)).ShouldBe("subscribed");
        await using var client = new RunningClient(broker.To);
        await client.UntilConnected(Stop);

        var properties = new MqttPropertyList().AddUser("k", "é").Properties;
        string[] texts = [.. Enumerable.Range(0, 60).Select(n => n == 20 ? "deadly" : $"{n}")];
        foreach (var text in texts)
            (await client.Client.Publish(RunningClient.Message("n/é", text) with { Properties = properties }, Stop)).IsGood.ShouldBeTrue();

        var extra = version == MqttVersion.V50 ? " [('k', 'é')]" : "";
        foreach (var text in texts[..21])
            (await first.Line(Stop)).ShouldBe($"n/é {text} q1 r0 d0{extra}");
        (await first.Line(Stop)).ShouldBeNull();
        await using var second = PeerProcess.Start(Python, arguments);
        (await second.Line(Stop)).ShouldBe("connected 1");
        // Acknowledgements that the first had not yet sent are owed: what they were for may come again.
        var again = await second.Line(Stop);
        for (; again != $"n/é deadly q1 r0 d1{extra}"; again = await second.Line(Stop))
            again.ShouldNotBeNull().ShouldEndWith($"q1 r0 d1{extra}");
        foreach (var text in texts[21..])
            (await second.Line(Stop)).ShouldStartWith($"n/é {text} q1 r0 d");
        await broker.Until(figures => figures.QueuedBytes == 0, Stop);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Paho_publishes_with_every_QoS_and_its_will_when_it_is_killed(string version)
    {
        await using var broker = new RunningBroker();
        await using var witness = new RunningClient(broker.To);
        await witness.UntilConnected(Stop);
        await witness.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("#"), MqttQos.ExactlyOnce), Stop);
        await using (var paho = PeerProcess.Start(Python, "-c", Tell, $"{broker.Port}", version))
            (await paho.Line(Stop)).ShouldBe("done");

        for (var n = 0; n < 300; n++)
            (await witness.NextMessage(Stop)).ShouldBe($"n {n} q{Math.Min(n % 3, 1)}");
        (await witness.NextMessage(Stop)).ShouldBe("will teller is gone q1");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Mosquittos_subscribers_share_the_work()
    {
        await using var broker = new RunningBroker();
        string[] arguments = ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", "5", "-t", "$share/work/a", "-q", "1", "-C", "10"];
        await using var one = PeerProcess.Start(Sub, arguments);
        await using var two = PeerProcess.Start(Sub, arguments);
        while (broker.Figures.Subscriptions < 2)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);

        await using var shell = PeerProcess.Start(Peers.Need("bash", "bash"), "-c", $"seq 1 20 | {Pub} -h 127.0.0.1 -p {broker.Port} -V 5 -t a -q 1 -l");
        await shell.Output(Stop);

        string[] all = [.. (await one.Output(Stop)).Split('\n'), .. (await two.Output(Stop)).Split('\n')];
        all.Where(line => line.Length > 0).Select(int.Parse).Order().ShouldBe(Enumerable.Range(1, 20));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Password_file_of_mosquitto_is_read_and_mosquitto_reads_ours()
    {
        var folder = Directory.CreateTempSubdirectory("energypilot-passwords");
        try
        {
            var file = Path.Combine(folder.FullName, "passwords");
            foreach (var (user, password, how) in new[] { ("school", "sésame", "-c"), ("city", "a:$7$", "-b") })
            {
                await using var peer = PeerProcess.Start(Peers.Need("mosquitto_passwd", "mosquitto"), how == "-c" ? ["-c", "-b", file, user, password] : ["-b", file, user, password]);
                await peer.Output(Stop);
            }

            MqttPasswords.TryParse(await File.ReadAllTextAsync(file, Stop), out var passwords, out var mistake).ShouldBeTrue(mistake);
            await using var broker = new RunningBroker(new MqttBrokerOptions { Passwords = passwords });
            await Run(Pub, broker, "-u", "school", "-P", "sésame", "-t", "a", "-m", "x", "-q", "1");
            await Run(Pub, broker, "-V", "5", "-u", "city", "-P", "a:$7$", "-t", "a", "-m", "x", "-q", "1");
            (await Output(Pub, broker, "-u", "school", "-P", "wrong", "-t", "a", "-m", "x")).ShouldContain("refused: bad user name or password", Case.Insensitive);
            (await Output(Pub, broker, "-V", "5", "-u", "nobody", "-P", "x", "-t", "a", "-m", "x")).ShouldContain("Bad user name or password", Case.Insensitive);
            (await Output(Pub, broker, "-t", "a", "-m", "x")).ShouldContain("not authorised", Case.Insensitive);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await using var mosquitto = await Mosquitto.Start(Stop, async own =>
        {
            var file = Path.Combine(own, "ours");
            await File.WriteAllTextAsync(file, MqttPasswords.Line("school", "sésame") + "\n", Stop);
            return $"allow_anonymous false\npassword_file {file}";
        });
        await using var client = new RunningClient(new MqttOptions { Host = "127.0.0.1", Port = mosquitto.Port, User = "school", Password = "sésame" });
        await client.UntilConnected(Stop);
    }

    private static async Task Run(string program, RunningBroker broker, params string[] arguments) => (await Output(program, broker, arguments)).ShouldBeEmpty();

    private static async Task<string> Output(string program, RunningBroker broker, params string[] arguments)
    {
        await using var peer = PeerProcess.Start(program, ["-h", "127.0.0.1", "-p", $"{broker.Port}", .. arguments]);
        return await peer.Output(Stop);
    }
}
