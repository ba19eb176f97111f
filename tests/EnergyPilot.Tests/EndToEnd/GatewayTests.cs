using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The demo school as a user starts it: a process, a page, its store, its end.</summary>
public sealed partial class GatewayTests
{
    [Fact(Timeout = Patience.Hang)]
    public async Task Demo_shows_every_zone_with_a_temperature_and_a_reason()
    {
        await using var gateway = await GatewayProcess.Serving("--start", "2027-01-11T07:00", "--speed", "60");

        var page = WebUtility.HtmlDecode(await Get(gateway, "/?lang=en")).Replace('\u00A0', ' ');

        ZoneLink().Matches(page).Select(m => m.Value).Distinct().Count().ShouldBe(12);
        Temperature().Count(page).ShouldBeGreaterThan(24, "each zone shows its room and its target");
        page.ShouldContain("Warming up to reach 19.0 °C");
        gateway.Output.ShouldContain("one-time code");
        gateway.Output.ShouldNotContain("ERROR");
        gateway.Output.ShouldNotContain("CRITICAL");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Demo_polls_its_modbus_devices_over_real_tcp()
    {
        await using var gateway = await GatewayProcess.Serving("--speed", "60");
        var port = int.Parse(await gateway.Until(ServedPort()), CultureInfo.InvariantCulture);

        // The electricity meter answers anybody who asks on that port: unit 10, frequency or voltage, two input registers.
        await using var wire = new EnergyPilot.Io.Modbus.ModbusTcpWire("127.0.0.1", port, TimeProvider.System);
        var meter = SchoolFiles.DemoSite.Devices.Single(d => d.Type.Id == "eastron-sdm630");
        var words = new ushort[2];
        var result = await new EnergyPilot.Io.Modbus.ModbusMaster(wire, TimeProvider.System).ReadRegisters(
            new(byte.Parse(meter.Address, CultureInfo.InvariantCulture), EnergyPilot.Io.Modbus.ModbusSpace.InputRegisters, 0x0000), words, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        result.IsGood.ShouldBeTrue();
        BitConverter.UInt32BitsToSingle((uint)words[0] << 16 | words[1]).ShouldBeInRange(200, 260, "volts");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Twenty_four_hours_at_speed_hold_memory_flat_and_small()
    {
        await using var gateway = await GatewayProcess.Serving("--start", "2027-01-11T00:00", "--speed", "1200");
        await Reach(gateway, new(2027, 1, 11, 6, 0, 0));
        var early = gateway.ResidentMb;

        await Reach(gateway, new(2027, 1, 12, 0, 0, 0));
        var late = gateway.ResidentMb;

        TestContext.Current.TestOutputHelper?.WriteLine($"resident memory: {early:0.0} MB after 6 simulated hours, {late:0.0} MB after 24");
        late.ShouldBeLessThan(155);
        (late - early).ShouldBeLessThan(12, $"resident memory went from {early:0} to {late:0} MB in 18 simulated hours");
        gateway.Output.ShouldNotContain("ERROR");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task History_survives_a_power_cut()
    {
        await using var gateway = await GatewayProcess.Serving("--start", "2027-01-11T00:00", "--speed", "600");
        await Reach(gateway, new(2027, 1, 11, 2, 0, 0));

        gateway.Kill();

        using var store = Store.Open(gateway.Folder, TimeProvider.System, NullLogger.Instance);
        store.SetAside.ShouldBeEmpty();
        var from = new DateTimeOffset(2027, 1, 10, 0, 0, 0, TimeSpan.Zero);
        store.Samples.Series(new("room-cp.temperature"), from, from.AddDays(2), Resolution.Quarter).Length.ShouldBeGreaterThan(96);
        store.Accounts.IsEmpty.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Real_site_runs_on_the_buses_that_are_there_and_says_which_is_not()
    {
        // A school whose Modbus devices are real sockets and whose 1-Wire sensors are real files; its GPIO chip is missing.
        var stop = TestContext.Current.CancellationToken;
        var school = new VirtualSchool(SchoolFiles.DemoSite, TypicalYear.Uccle, TimeProvider.System, seed: 1);
        var servers = FieldBuses.Serve(school, stop);
        var sensors = Directory.CreateTempSubdirectory("energypilot-w1-").FullName;
        foreach (var sensor in school.Site.Devices.Where(d => d.Type.Id == "dallas-ds18b20"))
        {
            Directory.CreateDirectory(Path.Combine(sensors, sensor.Address));
            await File.WriteAllBytesAsync(Path.Combine(sensors, sensor.Address, "w1_slave"), Report(17_312), stop);
        }

        var site = Path.Combine(sensors, "school.yaml");
        await File.WriteAllTextAsync(site, SchoolFiles.Demo.Text
            .Replace("192.168.10.20:502", $"127.0.0.1:{servers.Values.Single().Port}", StringComparison.Ordinal)
            .Replace("where: /sys/bus/w1/devices", $"where: {sensors}", StringComparison.Ordinal)
            .Replace("/dev/gpiochip0", "/dev/gpiochip99", StringComparison.Ordinal), stop);

        await using (var gateway = await GatewayProcess.Serving("run", site))
        {
            var page = WebUtility.HtmlDecode(await Get(gateway, "/?lang=en")).Replace('\u00A0', ' ');
            page.ShouldContain("17.3 °C", Case.Sensitive, "a sensor that is a file");
            page.ShouldContain("ppm", Case.Sensitive, "a carbon dioxide sensor over TCP");
            gateway.Output.ShouldContain("/dev/gpiochip99");
            gateway.Output.ShouldNotContain("CRITICAL");
        }

        foreach (var server in servers.Values) await server.DisposeAsync();
        Directory.Delete(sensors, recursive: true);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Port_in_use_is_a_sentence_and_not_a_stack_trace()
    {
        await using var first = await GatewayProcess.Serving();

        var (code, output) = await GatewayProcess.Ran("--data", Path.Combine(first.Folder, "second"), "--url", first.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));

        code.ShouldBe(1);
        output.ShouldContain("is in use by another program");
        output.ShouldNotContain("   at ");
    }

    private static byte[] Report(double milliCelsius)
    {
        var report = new byte[EnergyPilot.Io.Kernel.OneWireReport.Longest];
        return report[..EnergyPilot.Io.Kernel.OneWireReport.Write(milliCelsius, report)];
    }

    private static async Task<string> Get(GatewayProcess gateway, string path) =>
        await gateway.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    // The series of any zone ends at the school's own present.
    private static async Task Reach(GatewayProcess gateway, DateTime utc)
    {
        while (true)
        {
            using var series = JsonDocument.Parse(await Get(gateway, "/api/v1/zones/cp/series?hours=1"));
            var at = Times(series.RootElement).DefaultIfEmpty(0).Max();
            if (DateTimeOffset.FromUnixTimeSeconds((long)at) >= new DateTimeOffset(utc, TimeSpan.Zero)) return;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static IEnumerable<double> Times(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble() is > 1e9 and < 1e11 and var seconds ? [seconds] : [],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Times),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Times(p.Value)),
        _ => [],
    };

    [GeneratedRegex("href=\"/zones/[a-z0-9-]+\"")]
    private static partial Regex ZoneLink();

    [GeneratedRegex(@"\d+\.\d °C")]
    private static partial Regex Temperature();

    [GeneratedRegex(@"is served on 127\.0\.0\.1:(\d+)")]
    private static partial Regex ServedPort();
}
