using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Tests.Io.Kernel;

public sealed class KernelSensorTests
{
    private const string File = "bus/w1/devices/28-0316a2797dff/w1_slave";
    private static readonly IioChannel Co2 = new("bus/iio/devices/iio:device0/in_concentration_co2");

    private readonly MemorySensorFiles files = new();

    // A measurement of 20.75 °C, of a real 85.0 °C and of a real 0 °C; checksums by the polynomial of Maxim's application note 27.
    [Theory]
    [InlineData("4c 01 55 00 7f ff 0c 10 be", "t=20750", 20_750)]
    [InlineData("50 05 4b 46 7f ff 10 10 bd", "t=85000", 85_000)]
    [InlineData("00 00 4b 46 7f ff 10 10 69", "t=0", 0)]
    public void Thermometer_says_its_measurement(string bytes, string temperature, double milliCelsius)
    {
        Report(bytes, "YES", temperature);

        KernelSensor.OneWire(files, File).ShouldBe(new SensorValue(milliCelsius, SensorFault.None));
    }

    // The DS18B20 data sheet's power-on contents; their report by the kernel is often quoted, with this checksum.
    [Theory]
    [InlineData("50 05 4b 46 7f ff 0c 10 1c", "YES", "t=85000", SensorFault.PowerOnValue)]
    [InlineData("50 05 4b 46 7f ff 0c 10 1c", "NO", "t=85000", SensorFault.BadChecksum)]
    [InlineData("50 05 4b 46 7f ff 0c 10 1d", "YES", "t=85000", SensorFault.BadChecksum)]
    [InlineData("00 00 00 00 00 00 00 00 00", "YES", "t=0", SensorFault.AllZero)]
    [InlineData("ff ff ff ff ff ff ff ff ff", "NO", "t=-62", SensorFault.BadChecksum)]
    [InlineData("50 05 4b 46 7f ff 0c 10", "YES", "t=85000", SensorFault.NotANumber)]
    [InlineData("50 05 4b 46 7f ff 10 10 bd", "YES", "t=", SensorFault.NotANumber)]
    [InlineData("50 05 4b 46 7f ff 10 10 bd", "YES", "85000", SensorFault.NotANumber)]
    [InlineData("50 05 4b 46 7f ff 10 10 bd", "YES", "t=8x", SensorFault.NotANumber)]
    [InlineData("zz 05 4b 46 7f ff 10 10 75", "YES", "t=85000", SensorFault.NotANumber)]
    public void What_is_not_a_measurement_says_why(string bytes, string verdict, string temperature, SensorFault fault)
    {
        Report(bytes, verdict, temperature);

        KernelSensor.OneWire(files, File).ShouldBe(SensorValue.Failed(fault));
    }

    [Fact]
    public void Every_temperature_of_a_thermometer_comes_back_from_its_report()
    {
        Span<byte> report = stackalloc byte[OneWireReport.Longest];
        for (var steps = -55 * 16; steps <= 125 * 16; steps++)
            OneWireReport.Read(report[..OneWireReport.Write(steps * 62.5, report)]).ShouldBe(new SensorValue(steps * 1000 / 16, SensorFault.None));
        OneWireReport.Read(report[..OneWireReport.WritePowerOn(report)]).Fault.ShouldBe(SensorFault.PowerOnValue);
    }

    [Fact]
    public void Damaged_reports_never_throw_and_never_lie()
    {
        var report = new byte[OneWireReport.Longest];
        var length = OneWireReport.Write(21_500, report);
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var damaged = report[..random.Next(length + 1)].ToArray();
            for (var n = random.Next(4); n > 0 && damaged.Length > 0; n--) damaged[random.Next(Math.Min(damaged.Length, 27))] = (byte)random.Next(256);
            var value = OneWireReport.Read(damaged);
            // A text cut within the number after t= is a shorter number: nothing else may pass.
            if (value.IsGood) ((int)value.Value).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBeOneOf("2", "21", "215", "2150", "21500");
        }
    }

    [Fact]
    public void Unplugged_and_failing_sensors_are_unreadable()
    {
        KernelSensor.Number(files, File).Fault.ShouldBe(SensorFault.Unreadable);
        files.Write(File, 20_000);
        files.Fail(File);
        KernelSensor.OneWire(files, File).Fault.ShouldBe(SensorFault.Unreadable);
        files.Write(File, 20_125);
        KernelSensor.Number(files, File).Value.ShouldBe(20_125);
        files.Remove(File);
        KernelSensor.Number(files, File).Fault.ShouldBe(SensorFault.Unreadable);
        Write(File, "");
        KernelSensor.OneWire(files, File).Fault.ShouldBe(SensorFault.Empty, "so a conversion in progress is shown");
    }

    [Theory]
    [InlineData("19250\n", 19250)]
    [InlineData("-5062\n", -5062)]
    [InlineData("0", 0)]
    [InlineData("0.000100000\n", 0.0001)]
    public void Number_stands_alone_in_its_file(string text, double value)
    {
        Write(File, text);

        KernelSensor.Number(files, File).ShouldBe(new SensorValue(value, SensorFault.None));
    }

    [Theory]
    [InlineData("", SensorFault.Empty)]
    [InlineData("\n", SensorFault.Empty)]
    [InlineData("nan\n", SensorFault.NotANumber)]
    [InlineData("19250 m\n", SensorFault.NotANumber)]
    [InlineData("t=19250\n", SensorFault.NotANumber)]
    [InlineData("19,250\n", SensorFault.NotANumber)]
    public void What_is_no_number_says_so(string text, SensorFault fault)
    {
        Write(File, text);

        KernelSensor.Number(files, File).ShouldBe(SensorValue.Failed(fault));
    }

    // bme280: the driver computes, and shows _input.
    [Fact]
    public void Channel_may_be_computed_by_its_driver()
    {
        Write(Co2.Input, "0.0812\n");

        KernelSensor.Channel(files, Co2).Value.ShouldBe(0.0812);
    }

    // mcp320x: one in_voltage_scale for all in_voltageN_raw.
    [Fact]
    public void Channels_of_a_type_may_share_their_scale()
    {
        var channel = new IioChannel("iio:device0/in_voltage3");
        files.Write(channel.Raw, 1000);
        Write("iio:device0/in_voltage_scale", "1.25\n");

        KernelSensor.Channel(files, channel).Value.ShouldBe(1250);
    }

    // scd30 and scd4x: raw in ppm, scale 0.0001, so the channel is in percent.
    [Fact]
    public void Channel_is_raw_plus_offset_times_scale()
    {
        files.Write(Co2.Raw, 812);
        Write(Co2.Scale, "0.000100000\n");
        KernelSensor.Channel(files, Co2).Value.ShouldBe(0.0812, 1e-12);

        files.Write(Co2.Offset, -12);
        KernelSensor.Channel(files, Co2).Value.ShouldBe(0.08, 1e-12);
    }

    [Fact]
    public void Channel_with_a_part_missing_has_no_value()
    {
        files.Write(Co2.Raw, 812);
        KernelSensor.Channel(files, Co2).Fault.ShouldBe(SensorFault.Unreadable);

        Write(Co2.Scale, "0.0001\n");
        files.Write(Co2.Offset, 1);
        files.Fail(Co2.Offset);
        KernelSensor.Channel(files, Co2).Fault.ShouldBe(SensorFault.Unreadable);

        files.Remove(Co2.Offset);
        files.Fail(Co2.Raw);
        KernelSensor.Channel(files, Co2).Fault.ShouldBe(SensorFault.Unreadable);
    }

    [Fact]
    public void Season_of_readings_allocates_nothing()
    {
        var before = 0L;
        var report = new byte[OneWireReport.Longest];
        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            files.Write(File, report.AsSpan(0, OneWireReport.Write(19_000 + i, report)));
            _ = KernelSensor.OneWire(files, File);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Report(string bytes, string verdict, string temperature) =>
        Write(File, $"{bytes} : crc={bytes[^2..]} {verdict}\n{bytes} {temperature}\n");

    private void Write(string path, string text) => files.Write(path, System.Text.Encoding.ASCII.GetBytes(text));
}
