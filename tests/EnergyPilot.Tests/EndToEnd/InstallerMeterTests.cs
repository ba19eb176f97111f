using System.Net;
using System.Text;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Tic;
using EnergyPilot.Tests.Io.MBus;
using EnergyPilot.Tests.Io.Mqtt;
using EnergyPilot.Tests.Io.Serial;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The installer's verbs on meters, sensors of the kernel and a broker, run as a person at a terminal runs them.</summary>
public sealed class InstallerMeterTests
{
    private const string HeatModel = """
        maker: Kamstrup
        model: bench
        summary: heat
        protocol: m-bus
        points:
          energy: { measures: energy, record: energy, range: 0..1000000 MWh, accumulation: cumulative }
          supply-temperature: { measures: temperature, record: flow-temperature, range: 0..130 °C }

        """;

    private const string LinkyModel = """
        maker: any
        model: bench
        summary: electricity
        protocol: tic
        points:
          energy-import: { measures: energy, group: EAST, unit: Wh, range: 0..1000000 MWh, accumulation: cumulative }

        """;

    private const string ValveModel = """
        maker: any
        model: bench
        summary: radiator valve
        protocol: mqtt
        points:
          temperature: { measures: temperature, json: $.local_temperature, unit: °C, range: -10..60 °C }
          setpoint: { measures: temperature, json: $.occupied_heating_setpoint, unit: °C, range: 5..30 °C, access: read-write, command: set, payload: '{"occupied_heating_setpoint":{value}}', safe: 20 °C }

        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scan_of_an_mbus_finds_meters_by_address_and_by_identity_and_read_names_their_records()
    {
        await using var server = MBusTcpServer.Start(new MBusSlave(VirtualMeters.Heat(0x67004142, 3), VirtualMeters.Talkative(0x10000001, 200, 3)), new(IPAddress.Loopback, 0), Stop);
        using var bench = new InstallerBench($"protocol: m-bus, where: \"127.0.0.1:{server.Port}\", baud: 2400", "67004142", HeatModel);

        var (code, output) = await InstallerBench.Ran("scan", InstallerBench.Bus, "--site", bench.Site, "--units", "2-4");
        var (_, read) = await InstallerBench.Ran(["read", InstallerBench.Device, "--site", bench.Site, .. InstallerBench.Patient]);
        var (silent, why) = await InstallerBench.Ran("read", InstallerBench.Bus, "--site", bench.Site, "--unit", "17");

        code.ShouldBe(0, output);
        output.ShouldMatch(@"(?m)^ +3  67004142\.KAM\.01\.04  heat +bench-model.* sample \(bench-model\)");
        output.ShouldMatch(@"(?m)^ +-  10000001\.ELS\.02\.07  water ");
        output.ShouldContain("2 meters answer");
        read.ShouldContain("67004142.KAM.01.04 (heat)");
        read.ShouldMatch(@"(?m)^energy +37351  kWh +good +energy$");
        read.ShouldMatch(@"(?m)^flow-temperature +101\.69  °C +good +supply-temperature$");
        read.ShouldMatch(@"(?m)^date-time +2027-01-11 06:30:00 +good$");
        silent.ShouldBe(2);
        why.ShouldContain("Meter 17 on 127.0.0.1");
    }

    [Theory]
    [InlineData("17x")]
    [InlineData("251")]
    [InlineData("67004142.kam.01.04")]
    public async Task Wrong_addresses_of_meters_are_explained(string address)
    {
        var (code, output) = await InstallerBench.Ran("read", "127.0.0.1:9", "--protocol", "m-bus", "--unit", address);

        code.ShouldBe(1);
        output.ShouldContain("--unit takes a primary address from 0 to 250");
    }

    [Fact]
    public async Task Scan_of_a_linkys_output_shows_its_number_and_its_labels()
    {
        using var cable = new PtyPair();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var bench = new InstallerBench($"protocol: tic, where: {cable.Path}", "any", LinkyModel);
        var speaking = new TicEmitter(TicMode.Standard, TimeProvider.System) { EnergyWattHours = 6_231_973, PowerVoltAmperes = 1163 }.Run(cable.Far, ending.Token);

        var (code, output) = await InstallerBench.Ran("scan", InstallerBench.Bus, "--site", bench.Site);

        code.ShouldBe(0, output);
        output.ShouldContain("Meter 041876543210, standard mode");
        output.ShouldContain("models that fit: bench-model");
        output.ShouldMatch(@"(?m)^EAST +6231\.973  kWh +006231973$");
        output.ShouldMatch(@"(?m)^SINSTS +1163  VA ");
        await ending.CancelAsync();
        await speaking.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Sensors_of_the_kernel_are_listed_with_their_values()
    {
        using var bench = new InstallerBench("protocol: kernel, where: /nowhere", "28-000000000001", "dallas-ds18b20");
        var folder = Path.Combine(bench.Folder, "w1");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[
            ("28-000000000002", "58 01 4b 46 7f ff 08 10 f9 : crc=f9 YES\n58 01 4b 46 7f ff 08 10 f9 t=21500\n"),
            ("28-000000000003", "50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=85000\n"), ("w1_bus_master1", "")])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            if (value.Length > 0) File.WriteAllText(Path.Combine(folder, name, "w1_slave"), value);
        }

        var (code, output) = await InstallerBench.Ran("scan", folder);
        var (_, read) = await InstallerBench.Ran("read", folder, "--unit", "28-000000000002", "--type", "dallas-ds18b20");
        var (missing, why) = await InstallerBench.Ran("scan", "/sys/bus/no-such-bus/devices");
        var (silent, which) = await InstallerBench.Ran("read", folder, "--unit", "28-000000000009", "--type", "dallas-ds18b20");

        code.ShouldBe(0, output);
        output.ShouldMatch(@"28-000000000002  dallas-ds18b20 +temperature +21\.5  °C +good");
        output.ShouldMatch(@"28-000000000003  dallas-ds18b20 +temperature +-  °C +not believed");
        output.ShouldContain("2 sensors of 3 folders");
        read.ShouldMatch(@"temperature +21\.5  °C +good");
        (missing, silent).ShouldBe((2, 2));
        why.ShouldContain("the kernel driver is not loaded");
        which.ShouldContain("gives no value");
    }

    [Fact]
    public async Task A_broker_is_listened_to_and_written_to()
    {
        await using var broker = await Mosquitto.Start(Stop);
        using var bench = new InstallerBench($"protocol: mqtt, where: \"mqtt://127.0.0.1:{broker.Port}\"", "zigbee2mqtt/valve-cp", ValveModel);
        await broker.Publish(Stop, "-t", "zigbee2mqtt/valve-cp", "-m", """{"local_temperature":20.5,"occupied_heating_setpoint":19,"battery":80}""", "-r");
        await broker.Publish(Stop, "-t", "odd/topic", "-m", "\u001b[31mred", "-r");
        var written = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ear = new MqttMessageLine(new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Version = MqttVersion.V311 }, TimeProvider.System);
        ear.Listen([MqttFilter.Parse("zigbee2mqtt/valve-cp/set")], (_, payload, _, _) => written.TrySetResult(Encoding.UTF8.GetString(payload)));

        var (code, output) = await InstallerBench.Ran("scan", InstallerBench.Bus, "--site", bench.Site, "--listen", "4s");
        var (asked, dry) = await InstallerBench.Ran("write", InstallerBench.Device, "21.5", "--site", bench.Site);
        var (refused, why) = await InstallerBench.Ran("write", InstallerBench.Device, "45", "--site", bench.Site, "--confirm");
        written.Task.IsCompleted.ShouldBeFalse();
        var (sent, how) = await InstallerBench.Ran(["write", InstallerBench.Device, "21.5", "--site", bench.Site, "--confirm", .. InstallerBench.Patient]);

        code.ShouldBe(0, output);
        output.ShouldMatch(@"(?m)^zigbee2mqtt/valve-cp  local_temperature occupied_heating_setpoint battery +zigbee-\S+, zigbee-.* sample$");
        output.ShouldMatch(@"(?m)^odd/topic +=");
        (asked, refused, sent).ShouldBe((0, 1, 0), how);
        dry.ShouldContain("""message:  {"occupied_heating_setpoint":21.5}""");
        dry.ShouldContain("Add --confirm");
        why.ShouldContain("5 to 30 °C");
        (await written.Task.WaitAsync(Stop)).ShouldBe("""{"occupied_heating_setpoint":21.5}""");
    }

    [Theory]
    [InlineData("scan 127.0.0.1:9 --protocol mqtt --listen 1s", "127.0.0.1:9: ")]
    [InlineData("scan /dev/gpiochip77", "GPIO chip /dev/gpiochip77 cannot be asked")]
    [InlineData("read /dev/gpiochip77 --unit 5 --type gpio-contact", "Line 5 gives no value. GPIO chip /dev/gpiochip77 cannot be opened")]
    [InlineData("write /dev/gpiochip77 on --unit 5 --type gpio-relay --confirm", "cannot be opened")]
    [InlineData("scan 127.0.0.1:9 --protocol tic", "refuses the connection")]
    [InlineData("scan 127.0.0.1:9 --protocol m-bus", "refuses the connection")]
    public async Task What_does_not_open_is_explained(string arguments, string sentence)
    {
        var (code, output) = await InstallerBench.Ran(arguments.Split(' '));

        code.ShouldBe(2, output);
        output.ShouldContain(sentence);
    }
}
