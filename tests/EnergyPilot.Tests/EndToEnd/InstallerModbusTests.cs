using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Serial;
using EnergyPilot.Tests.Io;
using EnergyPilot.Tests.Io.Serial;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The installer's verbs on Modbus lines, run as a person at a terminal runs them.</summary>
public sealed partial class InstallerModbusTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scan_says_which_units_answer_and_what_they_look_like()
    {
        await using var server = Serve(UnknownUnit.GatewayTargetFailed);
        using var bench = new InstallerBench($"protocol: modbus, where: \"127.0.0.1:{server.Port}\"", "7", "sm100-thermometer");

        var (code, output) = await InstallerBench.Ran(["scan", InstallerBench.Bus, "--site", bench.Site, "--units", "1-12", .. InstallerBench.Patient]);

        code.ShouldBe(0, output);
        output.ShouldMatch(@"(?m)^ +3  Eastron SDM630 1\.7  looks like eastron-sdm630 ");
        output.ShouldMatch(@"(?m)^ +5  - +looks like elt-mb-350u-c ");
        output.ShouldMatch(@"(?m)^ +9  - +looks like waveshare-analog-output-8 ");
        output.ShouldContain("Silent: unit 7, sample (sm100-thermometer) by the site file.");
        output.ShouldContain("3 units answer");
        output.ShouldContain("energypilot read bench --unit 3 --type eastron-sdm630");
    }

    [Fact]
    public async Task Scan_of_a_silent_place_says_what_may_help()
    {
        await using var silent = Serve(UnknownUnit.Silence);

        var (code, output) = await InstallerBench.Ran("scan", $"127.0.0.1:{silent.Port}", "--units", "100-103", "--deadline", "500ms");

        code.ShouldBe(2);
        output.ShouldContain("No unit answers");
        output.ShouldContain("--deadline 2s");
    }

    [Fact]
    public async Task What_speaks_no_Modbus_is_not_taken_for_units()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var speaking = Task.Run(async () =>
        {
            while (true)
            {
                using var peer = await listener.AcceptTcpClientAsync(Stop);
                await peer.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Stop);
                if (await peer.GetStream().ReadAsync(new byte[300], Stop) == 0) continue;
            }
        }, Stop);

        var (code, output) = await InstallerBench.Ran(["scan", $"{listener.LocalEndpoint}", .. InstallerBench.Patient]);

        code.ShouldBe(2);
        output.ShouldContain($"{listener.LocalEndpoint} answers, but not in Modbus TCP");
        output.ShouldContain($"rtu://{listener.LocalEndpoint}");
        listener.Stop();
        await speaking.ShouldThrowAsync<SocketException>();
    }

    [Fact]
    public async Task Scan_of_pymodbus_behind_a_converter_finds_its_unit_and_read_its_registers()
    {
        await using var peer = PeerProcess.Start(Peers.NeedPython("pymodbus.server", "python3-pymodbus python3-serial-asyncio"), "-c", PymodbusServer);
        var place = $"rtu://127.0.0.1:{await peer.Port(Stop)}";

        var (code, output) = await InstallerBench.Ran("scan", place, "--units", "1-2", "--baud", "19200", "--deadline", "5s");
        var (_, read) = await InstallerBench.Ran(["read", place, "--unit", "1", "--holding", "0x0A", "--count", "2", .. InstallerBench.Patient]);

        code.ShouldBe(0, output);
        output.ShouldMatch(@"(?m)^ +1 ");
        output.ShouldContain("1 unit answers");
        output.ShouldNotContain("looks like");
        read.ShouldMatch(@"0x000A \(10\) +10  000A +10 ");
        read.ShouldMatch(@"0x000B \(11\) +11  000B +11");
    }

    [Fact]
    public async Task Scan_tries_the_usual_speeds_of_a_serial_line_and_a_port_in_use_is_explained()
    {
        await using var cable = await SocatCable.Plug(Stop);
        await using var server = ModbusRtuServer.Start(Slave(UnknownUnit.Silence), SerialPort.Open(cable.Far, new SerialSettings(9600)), TimeProvider.System);

        var (code, output) = await InstallerBench.Ran("scan", cable.Near, "--units", "2-3", "--baud", "all", "--deadline", "2s");
        await using var holder = SerialPort.Open(cable.Near, new SerialSettings(9600));
        var (refused, why) = await InstallerBench.Ran("read", cable.Near, "--unit", "3", "--type", "eastron-sdm630");

        code.ShouldBe(0, output);
        output.ShouldContain("looks like eastron-sdm630");
        output.ShouldContain("at 9600 8N1");
        refused.ShouldBe(2);
        why.ShouldContain("in use by another program");
        why.ShouldContain("energypilot trace");
    }

    [Fact]
    public async Task Read_shows_every_point_of_a_model_by_place_or_by_the_sites_name()
    {
        await using var server = Serve(UnknownUnit.GatewayTargetFailed);
        using var bench = new InstallerBench($"protocol: modbus, where: \"127.0.0.1:{server.Port}\"", "3", "eastron-sdm630");

        var (code, output) = await InstallerBench.Ran(["read", $"127.0.0.1:{server.Port}", "--unit", "3", "--type", "eastron-sdm630", .. InstallerBench.Patient]);
        var (_, named) = await InstallerBench.Ran(["read", InstallerBench.Device, "--site", bench.Site, .. InstallerBench.Patient]);

        code.ShouldBe(0, output);
        output.ShouldMatch(@"active-power +1250\.5  W +good +input 0x0034: 449C 5000");
        output.ShouldMatch(@"voltage-l2 +- +V +refused: no such register");
        named.ShouldBe(output);
    }

    [Theory]
    [InlineData("--unit 3 --input 0x34 --as f32", @"0x0034 \(52\) +1250\.5  449C 5000")]
    [InlineData("--unit 3 --input 52 --count 2", @"0x0034 \(52\) +17564  449C .* 1250\.5 ")]
    [InlineData("--unit 3 --input 0x34 --as u32 --order little --scale 0.1", @"0x0034 \(52\) +134219484\.4  449C 5000")]
    public async Task Registers_can_be_read_by_their_addresses(string arguments, string expected)
    {
        await using var server = Serve(UnknownUnit.GatewayTargetFailed);

        var (code, output) = await InstallerBench.Ran(["read", $"127.0.0.1:{server.Port}", .. arguments.Split(' '), .. InstallerBench.Patient]);

        code.ShouldBe(0, output);
        output.ShouldMatch(expected);
    }

    [Fact]
    public async Task Write_needs_a_confirmation_and_reads_back()
    {
        var unit = Valve();
        await using var server = Serve(unit);
        string[] wish = ["write", $"127.0.0.1:{server.Port}", "55 %", "--unit", "9", "--type", "waveshare-analog-output-8", "--point", "output-3", .. InstallerBench.Patient];

        var (asked, dry) = await InstallerBench.Ran(wish);
        unit[ModbusSpace.HoldingRegisters, 2].ShouldBe((ushort)10_000);
        var (code, output) = await InstallerBench.Ran([.. wish, "--confirm"]);

        (asked, code).ShouldBe((0, 0), output);
        dry.ShouldMatch(@"now: +100 %  \(registers 2710\)");
        dry.ShouldMatch(@"wanted: +55 %  \(registers 157C\)");
        dry.ShouldContain("Nothing was written. Add --confirm");
        output.ShouldContain("Written, and read back the same.");
        unit[ModbusSpace.HoldingRegisters, 2].ShouldBe((ushort)5500);
    }

    [Theory]
    [InlineData("101", 1, "outside of what waveshare-analog-output-8 allows for output-3: 0 to 100 %. Nothing was written.")]
    [InlineData("-1", 1, "outside of what")]
    [InlineData("21°C", 1, "takes a ratio such as \"20 %\"")]
    [InlineData("40", 2, "Not written: confirmed, but reads back something else.")]
    public async Task Write_refuses_what_the_model_does_not_take_and_tells_when_the_device_does_not(string value, int expected, string sentence)
    {
        var unit = Valve(forgetful: true);
        await using var server = Serve(unit);

        var (code, output) = await InstallerBench.Ran(["write", $"127.0.0.1:{server.Port}", value, "--unit", "9", "--type", "waveshare-analog-output-8", "--point", "output-3", "--confirm", .. InstallerBench.Patient]);

        code.ShouldBe(expected, output);
        output.ShouldContain(sentence);
        unit[ModbusSpace.HoldingRegisters, 2].ShouldBe((ushort)10_000);
    }

    [Fact]
    public async Task Watch_prints_lines_with_their_time_and_ends_with_an_interrupt()
    {
        await using var server = Serve(UnknownUnit.GatewayTargetFailed);
        string[] arguments = ["watch", $"127.0.0.1:{server.Port}", "--unit", "5", "--type", "elt-mb-350u-c", "--every", "100ms"];

        var (code, output) = await InstallerBench.Ran([.. arguments, "--count", "2"]);
        code.ShouldBe(0, output);
        WatchedLine().Count(output).ShouldBe(2);

        // Whoever runs the tests in the background has the interrupt ignored in them and in all that they start.
        await using var watch = PeerProcess.Start(Peers.Need("env", "coreutils"), ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "energypilot.dll"), .. arguments]);

        // An interrupt within the first moments ends any program at once; this one is to come in the midst of the watch.
        for (var line = 0; line < 10; line++) (await watch.Line(Stop)).ShouldNotBeNull();
        await using var interrupt = PeerProcess.Start(Peers.Need("kill", "procps"), "-INT", $"{watch.Id}");
        (await watch.Ended(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Trace_that_listens_itself_shows_frames_with_their_meaning_and_writes_a_capture()
    {
        await using var server = Serve(UnknownUnit.GatewayTargetFailed);
        using var bench = new InstallerBench($"protocol: modbus, where: \"127.0.0.1:{server.Port}\"", "5", "elt-mb-350u-c");
        var capture = Path.Combine(bench.Folder, "frames.pcap");

        var (code, output) = await InstallerBench.Ran("trace", InstallerBench.Bus, "--site", bench.Site, "--listen", "--count", "1", "--pcap", capture);

        code.ShouldBe(0, output);
        output.ShouldContain("unit 5: read 3 holding registers from 0x0050");
        output.ShouldContain("unit 5: 3 registers: 02BC 00D7 002D");
        new FileInfo(capture).Length.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("read 127.0.0.1:9 --unit 4 --type sm100-thermometer", 2, "refuses the connection")]
    [InlineData("read /dev/ttyNOWHERE --unit 4 --type sm100-thermometer", 2, "is not there: the adapter is not plugged in, or has another name. The ports there are")]
    [InlineData("read 127.0.0.1:9 --unit 4 --type sm100-termometer", 1, "Did you mean sm100-thermometer?")]
    [InlineData("read 127.0.0.1:9 --unit 4 --type dallas-ds18b20", 1, "dallas-ds18b20 hangs on kernel, and 127.0.0.1:9 speaks modbus")]
    [InlineData("read 127.0.0.1:9 --unit four --type sm100-thermometer", 1, "--unit takes the number of a unit")]
    [InlineData("read 127.0.0.1:9 --unit 4", 1, "A device model with --type")]
    [InlineData("read 127.0.0.1:9 --unit 4 --holding 0x10000", 1, "--holding takes an address")]
    [InlineData("read 127.0.0.1:9 --unit 4 --holding 1 --input 1", 1, "Name one of --holding")]
    [InlineData("read 127.0.0.1:9 --unit 4 --holding 1 --count 3 --as f32", 1, "no whole number of f32")]
    [InlineData("read 127.0.0.1:9 --unit 4 --holding 1 --as f33", 1, "--as takes u16")]
    [InlineData("read 127.0.0.1:9 --baud 9600 --unit 4 --holding 1", 1, "for serial lines; 127.0.0.1:9 is none")]
    [InlineData("read modbos --unit 4 --holding 1", 1, "Did you mean modbus?")]
    [InlineData("read /dev/ttyS9 --protocol mbus --unit 4", 1, "--protocol takes modbus")]
    [InlineData("scan 127.0.0.1:9 --units 9-3", 1, "--units takes a range")]
    [InlineData("scan 127.0.0.1:9 --deadline 5", 1, "--deadline takes a time")]
    [InlineData("scan /dev/ttyS9 --baud fast", 1, "--baud takes a speed")]
    [InlineData("watch 127.0.0.1:9 --unit 4 --holding 1 --every 0s", 1, "--every takes a time")]
    [InlineData("write 127.0.0.1:9 1 --unit 4 --input 3", 1, "Only holding registers and coils")]
    [InlineData("write 127.0.0.1:9 1 --unit 2 --type waveshare-relay-16", 1, "Which point of waveshare-relay-16?")]
    [InlineData("write 127.0.0.1:9 1 --unit 2 --type waveshare-relay-16 --point chanel-3", 1, "Did you mean channel-3?")]
    [InlineData("trace modbus --url http://127.0.0.1:9", 2, "No gateway answers on http://127.0.0.1:9")]
    [InlineData("trace 127.0.0.1:9", 1, "add --listen")]
    public async Task Trouble_is_a_sentence_with_a_remedy(string arguments, int expected, string sentence)
    {
        var (code, output) = await InstallerBench.Ran(arguments.Split(' '));

        output.ShouldContain(sentence);
        code.ShouldBe(expected, output);
    }

    private static ModbusTcpServer Serve(UnknownUnit unknown) => ModbusTcpServer.Start(Slave(unknown), new(IPAddress.Loopback, 0), 4, Stop);

    private static ModbusTcpServer Serve(InstallerBench.Unit unit) =>
        ModbusTcpServer.Start(new ModbusSlave(new Dictionary<byte, IModbusUnit> { [9] = unit }, UnknownUnit.GatewayTargetFailed), new(IPAddress.Loopback, 0), 4, Stop);

    private static ModbusSlave Slave(UnknownUnit unknown) => new(new Dictionary<byte, IModbusUnit>
    {
        [3] = new InstallerBench.Unit("eastron-sdm630", ("active-power", 1250.5), ("energy-import", 8123.5), ("energy-export", 0), ("frequency", 50.02), ("voltage-l1", 231.4), ("voltage-l3", 229.9))
        {
            Identification = [IdentificationObject.Of(0, "Eastron"), IdentificationObject.Of(1, "SDM630"), IdentificationObject.Of(2, "1.7")],
        },
        [5] = new InstallerBench.Unit("elt-mb-350u-c", ("co2", 700), ("temperature", 21.5), ("humidity", 45)),
        [9] = Valve(),
    }, unknown);

    private static InstallerBench.Unit Valve(bool forgetful = false) =>
        new("waveshare-analog-output-8", [.. Enumerable.Range(1, 8).Select(n => ($"output-{n}", 100.0))]) { IsForgetful = forgetful };

    [GeneratedRegex(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z  co2 +700 +ppm ")]
    private static partial Regex WatchedLine();

    private const string PymodbusServer = """
        import asyncio
        from pymodbus.datastore import ModbusSequentialDataBlock as Block, ModbusSlaveContext, ModbusServerContext
        from pymodbus.server.async_io import ModbusTcpServer
        from pymodbus.framer.rtu_framer import ModbusRtuFramer

        async def main():
            unit = ModbusSlaveContext(hr=Block(0, list(range(200))), ir=Block(0, list(range(200))), zero_mode=True)
            server = ModbusTcpServer(ModbusServerContext(slaves={1: unit}, single=False), framer=ModbusRtuFramer, address=("127.0.0.1", 0))
            serving = asyncio.ensure_future(server.serve_forever())
            await server.serving
            print(server.server.sockets[0].getsockname()[1], flush=True)
            await serving

        asyncio.run(main())
        """;
}
