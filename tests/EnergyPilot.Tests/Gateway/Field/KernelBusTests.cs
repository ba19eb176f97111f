using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Kernel;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class KernelBusTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly Unit MilliCelsius = Units("m°C");
    private static readonly Bus Wire = new("sensors", Protocol.Kernel, "/sys/bus", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    private readonly MemorySensorFiles files = new();
    private readonly ProcessImage image = new(SchoolFiles.DemoSite);
    private DateTimeOffset now = Start;

    [Fact]
    public async Task Unplugged_sensor_grows_old_and_is_found_again_under_another_number()
    {
        var bus = Open("1-0044", new FileSelector("hwmon/hwmon*/temp1_input", MilliCelsius, double.NaN));
        files.Write("1-0044/hwmon/hwmon3/temp1_input", 19_250);
        (await Poll(bus)).Value.ShouldBe(19.25);

        files.Remove("1-0044/hwmon/hwmon3/temp1_input");
        (await Poll(bus)).At.ShouldBe(Start, "the last value grows old");
        files.Write("1-0044/hwmon/hwmon5/temp1_input", 20_500);
        (await Poll(bus)).ShouldBe(Reading.Good(20.5, now));

        files.Remove("1-0044/hwmon/hwmon5/temp1_input");
        files.Write("1-0044/hwmon/hwmon4/temp1_input", 21_000);
        (await Poll(bus)).ShouldBe(Reading.Good(21, now), "renumbered between two polls: not one is lost");
    }

    [Fact]
    public async Task Channel_is_scaled_to_the_unit_of_the_point()
    {
        var bus = Open("1-0062", new ChannelSelector("iio:device*/in_concentration_co2", new Scaling(10_000, 0, Units("ppm"))));
        files.Write("1-0062/iio:device2/in_concentration_co2_raw", 812);
        files.Write("1-0062/iio:device2/in_concentration_co2_scale", "0.0001\n"u8);

        (await Poll(bus)).Value.ShouldBe(812, 1e-9);
    }

    [Fact]
    public async Task Power_on_value_and_zeros_are_no_temperature_and_a_real_85_is()
    {
        var bus = Open("28-1", new FileSelector("w1_slave", MilliCelsius, double.NaN));
        var report = new byte[OneWireReport.Longest];
        files.Write("28-1/w1_slave", report.AsSpan(0, OneWireReport.WritePowerOn(report)));
        (await Poll(bus)).Reliability.ShouldBe(Reliability.UnreliableOther);

        files.Write("28-1/w1_slave", report.AsSpan(0, OneWireReport.Write(85_000, report)));
        (await Poll(bus)).ShouldBe(Reading.Good(85, now));

        files.Write("28-1/w1_slave", "00 00 00 00 00 00 00 00 00 : crc=00 YES\n00 00 00 00 00 00 00 00 00 t=0\n"u8);
        (await Poll(bus)).Reliability.ShouldBe(Reliability.UnreliableOther);
    }

    [Fact]
    public async Task Damaged_report_leaves_the_last_value()
    {
        var bus = Open("28-1", new FileSelector("w1_slave", MilliCelsius, double.NaN));
        var report = new byte[OneWireReport.Longest];
        files.Write("28-1/w1_slave", report.AsSpan(0, OneWireReport.Write(20_000, report)));
        await Poll(bus);
        report[0] ^= 1;
        files.Write("28-1/w1_slave", report.AsSpan(0, OneWireReport.Longest));

        (await Poll(bus)).ShouldBe(Reading.Good(20, Start));
    }

    [Fact]
    public async Task Thermometers_of_a_wire_measure_together_where_the_kernel_can()
    {
        var selector = new FileSelector("w1_slave", MilliCelsius, double.NaN);
        var bus = new KernelBus(Wire, [Device("28-1", selector), Device("28-2", selector)], files, image);
        var report = new byte[OneWireReport.Longest];
        foreach (var path in (string[])["28-1/w1_slave", "28-2/w1_slave"]) files.Write(path, report.AsSpan(0, OneWireReport.Write(20_000, report)));
        (await Poll(bus)).IsReliable.ShouldBeTrue("a kernel without it is no trouble");

        files.Write("w1_bus_master1/therm_bulk_read", 0);
        await Poll(bus);

        files.TryRead("w1_bus_master1/therm_bulk_read", report, out var length).ShouldBeTrue();
        report[..length].ShouldBe("trigger\n"u8.ToArray());
    }

    private KernelBus Open(string folder, Selector where) => new(Wire, [Device(folder, where)], files, image);

    private static Device Device(string folder, Selector where)
    {
        var type = new PointType("value", Quantity.Temperature, Access.Read, new ValueRange(-1e6, 1e6), PollClass.Fast, Accumulation.Instantaneous, double.NaN, where);
        var model = new DeviceType("test", "any", "test", "A sensor", Protocol.Kernel, [type], []);
        return new Device(folder, folder, model, Wire, folder, [new Point(new PointId("room-cp.temperature"), type, 1, Wiring.NormallyOpen, TimeSpan.FromHours(1))]);
    }

    private async Task<Reading> Poll(KernelBus bus)
    {
        if (image.Freeze(now, []).Readings.Count > 0) now += Wire.Interval;
        await bus.Poll(now, TestContext.Current.CancellationToken);
        return image.Freeze(now, []).Of(new PointId("room-cp.temperature"));
    }

    private static Unit Units(string symbol) => Unit.TryFind(symbol, out var unit) ? unit : throw new ArgumentException(symbol);
}
