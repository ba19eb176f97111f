namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What the files of kernel drivers mean: names and contents, separated by semicolons. Scratchpads are worked out by hand from the DS18B20 data sheet. Units by Documentation/ABI/testing/sysfs-bus-iio and Documentation/hwmon/sysfs-interface.rst; scales and offsets as scd4x and ti-ads1015 show them.</summary>
internal static class KernelVectors
{
    public static readonly Vector[] Lines =
    [
        new("bosch-bme280", "temperature", "in_temp_input=21370", 21.37),
        new("bosch-bme280", "humidity", "in_humidityrelative_input=43512.695312", 43.512695312),
        new("bosch-bme280", "pressure", "in_pressure_input=101.325000000", 101_325),

        new("dallas-ds18b20", "temperature", "w1_slave=57 01 4b 46 7f ff 09 10 c7 : crc=c7 YES\n57 01 4b 46 7f ff 09 10 c7 t=21437", 21.437),
        new("dallas-ds18b20", "temperature", "w1_slave=ec ff 4b 46 7f ff 04 10 f4 : crc=f4 YES\nec ff 4b 46 7f ff 04 10 f4 t=-1250", -1.25),
        new("dallas-ds18b20", "temperature", "w1_slave=50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=85000", double.NaN),

        new("sensirion-scd4x", "co2", "in_concentration_co2_raw=800; in_concentration_co2_scale=0.000100", 800),
        new("sensirion-scd4x", "temperature", "in_temp_raw=24000; in_temp_scale=2.670288085; in_temp_offset=-16852.114286", 19.086914055),
        new("sensirion-scd4x", "humidity", "in_humidityrelative_raw=30000; in_humidityrelative_scale=1.525878906", 45.77636718),

        new("sensirion-sht3x", "temperature", "temp1_input=19750", 19.75),
        new("sensirion-sht3x", "humidity", "humidity1_input=51200", 51.2),

        new("sensirion-sht4x", "temperature", "temp1_input=-3125", -3.125),
        new("sensirion-sht4x", "humidity", "humidity1_input=60410", 60.41),

        new("ti-ads1115-0-10v", "input-1", "in_voltage0_raw=12000; in_voltage0_scale=0.125000000", 50),
        new("ti-ads1115-0-10v", "input-4", "in_voltage3_raw=24000; in_voltage3_scale=0.125000000", 100),
    ];

    public static TheoryData<string, string, string, double> All => Vector.Table(Lines);
}
