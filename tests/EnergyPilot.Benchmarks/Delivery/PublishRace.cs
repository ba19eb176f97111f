using System.Diagnostics;
using System.Globalization;
using System.Text;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Tests.Io;

namespace EnergyPilot.Benchmarks.Delivery;

/// <summary>What was measured at one window: messages of QoS 1 a second, medians of the rounds; not a number where a peer cannot do it.</summary>
/// <param name="Ratio">Ours to paho's, the median over the rounds.</param>
/// <param name="Bytes">What ours allocated per message, by the account of the whole process.</param>
internal sealed record RaceFigures(int Window, double Ours, double Paho, double MosquittoPub, double Ratio, double Bytes);

/// <summary>
/// Messages of 200 bytes with QoS 1 against one mosquitto, turn by turn, so that whatever else the machine does hits all alike: our client, Eclipse Paho for Python
/// as quick as it gets (the next message from the acknowledgement of the last, in the thread of the network), and mosquitto_pub with lines from a file, whose window is 20.
/// </summary>
internal sealed class PublishRace(int port, int rounds, int messages)
{
    private const int Length = 200, WindowOfMosquittoPub = 20;
    private const string Python = "/usr/bin/python3";

    private const string Paho = """
        import sys, time
        import paho.mqtt.client as mqtt
        port, window, count, length = map(int, sys.argv[1:])
        client = mqtt.Client("paho-race", protocol=mqtt.MQTTv5)
        client.max_inflight_messages_set(window)
        payload, sent, came, began = b"x" * length, 0, 0, 0.0

        def send():
            global sent
            sent += 1
            client.publish("race/paho", payload, qos=1)

        def connected(*_):
            global began
            began = time.perf_counter()
            for _ in range(window):
                send()

        def acknowledged(*_):
            global came
            came += 1
            if sent < count:
                send()
            elif came == count:
                print(time.perf_counter() - began, flush=True)
                client.disconnect()

        client.on_connect, client.on_publish = connected, acknowledged
        client.connect("127.0.0.1", port)
        client.loop_forever()
        """;

    private readonly MqttMessage message = new(MqttTopic.Parse("race/ours"), Encoding.ASCII.GetBytes(new string('x', Length)), MqttQos.AtLeastOnce);

    public static bool HasPeers => File.Exists(Python) && File.Exists("/usr/bin/mosquitto_pub");

    public async Task<RaceFigures> Run(int window, CancellationToken stop)
    {
        var (ours, paho, tool, bytes) = (new double[rounds], new double[rounds], new double[rounds], new double[rounds]);
        using var client = new MqttClient(new MqttOptions { Host = "127.0.0.1", Port = port, Window = window, ClientId = $"race-{window}" }, (in MqttDelivery _) => { }, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = client.Run(ending.Token);
        // Code is compiled, and the processor awake.
        await Ours(client, window, stop);
        for (var i = 0; i < rounds; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            ours[i] = await Ours(client, window, stop);
            bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)messages;
            paho[i] = await PahoRate(window, stop);
            tool[i] = window == WindowOfMosquittoPub ? await ToolRate(stop) : double.NaN;
        }

        await ending.CancelAsync();
        await running;
        return new RaceFigures(window, Median(ours), Median(paho), Median(tool), Median(ours.Zip(paho, (a, b) => a / b)), Median(bytes));
    }

    private async Task<double> Ours(MqttClient client, int window, CancellationToken stop)
    {
        var left = messages;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, window).Select(_ => Task.Run(Publish, stop)));
        return messages / Stopwatch.GetElapsedTime(began).TotalSeconds;

        async Task Publish()
        {
            while (Interlocked.Decrement(ref left) >= 0)
                if (!(await client.Publish(message, stop)).IsGood) throw new InvalidOperationException("A message was not taken.");
        }
    }

    private async Task<double> PahoRate(int window, CancellationToken stop)
    {
        await using var peer = PeerProcess.Start(Python, ["-c", Paho, .. new[] { port, window, messages, Length }.Select(Text)]);
        var said = await peer.Output(stop);
        return double.TryParse(said, CultureInfo.InvariantCulture, out var seconds) ? messages / seconds : throw new InvalidOperationException($"Install python3-paho-mqtt. {said}");
    }

    private async Task<double> ToolRate(CancellationToken stop)
    {
        var lines = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(lines, Enumerable.Repeat(new string('x', Length), messages), stop);
            var began = Stopwatch.GetTimestamp();
            await using var peer = PeerProcess.Start("/bin/sh", "-c", $"exec mosquitto_pub -V 5 -h 127.0.0.1 -p {Text(port)} -t race/tool -q 1 -l < {lines}");
            await peer.Output(stop);
            return messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            File.Delete(lines);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : double.NaN;
}
