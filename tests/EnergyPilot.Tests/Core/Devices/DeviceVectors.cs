using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Units;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Devices;

/// <summary>
/// Each device file against known answers. Here they go through the file's own words only; in Gateway/Field they stand on a virtual wire.
/// Adding a model is one file and one line in the table of its bus: ModbusVectors, MBusVectors, TicVectors, KernelVectors, GpioVectors or MqttVectors.
/// </summary>
public sealed partial class DeviceVectors
{
    private static readonly (Protocol Protocol, IReadOnlyList<Vector> Lines)[] Tables =
    [
        (Protocol.Modbus, ModbusVectors.Lines), (Protocol.Gpio, GpioVectors.Lines), (Protocol.Kernel, KernelVectors.Lines),
        (Protocol.MBus, MBusVectors.Lines), (Protocol.Tic, TicVectors.Lines), (Protocol.Mqtt, MqttVectors.Lines),
    ];

    [Fact]
    public void Every_device_of_the_repository_has_a_known_answer() =>
        SchoolFiles.DeviceTypes.Keys.Except(Tables.SelectMany(t => t.Lines).Select(l => l.Device)).ShouldBeEmpty();

    [Fact]
    public void Every_known_answer_is_that_of_a_point_on_its_bus()
    {
        foreach (var (protocol, lines) in Tables)
            foreach (var line in lines)
                Models.Read(line.Device).ShouldSatisfyAllConditions(
                    line.ToString(), type => type.Protocol.ShouldBe(protocol), type => type.Points.ShouldContain(p => p.Name == line.Point));
    }

    [Fact]
    public void The_readme_lists_every_device_and_no_other()
    {
        var readme = SchoolFiles.Read("hardware/README.md").Text;
        var listed = Row().Matches(readme).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value);
        listed.Order(StringComparer.Ordinal).ShouldBe(SchoolFiles.DeviceTypes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Outputs_on_a_battery_are_spared_and_an_empty_battery_calls_a_person()
    {
        foreach (var type in SchoolFiles.DeviceTypes.Keys.Select(Models.Read).Where(t => t.Points.Any(p => p.Name.StartsWith("battery", StringComparison.Ordinal))))
        {
            type.Points.Where(p => p.Access != Access.Read).ShouldAllBe(p => p.HoldOff >= TimeSpan.FromMinutes(5), type.Id);
            type.Points.Where(p => p.Name.StartsWith("battery", StringComparison.Ordinal)).ShouldAllBe(p => double.IsFinite(p.AlarmBelow), type.Id);
        }
    }

    [Fact]
    public void Wireless_points_say_when_their_silence_is_a_loss() =>
        SchoolFiles.DeviceTypes.Keys.Select(Models.Read).Where(t => t.Protocol == Protocol.Mqtt).SelectMany(t => t.Points).ShouldAllBe(p => p.StaleAfter > TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(ModbusVectors.All), MemberType = typeof(ModbusVectors))]
    public void Registers_mean(string device, string point, string registers, double value)
    {
        var encoding = ((RegisterSelector)Point(device, point).Where).Encoding;
        var words = registers.Split(' ').Select(w => ushort.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        Vector.ShouldBeSame(RegisterCodec.Decode(encoding, words), value);

        // Only the bits that count are written; the others stay.
        ushort[] written = encoding.Bits == BitRange.All ? new ushort[words.Length] : [.. words.Select(w => (ushort)(w ^ encoding.Bits.Mask))];
        RegisterCodec.Encode(encoding, value, written);
        if (!double.IsNaN(value)) written.ShouldBe(words);
        Vector.ShouldBeSame(RegisterCodec.Decode(encoding, written), value);
    }

    [Theory]
    [MemberData(nameof(MqttVectors.All), MemberType = typeof(MqttVectors))]
    public void A_message_means(string device, string point, string message, double value)
    {
        var type = Point(device, point);
        var where = (MessageSelector)type.Where;
        using var document = JsonDocument.Parse(message);
        var found = document.RootElement;
        foreach (var name in where.Path.Split('.').Skip(1)) found = found.GetProperty(name);

        if (type.Quantity == Quantity.State)
            (found.ToString() is var word && (where.On.Length > 0 ? string.Equals(word, where.On, StringComparison.OrdinalIgnoreCase) : word is "True" or "1" or "on" or "ON")).ShouldBe(value >= 0.5);
        else
            Vector.ShouldBeSame(where.Scaling.ToCanonical(double.Parse(found.ToString(), CultureInfo.InvariantCulture)), value);
    }

    private static PointType Point(string device, string point) => Models.Read(device).Points.Single(p => p.Name == point);

    [GeneratedRegex(@"^\| (`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}

/// <summary>The device models of the repository.</summary>
internal static class Models
{
    public static DeviceType Read(string id)
    {
        var parsed = DeviceTypeFile.Parse(id, SchoolFiles.DeviceTypes[id]);
        return parsed.TryGet(out var type) ? type : throw new InvalidOperationException(string.Join('\n', parsed.Mistakes));
    }
}
