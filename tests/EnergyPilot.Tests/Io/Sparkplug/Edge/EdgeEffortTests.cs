using System.Diagnostics;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>What data cost, alone on the machine as far as a test can be: allocation is counted over all threads.</summary>
[Collection(nameof(EdgeEffortTests))]
[CollectionDefinition(nameof(EdgeEffortTests), DisableParallelization = true)]
public sealed class EdgeEffortTests
{
    private const int Count = 20_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Publishing_allocates_nothing()
    {
        await using var broker = await Mosquitto.Start(Stop);
        using var edge = new SparkplugEdge(
            new SparkplugEdgeOptions { Mqtt = new MqttOptions { Host = "127.0.0.1", Port = broker.Port }, Group = "g", Node = "n" }, () => EdgeStage.School, _ => { }, TimeProvider.System);
        using var ending = new CancellationTokenSource();
        var running = edge.Run(ending.Token);
        while (edge.Standing.Birth == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
        // Out of order in time, with a text, a quality and late data: whatever costs something.
        SparkplugDatum[] node = [.. Enumerable.Range(0, 10).Select(i => EdgeStage.Datum(1, i, 10 - i) with { IsHistorical = true, Quality = SparkplugQuality.Stale }), new(0, SparkplugScalar.Of("École"), EdgeStage.At) { Name = "Site" }];
        SparkplugDatum[] device = [EdgeStage.Datum(10, 19.5), EdgeStage.Datum(11, 21)];
        await Send(edge, node, device);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var began = Stopwatch.GetTimestamp();
        await Send(edge, node, device);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Count;

        TestContext.Current.TestOutputHelper?.WriteLine($"{Count / seconds:0} messages/s of 6.5 metrics on average, {bytes:0.00} B each");
        bytes.ShouldBeLessThan(8);
        await ending.CancelAsync();
        await running;
    }

    private static async Task Send(SparkplugEdge edge, ReadOnlyMemory<SparkplugDatum> node, ReadOnlyMemory<SparkplugDatum> device)
    {
        for (var i = 0; i < Count / 2; i++)
        {
            if (await edge.Publish(1, "", node, Stop) != SparkplugSent.Sent || await edge.Publish(1, "CP", device, Stop) != SparkplugSent.Sent)
                Assert.Fail("Not sent.");
        }
    }
}
