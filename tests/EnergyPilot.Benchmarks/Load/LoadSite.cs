using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Benchmarks.Load;

/// <summary>
/// A site of some 500 points, each polled every 10 s, made from the demo school: its GPIO and 1-Wire devices are left out or become Modbus
/// ones, electricity meters are added on four TCP buses, and every point of every device model is polled fast.
/// </summary>
internal static partial class LoadSite
{
    private const int Meters = 64, MeterBuses = 4, FirstMeterUnit = 100, FirstThermometerUnit = 40;

    /// <summary>Writes site and device models into a folder and returns the path of the site file.</summary>
    public static string WriteTo(string folder, int port)
    {
        var models = Directory.CreateDirectory(Path.Combine(folder, "hardware", "devices")).FullName;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "hardware", "devices"), "*.yaml"))
            File.WriteAllText(Path.Combine(models, Path.GetFileName(path)), Fast(File.ReadAllText(path)));
        var site = Path.Combine(folder, "load.yaml");
        File.WriteAllText(site, Site(File.ReadAllText(ConfigFolder.DemoSite), port));
        return site;
    }

    private static string Fast(string model) => Measures().Replace(PollLine().Replace(model, ""), "$0    poll: fast\n");

    private static string Site(string demo, int port)
    {
        var thermometers = FirstThermometerUnit;
        var site = Block().Replace(demo, block => Changed(block.Value, port, ref thermometers));
        site = GoneRole().Replace(site, "").Replace("boiler-release.state", "relays.channel-15", StringComparison.Ordinal);
        site = Section(site, "buses:", Enumerable.Range(1, MeterBuses).Select(n =>
            $"  meters-{n}:\n    protocol: modbus\n    where: 127.0.0.1:{port}\n    deadline: 500 ms\n    interval: 10 s\n"));
        return Section(site, "devices:", Enumerable.Range(0, Meters).Select(Meter));
    }

    private static string Meter(int n) =>
        $"  board-{n + 1}:\n    name: Board {n + 1}\n    type: eastron-sdm630\n    bus: meters-{(n % MeterBuses) + 1}\n    address: {FirstMeterUnit + n}\n";

    private static string Changed(string block, int port, ref int thermometers)
    {
        if (block.Contains("bus: inputs", StringComparison.Ordinal) || block.Contains("protocol: gpio", StringComparison.Ordinal)
            || block.Contains("protocol: kernel", StringComparison.Ordinal) || block.Contains("meter-gas", StringComparison.Ordinal))
            return "";
        if (block.Contains("protocol: modbus", StringComparison.Ordinal))
            return Where().Replace(block, $"    where: 127.0.0.1:{port}\n");
        return block.Contains("bus: one-wire", StringComparison.Ordinal)
            ? Address().Replace(block, $"    address: {(thermometers++).ToString(CultureInfo.InvariantCulture)}\n")
                .Replace("dallas-ds18b20", "sm100-thermometer", StringComparison.Ordinal).Replace("bus: one-wire", "bus: modbus", StringComparison.Ordinal)
            : block;
    }

    private static string Section(string site, string heading, IEnumerable<string> blocks) =>
        site.Replace($"\n{heading}\n", new StringBuilder($"\n{heading}\n").AppendJoin("", blocks).ToString(), StringComparison.Ordinal);

    [GeneratedRegex(@"^  [a-z0-9-]+:\n(?:    .*\n)+", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^    where: .*\n", RegexOptions.Multiline)]
    private static partial Regex Where();

    [GeneratedRegex(@"^    address: .*\n", RegexOptions.Multiline)]
    private static partial Regex Address();

    [GeneratedRegex(@"^    (presence|window|running|fault): .*\n", RegexOptions.Multiline)]
    private static partial Regex GoneRole();

    [GeneratedRegex(@"^    poll: .*\n", RegexOptions.Multiline)]
    private static partial Regex PollLine();

    [GeneratedRegex(@"^    measures: .*\n", RegexOptions.Multiline)]
    private static partial Regex Measures();
}
