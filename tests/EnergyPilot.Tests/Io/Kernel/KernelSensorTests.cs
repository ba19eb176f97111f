using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Tests.Io.Kernel;

public sealed class KernelSensorTests
{
    private const string File = "bus/w1/devices/28-0316a2797dff/temperature";
    private static readonly IioChannel Co2 = new("bus/iio/devices/iio:device0/in_concentration_co2");

    private readonly MemorySensorFiles files = new();

    [Theory]
    [InlineData("19250\n", 19250)]
    [InlineData("-5062\n", -5062)]
    [InlineData("0", 0)]
    [InlineData("125000\n", 125000)]
    [InlineData("-55000\n", -55000)]
    public void Thermometer_is_read_in_thousandths(string text, double milliCelsius)
    {
        Write(File, text);

        KernelSensor.OneWireTemperature(files, File).ShouldBe(new SensorValue(milliCelsius, SensorFault.None));
    }

    [Theory]
    [InlineData("", SensorFault.Empty)]
    [InlineData("\n", SensorFault.Empty)]
    [InlineData("85000\n", SensorFault.PowerOnValue)]
    [InlineData("125001\n", SensorFault.Implausible)]
    [InlineData("-55001\n", SensorFault.Implausible)]
    [InlineData("127937\n", SensorFault.Implausible)]
    [InlineData("nan\n", SensorFault.NotANumber)]
    [InlineData("19250 m\n", SensorFault.NotANumber)]
    [InlineData("t=19250\n", SensorFault.NotANumber)]
    [InlineData("19,250\n", SensorFault.NotANumber)]
    public void What_is_not_a_measurement_says_why(string text, SensorFault fault)
    {
        Write(File, text);

        KernelSensor.OneWireTemperature(files, File).ShouldBe(SensorValue.Failed(fault));
    }

    [Fact]
    public void Unplugged_and_failing_sensors_are_unreadable()
    {
        KernelSensor.OneWireTemperature(files, File).Fault.ShouldBe(SensorFault.Unreadable);
        files.Write(File, 20_000);
        files.Fail(File);
        KernelSensor.OneWireTemperature(files, File).Fault.ShouldBe(SensorFault.Unreadable);
        files.Write(File, 20_125);
        KernelSensor.OneWireTemperature(files, File).Value.ShouldBe(20_125);
        files.Remove(File);
        KernelSensor.OneWireTemperature(files, File).Fault.ShouldBe(SensorFault.Unreadable);
    }

    // A boiler's flow may well have 85.0 °C; only the DS18B20 has it as its power-on value.
    [Fact]
    public void Other_thermometers_may_have_85_degrees()
    {
        files.Write("class/hwmon/hwmon0/temp1_input", 85_000);

        KernelSensor.Temperature(files, "class/hwmon/hwmon0/temp1_input").ShouldBe(new SensorValue(85_000, SensorFault.None));
    }

    [Theory]
    [InlineData(45_300, SensorFault.None)]
    [InlineData(100_000, SensorFault.None)]
    [InlineData(100_001, SensorFault.Implausible)]
    [InlineData(-1, SensorFault.Implausible)]
    public void Humidity_is_between_nothing_and_all(int milliPercent, SensorFault fault)
    {
        files.Write("class/hwmon/hwmon0/humidity1_input", milliPercent);

        KernelSensor.Humidity(files, "class/hwmon/hwmon0/humidity1_input").Fault.ShouldBe(fault);
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
        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            files.Write(File, 19_000 + i);
            _ = KernelSensor.OneWireTemperature(files, File);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Write(string path, string text) => files.Write(path, System.Text.Encoding.ASCII.GetBytes(text));
}
