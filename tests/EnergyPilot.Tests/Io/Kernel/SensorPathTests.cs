using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Tests.Io.Kernel;

public sealed class SensorPathTests
{
    private readonly MemorySensorFiles files = new();

    public SensorPathTests()
    {
        foreach (var path in (string[])["1-0044/hwmon/hwmon3/temp1_input", "1-0044/hwmon/hwmon3/humidity1_input", "1-0062/iio:device0/in_temp_raw", "1-0062/iio:device1/in_concentration_co2_raw", "1-0062/name"])
            files.Write(path, 1);
    }

    [Theory]
    [InlineData("1-0044/hwmon/*/temp1_input", "1-0044/hwmon/hwmon3/temp1_input")]
    [InlineData("1-0044/hwmon/hwmon*/temp1_input", "1-0044/hwmon/hwmon3/temp1_input")]
    [InlineData("1-0062/iio:device*/in_concentration_co2_raw", "1-0062/iio:device1/in_concentration_co2_raw")]
    [InlineData("1-*/name", "1-0062/name")]
    public void Wildcard_finds_the_folder_that_has_the_file(string pattern, string path)
    {
        SensorPath.TryFind(files, pattern, out var found).ShouldBeTrue();
        found.ShouldBe(path);
    }

    [Theory]
    [InlineData("1-0044/hwmon/*/temp2_input")]
    [InlineData("1-0045/hwmon/*/temp1_input")]
    [InlineData("1-0062/iio:device*evice/name")]
    public void What_is_not_there_is_not_found(string pattern) => SensorPath.TryFind(files, pattern, out _).ShouldBeFalse();

    [Fact]
    public void All_that_fit_come_in_order_of_names() =>
        SensorPath.FindAll(files, "1-0044/hwmon/*/*_input").ShouldBe(["1-0044/hwmon/hwmon3/humidity1_input", "1-0044/hwmon/hwmon3/temp1_input"]);
}
