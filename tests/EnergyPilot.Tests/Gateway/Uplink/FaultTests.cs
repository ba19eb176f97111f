using System.Diagnostics;
using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.Gateway.Uplink;

public sealed class FaultTests
{
    [Fact(Timeout = Patience.Hang)]
    public async Task Whatever_happens_the_city_has_every_committed_sample_once()
    {
        await using var broker = new BrokerUnderFire(await Mosquitto.Start(TestContext.Current.CancellationToken));
        using var card = new RamCard();
        var outcome = await new FaultRun(new FaultPlan(Seed: 7, Days: 0.5, Share: 0.2, Kills: 8) { Gateway = Gateway }, broker, card).Run(TestContext.Current.CancellationToken);
        outcome.ShouldSatisfyAllConditions(
            o => o.Samples.ShouldBeGreaterThan(3000), o => o.Lost.ShouldBe(0), o => o.Doubled.ShouldBe(0), o => o.Disordered.ShouldBe(0), o => o.EnergyWh.ShouldBe(0, 0.001), o => o.Again.ShouldBeGreaterThan(0));
    }

    private static Process Gateway(FireOrders orders) => Process.Start(new ProcessStartInfo("dotnet", [typeof(FaultTests).Assembly.Location])
    {
        RedirectStandardOutput = true, Environment = { [EntryPoint.GatewayOrders] = string.Join('|', orders.Arguments) },
    }) ?? throw new InvalidOperationException("No process.");

    private sealed class BrokerUnderFire(Mosquitto mosquitto) : IBrokerUnderFire, IAsyncDisposable
    {
        public int Port => mosquitto.Port;

        public Task Freeze(CancellationToken stop) => mosquitto.Freeze(stop);

        public Task Thaw(CancellationToken stop) => mosquitto.Thaw(stop);

        public Task Kill() => mosquitto.Kill();

        public Task Start(CancellationToken stop) => mosquitto.Run(stop);

        public ValueTask DisposeAsync() => mosquitto.DisposeAsync();
    }
}
