using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Eclipse Paho at the other end of a mosquitto: what it reads of what we write, and the other way round.</summary>
public sealed class PahoTests
{
    // Answers each message on its response topic with what it saw of it.
    private const string Echo = """
        import sys
        import paho.mqtt.client as mqtt
        from paho.mqtt.properties import Properties
        from paho.mqtt.packettypes import PacketTypes
        five = sys.argv[2] == "5"
        client = mqtt.Client("paho", protocol=mqtt.MQTTv5 if five else mqtt.MQTTv311)

        def on_message(client, userdata, message):
            seen = "%s q%d r%d %s" % (message.topic, message.qos, message.retain, message.payload.decode())
            properties = None
            if five:
                seen += " %s %s" % (message.properties.ContentType, message.properties.UserProperty)
                properties = Properties(PacketTypes.PUBLISH)
                properties.UserProperty = ("from", "paho")
            client.publish("answer", seen, qos=2, properties=properties)

        client.on_message = on_message
        client.on_subscribe = lambda *_: print(sys.argv[1], flush=True)
        client.connect("127.0.0.1", int(sys.argv[1]))
        client.subscribe("ask/#", 2)
        client.loop_forever()
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    public async Task Paho_reads_what_we_write_and_we_read_what_it_writes(MqttVersion version)
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var peer = PeerProcess.Start(
            Peers.NeedPython("paho.mqtt.client", "python3-paho-mqtt"), "-c", Echo, $"{broker.Port}", version == MqttVersion.V50 ? "5" : "4");
        await peer.Port(Stop);
        await using var client = new RunningClient(new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Version = version });
        await client.UntilConnected(Stop);
        await client.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("answer"), MqttQos.ExactlyOnce), Stop);
        var properties = new MqttPropertyList().Add(MqttPropertyId.ContentType, "text/plain").AddUser("room", "salle é").Properties;

        foreach (var qos in new[] { MqttQos.AtMostOnce, MqttQos.AtLeastOnce })
        {
            (await client.Client.Publish(RunningClient.Message("ask/é", "21,5", qos) with { Properties = properties }, Stop)).IsGood.ShouldBeTrue();
            var seen = $"ask/é q{(int)qos} r0 21,5";
            (await client.NextMessage(Stop)).ShouldBe($"answer {(version == MqttVersion.V50 ? $"{seen} text/plain [('room', 'salle é')]" : seen)} q2");
        }
    }
}
