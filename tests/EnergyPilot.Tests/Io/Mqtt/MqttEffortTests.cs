using System.Diagnostics;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>What a message costs, alone on the machine as far as a test can be: allocation is counted over all threads.</summary>
[Collection(nameof(MqttEffortTests))]
[CollectionDefinition(nameof(MqttEffortTests), DisableParallelization = true)]
public sealed class MqttEffortTests
{
    private const int Count = 20_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttQos.AtMostOnce, 1, 8)]
    [InlineData(MqttQos.AtLeastOnce, 1, 100)]
    [InlineData(MqttQos.AtLeastOnce, 20, 100)]
    public async Task Publishing_allocates_little(MqttQos qos, int senders, int mostBytes)
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var client = new RunningClient(new MqttOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = "c" });
        await client.UntilConnected(Stop);
        var message = new MqttMessage(MqttTopic.Parse("school/room/4"), new byte[200], qos);
        await Send(client.Client, message, senders);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var began = Stopwatch.GetTimestamp();
        await Send(client.Client, message, senders);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Count;

        TestContext.Current.TestOutputHelper?.WriteLine($"QoS {(int)qos}, {senders} at once: {Count / seconds:0} messages/s, {bytes:0.0} B each");
        bytes.ShouldBeLessThan(mostBytes);
    }

    private static Task Send(MqttClient client, MqttMessage message, int senders) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Count / senders; i++)
                await client.Publish(message, Stop);
        })));
}
