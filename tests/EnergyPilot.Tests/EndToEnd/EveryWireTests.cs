using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Tic;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Io.MBus;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>A school with one device more on each kind of wire: Modbus TCP, M-Bus, télé-information, MQTT over a real broker. The real gateway reads them all.</summary>
public sealed class EveryWireTests
{
    private const string Valve = "zigbee2mqtt/valve-cp";

    [Fact(Timeout = Patience.Hang)]
    public async Task One_gateway_reads_every_wire_and_shows_how_each_device_does()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.Start(stop);
        await using var meters = MBusTcpServer.Start(new MBusSlave(VirtualMeters.Heat(0x67004142, 3)), new IPEndPoint(IPAddress.Loopback, 0), stop);
        await using var linky = new LinkyLine();
        await using var valve = new RunningClient(new MqttOptions { Host = "127.0.0.1", Port = broker.Port });
        await valve.UntilConnected(stop);
        var school = new VirtualSchool(SchoolFiles.DemoSite, TypicalYear.Uccle, TimeProvider.System, seed: 1);
        var servers = FieldBuses.Serve(school, stop);
        var folder = Directory.CreateTempSubdirectory("energypilot-wires-");
        var site = Path.Combine(folder.FullName, "school.yaml");
        await File.WriteAllTextAsync(site, SiteText(servers.Values.Single().Port, meters.Port, linky.Port, broker.Port), stop);

        await using (var gateway = await GatewayProcess.Serving("run", site))
        {
            await Until(gateway, "device=\"meter-heat-2\"", stop);
            await Until(gateway, "device=\"linky\"", stop);
            await UntilHeard(gateway, valve, stop);

            // The page shows the readings of the newest cycle: those of all wires, once one has run.
            foreach (var shown in (string[])["37,351 kWh", "101.69 °C", "21.5 °C", "12.3 kWh"])
                while (!(await DevicesPage(gateway, stop)).Contains(shown, StringComparison.Ordinal)) await Task.Delay(200, stop);
            (await gateway.Http.GetStringAsync(new Uri("/api/v1/buses/modbus/trace?last=10", UriKind.Relative), stop)).ShouldContain("read ");
            (await gateway.Http.GetStringAsync(new Uri("/api/v1/buses/meters/trace?last=10", UriKind.Relative), stop)).ShouldContain("→");
            (await gateway.Http.GetAsync(new Uri("/api/v1/buses/nothing/trace", UriKind.Relative), stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            gateway.Output.ShouldNotContain("CRITICAL");
        }

        foreach (var server in servers.Values) await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string SiteText(int modbus, int meters, int linky, int broker) => SchoolFiles.Demo.Text
        .Replace("192.168.10.20:502", $"127.0.0.1:{modbus}", StringComparison.Ordinal)
        .Replace("buses:\n", string.Create(CultureInfo.InvariantCulture, $$"""
            buses:
              meters: { protocol: m-bus, where: "127.0.0.1:{{meters}}", interval: 10 s }
              linky: { protocol: tic, where: "127.0.0.1:{{linky}}" }
              radio: { protocol: mqtt, where: "127.0.0.1:{{broker}}" }

            """), StringComparison.Ordinal)
        .Replace("devices:\n", $$"""
            devices:
              meter-heat-2: { type: kamstrup-multical-601, bus: meters, address: "67004142" }
              linky: { type: linky-standard, bus: linky, address: any }
              valve-cp: { type: zigbee-sonoff-trvzb, bus: radio, address: {{Valve}} }

            """, StringComparison.Ordinal);

    private static async Task<string> DevicesPage(GatewayProcess gateway, CancellationToken stop) =>
        WebUtility.HtmlDecode(await gateway.Http.GetStringAsync(new Uri("/devices?lang=en", UriKind.Relative), stop)).Replace('\u00A0', ' ');

    private static async Task Until(GatewayProcess gateway, string device, CancellationToken stop)
    {
        while (!await IsHeard(gateway, device, stop)) await Task.Delay(100, stop);
    }

    // The gateway subscribes in its own time; a sensor repeats itself too.
    private static async Task UntilHeard(GatewayProcess gateway, RunningClient valve, CancellationToken stop)
    {
        while (!await IsHeard(gateway, "device=\"valve-cp\"", stop))
        {
            (await valve.Client.Publish(RunningClient.Message(Valve, """{"local_temperature":21.5,"battery":80}"""), stop)).IsGood.ShouldBeTrue();
            await Task.Delay(100, stop);
        }
    }

    private static async Task<bool> IsHeard(GatewayProcess gateway, string device, CancellationToken stop)
    {
        var metrics = await gateway.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), stop);
        return metrics.Split('\n').Any(l => l.StartsWith("energypilot_device_last_good_timestamp_seconds", StringComparison.Ordinal) && l.Contains(device, StringComparison.Ordinal));
    }

    /// <summary>A Linky behind a converter that passes its bytes on.</summary>
    private sealed class LinkyLine : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource ending = new();
        private readonly Task speaking;

        public LinkyLine()
        {
            listener.Start();
            speaking = Speak();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            await speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            listener.Dispose();
            ending.Dispose();
        }

        private async Task Speak()
        {
            using var peer = await listener.AcceptTcpClientAsync(ending.Token);
            await new TicEmitter(TicMode.Standard, TimeProvider.System) { EnergyWattHours = 12_300, PowerVoltAmperes = 1_500 }.Run(peer.GetStream(), ending.Token);
        }
    }
}
