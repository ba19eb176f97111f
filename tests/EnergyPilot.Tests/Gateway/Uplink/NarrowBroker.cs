using System.Net.Sockets;
using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>A mosquitto that lets one message be on its way and keeps ten for who reads slowly; the rest it throws away.</summary>
public sealed class NarrowBroker
{
    private const int Tcp = 6, LargestSegment = 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task City_that_reads_slowly_has_all_samples_in_the_end()
    {
        await using var broker = await Start();
        await using var slow = new Relay(broker.Port, Narrow);
        await using var stage = new UplinkStage(broker.Port, slow.Port, share: 1);
        stage.Live(300);
        stage.Start();
        await stage.CityHasAll();
        for (var n = 0; n < 3; n++)
        {
            slow.Cut();
            // Live data are not held back for anybody: enough that the broker must give some up, unless the kernel holds them all.
            var enough = stage.Store.Samples.LastSequence + 20_000;
            while (stage.Store.Samples.LastSequence < enough)
            {
                stage.Live(300);
                var last = stage.Store.Samples.LastSequence;
                await UplinkStage.Until(() => stage.Figures.Samples >= last);
            }

            slow.Mend();
            // What is missing is seen when something comes after it; else after the minute in which nothing was acknowledged.
            stage.Live(60);
            await stage.CityHasAll();
        }

        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Receipts_of_the_broker_come_one_by_one()
    {
        await using var broker = await Start();
        await using var stage = new UplinkStage(broker.Port, broker.Port, uplink => uplink with { Acknowledger = Acknowledger.Broker }, share: 0.2);
        stage.City.Acknowledges = false;
        stage.Live(2000);
        stage.Start();
        await UplinkStage.Until(() => stage.Figures.Waiting == 0);
        await stage.CityHasAll();
    }

    private static Task<Mosquitto> Start() => Mosquitto.Start(Stop, _ => Task.FromResult("allow_anonymous true\nmax_inflight_messages 1\nmax_queued_messages 10"));

    // Otherwise the kernel would take megabytes for a reader that sleeps, and the broker would never notice.
    private static void Narrow(Socket socket)
    {
        socket.ReceiveBufferSize = 4096;
        socket.SetRawSocketOption(Tcp, LargestSegment, BitConverter.GetBytes(536));
    }
}
