using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>/metrics, read as strictly as Prometheus reads it (exposition format 0.0.4).</summary>
public sealed partial class MetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task School_is_told_in_numbers()
    {
        await using var host = await PageHost.Start(Stop, Metered());
        using var visitor = host.Visitor("en");
        await visitor.Text("/", Stop);
        var lines = Read(await visitor.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop));

        lines["energypilot_zone_temperature_celsius{zone=\"cp\"}"].ShouldBe(17.2);
        lines.ShouldNotContainKey("energypilot_zone_temperature_celsius{zone=\"ce2\"}", "its sensor is lost: missing, not zero");
        lines["energypilot_zone_target_celsius{zone=\"library\"}"].ShouldBe(20);
        lines["energypilot_zone_heat_ratio{zone=\"cp\"}"].ShouldBe(0.9);
        lines["energypilot_zone_co2_ppm{zone=\"cm2\"}"].ShouldBe(1720);
        lines["energypilot_boiler_fault"].ShouldBe(1);
        lines["energypilot_alarms{severity=\"critical\"}"].ShouldBe(1);
        lines["energypilot_http_requests_total{for=\"page\",status=\"2xx\"}"].ShouldBe(1);
        lines["energypilot_meter_index_total{meter=\"gas\",medium=\"gas\",unit=\"\"}"].ShouldBe(48_217.43);
        lines.Keys.ShouldNotContain(k => k.Contains("presence", StringComparison.OrdinalIgnoreCase), "who is where is nobody's business");
    }

    [Fact]
    public async Task Page_that_fails_counts_once_and_as_failed()
    {
        await using var host = await PageHost.Start(Stop, Metered());
        host.Desk.Editor = () => throw new InvalidOperationException("no editor today");
        using var visitor = host.Visitor("en");
        await visitor.SignIn("Ivo", Stop);
        long Count(int hundreds) => host.Service<Traffic>().Requests(Traffic.Part.Page, hundreds);
        var before = Count(2);
        ((int)(await visitor.GetAsync(new Uri("/settings", UriKind.Relative), Stop)).StatusCode).ShouldBe(500);
        (Count(2) - before, Count(5)).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Gateway_that_starts_has_metrics_too()
    {
        await using var host = await PageHost.Start(Stop);
        using var visitor = host.Visitor("en");
        Read(await visitor.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop)).Keys.ShouldContain("energypilot_memory_bytes");
    }

    [Theory]
    [InlineData("a 1"), InlineData("# TYPE a gauge\na 1"), InlineData("# HELP a x\n# TYPE a gauge\na{b=c} 1\n"), InlineData("# HELP a x\n# TYPE a gauge\na one\n"), InlineData("# HELP a x\n# TYPE a gauge\na 1\na 2\n")]
    public void Reader_of_this_test_is_strict(string text) => Should.Throw<FormatException>(() => Read(text));

    private static CycleRecord Metered()
    {
        var record = SampleSchool.Troubled(SampleSchool.Monday0612);
        var readings = record.Snapshot.Readings.ToDictionary();
        readings[new("meter-gas.volume")] = Reading.Good(48_217.43, SampleSchool.Monday0612);
        return record with { Snapshot = record.Snapshot with { Readings = readings } };
    }

    // Each family once, head first, its lines together, no line twice, every value a number, the text ends with a line's end.
    private static Dictionary<string, double> Read(string text)
    {
        if (!text.EndsWith('\n')) throw new FormatException("no end of the last line");
        Dictionary<string, double> lines = [];
        HashSet<string> families = [];
        var (family, helped) = ("", "");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help) helped = help.Groups[1].Value;
            else if (Type().Match(line) is { Success: true } type)
            {
                family = type.Groups[1].Value;
                if (family != helped || !families.Add(family)) throw new FormatException(line);
            }
            else if (Sample().Match(line) is not { Success: true } sample || sample.Groups[1].Value != family
                || !double.TryParse(sample.Groups[3].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !lines.TryAdd(sample.Groups[1].Value + sample.Groups[2].Value, value))
                throw new FormatException(line);
        }

        return lines;
    }

    [GeneratedRegex(@"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) \S.*$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:counter|gauge|summary|histogram|untyped)$")]
    private static partial Regex Type();

    [GeneratedRegex("^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"(?:,[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\")*\\})? (\\S+)$")]
    private static partial Regex Sample();
}
