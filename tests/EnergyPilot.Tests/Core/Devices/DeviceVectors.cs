using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What registers of known devices mean. Sources: the registers are those of the device files; the bit patterns are worked out by hand from IEEE 754 and two's complement.</summary>
public sealed class DeviceVectors
{
    [Theory]
    [InlineData("eastron-sdm630", "active-power", "4479 0000", 996)]
    [InlineData("eastron-sdm630", "active-power", "C348 0000", -200)]
    [InlineData("eastron-sdm630", "active-power", "7FC0 0000", double.NaN)]
    [InlineData("eastron-sdm630", "energy-import", "461C 4000", 10_000)]
    [InlineData("schneider-iem3155", "active-power", "4148 0000", 12_500)]
    [InlineData("schneider-iem3155", "energy-import", "0000 0000 0098 9680", 10_000)]
    [InlineData("schneider-iem3155", "energy-import", "FFFF FFFF FFFF FC18", -1)]
    [InlineData("carlo-gavazzi-em340", "voltage-l1", "08FC 0000", 230)]
    [InlineData("carlo-gavazzi-em340", "active-power", "FFFE FFFF", -0.2)]
    [InlineData("carlo-gavazzi-em340", "energy-import", "86A0 0001", 10_000)]
    [InlineData("aquametro-calec-st", "supply-temperature", "4287 8000", 67.75)]
    [InlineData("aquametro-calec-st", "power", "4268 0000", 58_000)]
    [InlineData("ectocontrol-adapter-v2", "water-temperature", "0123", 29.1)]
    [InlineData("ectocontrol-adapter-v2", "water-temperature", "7FFF", double.NaN)]
    [InlineData("ectocontrol-adapter-v2", "setpoint", "025D", 60.5)]
    [InlineData("ectocontrol-adapter-v2", "active-setpoint", "2D00", 45)]
    [InlineData("elt-mb-350u-c", "co2", "0320", 800)]
    [InlineData("elt-mb-350u-c", "temperature", "00FF", 25.5)]
    [InlineData("sm100-thermometer", "temperature", "FFF6", -1)]
    [InlineData("waveshare-analog-output-8", "output-2", "1388", 50)]
    [InlineData("waveshare-analog-output-8", "output-2", "2710", 100)]
    [InlineData("waveshare-relay-16", "channel-16", "0001", 1)]
    public void Registers_mean(string device, string point, string registers, double value)
    {
        var encoding = Encoding(device, point);
        var words = registers.Split(' ').Select(w => ushort.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        Math.Round(RegisterCodec.Decode(encoding, words), 9).ShouldBe(value);

        var written = new ushort[words.Length];
        RegisterCodec.Encode(encoding, value, written);
        Math.Round(RegisterCodec.Decode(encoding, written), 9).ShouldBe(value);
        if (!double.IsNaN(value)) written.ShouldBe(words);
    }

    private static RegisterEncoding Encoding(string device, string point) =>
        ((RegisterSelector)Models.Read(device).Points.Single(p => p.Name == point).Where).Encoding;
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
