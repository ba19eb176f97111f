using System.Net.Sockets;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;
using EnergyPilot.Tests.Io.Fuzz;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>Clients that say valid, broken and meaningless packets in any order, over real sockets.</summary>
public sealed class BrokerFuzzTests
{
    private const int Callers = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Hostile_bytes_cost_their_connection_and_nothing_else()
    {
        var limits = new MqttBrokerLimits { QueuedMessages = 100, QueuedBytesInAll = 8 << 20, RetainedMessages = 50, Subscriptions = 300, Sessions = 40 };
        await using var broker = RunningBroker.With(limits);
        await using var witness = new RunningClient(broker.To with { ClientId = "witness" });
        await witness.UntilConnected(Stop);
        await witness.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("of/witness"), MqttQos.AtLeastOnce), Stop);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(seed => Call(broker, seed, FuzzRuns.Count / Callers)));

        (await witness.Client.Publish(RunningClient.Message("of/witness", "alive"), Stop)).IsGood.ShouldBeTrue();
        string message;
        do
            message = await witness.NextMessage(Stop);
        while (message != "of/witness alive q1");
        var figures = broker.Figures;
        figures.Sessions.ShouldBeLessThanOrEqualTo(limits.Sessions);
        figures.Subscriptions.ShouldBeLessThanOrEqualTo(limits.Subscriptions);
        figures.Retained.ShouldBeLessThanOrEqualTo(limits.RetainedMessages);
        figures.QueuedBytes.ShouldBeLessThanOrEqualTo(limits.QueuedBytesInAll + (limits.Sessions * limits.Inflight * 2_000L));
        figures.Received.ShouldBeGreaterThan(FuzzRuns.Count / 50);
        witness.Client.Connection.Phase.ShouldBe(MqttPhase.Connected);
    }

    private static async Task Call(RunningBroker broker, int seed, int frames)
    {
        var random = new Random(seed);
        for (var said = 0; said < frames;)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(System.Net.IPAddress.Loopback, broker.Port, Stop);
            try
            {
                said += await Talk(client.GetStream(), random, Math.Min(200, frames - said));
            }
            catch (IOException)
            {
                // It was thrown out, as it should be.
                said += 10;
            }
        }
    }

    private static async Task<int> Talk(NetworkStream stream, Random random, int most)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var reading = stream.CopyToAsync(Stream.Null, end.Token);
        var version = random.Next(2) == 0 ? MqttVersion.V311 : MqttVersion.V50;
        var said = 1;
        if (random.Next(10) > 0)
            await stream.WriteAsync(Convert.FromHexString(Say.Connect($"f{random.Next(60)}", version, flags: random.Next(2) << 1)), Stop);
        for (; said < most && !reading.IsCompleted; said++)
            await stream.WriteAsync(MqttFuzz.Hostile(random, version), Stop);
        await end.CancelAsync();
        await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return said;
    }
}
