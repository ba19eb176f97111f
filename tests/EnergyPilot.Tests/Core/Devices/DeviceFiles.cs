using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Devices;

public sealed class DeviceFiles
{
    private const string Thermometer = """
        maker: any
        model: T1
        summary: Thermometer
        protocol: modbus
        points:
          temperature:
            measures: temperature
            input: 0x10
            as: i16
            scale: 0.1
            unit: °C
            range: -40..80 °C
        """;

    public static TheoryData<string> All => [.. SchoolFiles.DeviceTypes.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_device_of_the_repository_can_be_read_and_has_a_caveat_with_a_source(string id)
    {
        var type = Models.Read(id);
        type.Points.ShouldNotBeEmpty();
        type.Caveats.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_output_fails_warm(string id) =>
        Models.Read(id).Points.Where(p => p.Access != Access.Read).ShouldAllBe(p => p.Safe >= p.Range.Low && p.Safe > 0);

    [Fact]
    public void A_point_says_all_that_the_wire_needs()
    {
        var point = Parse(Thermometer).TryGet(out var type) ? type.Points[0] : null;
        point.ShouldNotBeNull();
        point.Range.ShouldBe(new ValueRange(-40, 80));
        var register = point.Where.ShouldBeOfType<RegisterSelector>();
        (register.Space, register.Address, register.Encoding.Format, register.Encoding.Scale).ShouldBe((RegisterSpace.Input, (ushort)0x10, RegisterFormat.I16, 0.1));
    }

    [Fact]
    public void The_power_on_value_of_a_kernel_sensor_is_kept_as_it_stands_in_the_file()
    {
        var text = Thermometer.Replace("modbus", "kernel", StringComparison.Ordinal).Replace("as: i16", "power-on: 85000", StringComparison.Ordinal)
            .Replace("input: 0x10", "file: temperature", StringComparison.Ordinal).Replace("scale: 0.1", "", StringComparison.Ordinal).Replace("unit: °C", "unit: m°C", StringComparison.Ordinal);
        Parse(text).TryGet(out var type).ShouldBeTrue();
        type.Points[0].Where.ShouldBe(new FileSelector("temperature", new("m°C", EnergyPilot.Core.Units.Quantity.Temperature, 1e-3), 85000));
    }

    [Theory]
    [InlineData("unit: °C", "unit: ¦°X", "a unit of a temperature: °C, °F, m°C")]
    [InlineData("unit: °C", "unit: ¦kW", "a unit of a temperature")]
    [InlineData("range: -40..80 °C", "range: ¦-40..80", "two bounds with one unit")]
    [InlineData("range: -40..80 °C", "range: ¦80..-40 °C", "a lower bound below the upper one")]
    [InlineData("range: -40..80 °C", "range: ¦-40 to 80 °C", "for example \"0..100 °C\"")]
    [InlineData("input: 0x10", "input: ¦0x10000", "a whole number from 0 to 65535")]
    [InlineData("input: 0x10", "input: ¦40001.5", "a whole number from 0 to 65535")]
    [InlineData("  temperature:\n    measures: temperature\n    input: 0x10", "  ¦temperature:\n    measures: temperature\n    input: 0x10\n    holding: 0x10", "2 of coil, discrete, holding, input, line, file", "exactly one of them")]
    [InlineData("  temperature:\n    measures: temperature\n    input: 0x10", "  ¦temperature:\n    measures: temperature", "none of coil, discrete")]
    [InlineData("input: 0x10\n    as: i16\n    scale: 0.1", "line: ¦contact", "\"line\"", "its protocol is modbus")]
    [InlineData("as: i16", "as: ¦int16", "one of bit, u16, i16", "Nearest known name: i16")]
    [InlineData("as: i16", "as: ¦bit", "bit is for coils and discrete inputs")]
    [InlineData("input: 0x10\n    as: i16", "input: 0xFFFF\n    as: ¦i32", "ends before the last register")]
    [InlineData("scale: 0.1", "scale: ¦0", "a scale other than zero")]
    [InlineData("scale: 0.1", "not-available: ¦0x18000", "a pattern that is too wide", "16 bits")]
    [InlineData("as: i16", "as: i16\n    bits: ¦3", "only with u16, u32 or u64")]
    [InlineData("as: i16", "as: u16\n    bits: ¦12..16", "bits from 0 to 15")]
    [InlineData("as: i16", "as: u16\n    bits: ¦7..4", "neighbouring bits, for example 4..7")]
    [InlineData("input: 0x10\n    as: i16\n    scale: 0.1", "json: ¦$.temperature", "\"json\"", "its protocol is modbus")]
    [InlineData("input: 0x10\n    as: i16\n    scale: 0.1", "record: ¦flow-temperatur", "one of energy, volume", "Nearest known name: flow-temperature")]
    [InlineData("scale: 0.1", "storage: ¦1", "only for records of M-Bus meters")]
    [InlineData("scale: 0.1", "hold-off: ¦5 min", "a point that is only read")]
    [InlineData("scale: 0.1", "stale-after: ¦5", "a duration in")]
    [InlineData("summary: Thermometer", "summary: Thermometer\navailability: ¦state", "only for MQTT devices")]
    [InlineData("scale: 0.1", "safe: ¦20 °C", "a safe value for a point that is only read")]
    [InlineData("scale: 0.1", "access: write\n    safe: ¦90 °C", "a safe value within the range")]
    [InlineData("  temperature:\n    measures: temperature", "  ¦temperature:\n    measures: temperature\n    access: write", "no \"safe\"", "keeps the heating on")]
    [InlineData("scale: 0.1", "power-on: ¦85", "only for kernel files")]
    [InlineData("measures: temperature", "measures: ¦warmth", "one of temperature, temperature-difference")]
    public void A_wrong_device_file_says_where_and_what(string find, string change, params string[] words)
    {
        var (text, line, column) = WrongSite.Changed(Thermometer.ReplaceLineEndings("\n"), find, change);
        var mistakes = Parse(text).Mistakes;
        var said = mistakes.First(m => (m.Line, m.Column) == (line, column)).ToString();
        foreach (var word in words) said.ShouldContain(word);
    }

    private const string Valve = """
        maker: any
        model: V1
        summary: Radiator valve
        protocol: mqtt
        points:
          setpoint:
            measures: temperature
            access: read-write
            json: $.setpoint
            unit: °C
            range: 5..30 °C
            safe: 19 °C
            hold-off: 5 min
            command: set
            payload: '{"setpoint": {value}}'
        """;

    [Theory]
    [InlineData("        command: set\n", "", "no \"command\"")]
    [InlineData("{value}", "{setpoint}", "a message with {value}")]
    [InlineData("json: $.setpoint", "json: setpoint", "a path within the message")]
    [InlineData("command: set", "command: set/#", "a topic without wildcards")]
    [InlineData("        unit: °C\n", "", "no \"unit\"")]
    [InlineData("access: read-write", "access: read", "a point that is only read")]
    public void A_wrong_wireless_device_says_what(string find, string change, string words) =>
        Parse(Valve.ReplaceLineEndings("\n").Replace(find.Replace("        ", "    "), change, StringComparison.Ordinal)).Mistakes.ShouldContain(m => m.ToString().Contains(words));

    [Fact]
    public void A_wireless_output_says_how_it_is_written()
    {
        Parse(Valve).TryGet(out var type).ShouldBeTrue();
        var where = type.ShouldNotBeNull().Points[0].Where.ShouldBeOfType<MessageSelector>();
        where.Command.ShouldBe(new CommandMessage("set", "{\"setpoint\": {value}}"));
        type.Points[0].HoldOff.ShouldBe(TimeSpan.FromMinutes(5));
    }

    private static Parsed<DeviceType> Parse(string text) => DeviceTypeFile.Parse("t1", new DocumentText("t1.yaml", text));
}
