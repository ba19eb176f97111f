using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The verbs, run as a person at a terminal runs them.</summary>
public sealed class VerbTests
{
    private static readonly string Demo = Path.Combine(SchoolFiles.Root, "config/sites/lucie-aubrac.yaml");

    [Fact]
    public async Task Check_of_a_good_site_says_so()
    {
        var (code, output) = await GatewayProcess.Ran("check", Demo);

        output.ShouldContain("12 zones");
        output.ShouldContain("No mistake.");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task Check_of_a_wrong_site_lists_every_mistake_with_its_place_and_exits_with_1()
    {
        var demo = await File.ReadAllTextAsync(Demo, TestContext.Current.CancellationToken);
        var rooms = demo.Split("floor-area: 60 m²").Length - 1;
        using var file = new TemporaryFile(demo
            .Replace("floor-area: 60 m²", "flor-area: 60 m²", StringComparison.Ordinal)
            .Replace("comfort: 19 °C", "comfort: 19 kW", StringComparison.Ordinal));

        var (code, output) = await GatewayProcess.Ran("check", file.Path);

        code.ShouldBe(1);
        output.ShouldContain("Nearest known name: floor-area");
        output.ShouldContain("kW");
        output.Split('\n').Count(line => line.Contains("flor-area", StringComparison.Ordinal)).ShouldBe(rooms);
        output.ShouldMatch(@"\.yaml:\d+:\d+: ");
        output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("/no/such/site.yaml")]
    [InlineData("/dev/null")]
    [InlineData("/tmp")]
    public async Task Check_of_what_is_no_site_file_is_a_sentence(string path)
    {
        var (code, output) = await GatewayProcess.Ran("check", path);

        code.ShouldBe(1);
        output.ShouldContain(path);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Binary_and_huge_files_are_refused_with_a_sentence()
    {
        using var binary = new TemporaryFile("");
        await File.WriteAllBytesAsync(binary.Path, [0x7F, 0x45, 0x4C, 0x46, 0, 0, 1, 0xFF, 0xFE], TestContext.Current.CancellationToken);
        using var huge = new TemporaryFile(new string('#', 10 * 1024 * 1024));

        foreach (var path in (string[])[binary.Path, huge.Path])
        {
            var (code, output) = await GatewayProcess.Ran("check", path);
            code.ShouldBe(1);
            output.ShouldContain(Path.GetFileName(path));
            output.ShouldNotContain("   at ");
        }
    }

    [Fact]
    public async Task Simulate_writes_a_report_that_stands_alone()
    {
        using var report = new TemporaryFile("");

        var (code, output) = await GatewayProcess.Ran("simulate", "--from", "2026-01-12", "--to", "2026-01-18", "--report", report.Path);

        code.ShouldBe(0, output);
        output.ShouldContain("Gas saved against the clock");
        var html = await File.ReadAllTextAsync(report.Path, TestContext.Current.CancellationToken);
        html.ShouldContain("uPlot");
        html.ShouldContain("kWh/m²");
        html.ShouldContain("K·h per zone");
        html.ShouldNotContain("{{");
        html.ShouldNotContain("src=\"http");
        html.ShouldNotContain("href=\"http");
    }

    [Theory]
    [InlineData("simulate --from 2026-02-01 --to 2026-01-01", "lies before")]
    [InlineData("simulate --to 2025-10-01 --report /no/such/folder/r.html", "cannot be written")]
    [InlineData("--fault moths", "moths")]
    [InlineData("--fault silent:no-such-device", "no-such-device")]
    [InlineData("--speed 0", "--speed takes a number")]
    [InlineData("--data /proc/nowhere", "--data")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("--url foo", "--url takes an address")]
    [InlineData("--url ftp://127.0.0.1:18440", "--url takes an address")]
    [InlineData("--url http://203.0.113.1:18440", "Choose another address with --url")]
    [InlineData("--start 0001-01-01", "--start takes a time")]
    [InlineData("simulate --from 9999-12-30 --to 9999-12-31", "takes a day between")]
    [InlineData("simulate --colder NaN", "--colder takes")]
    public async Task Wrong_arguments_are_explained(string arguments, string explanation)
    {
        using var data = new StoreFolder();
        string[] demo = ["--url", "http://127.0.0.1:0", "--data", data.Path];
        var (code, output) = await GatewayProcess.Ran([.. arguments.Split(' '), .. arguments.StartsWith("--", StringComparison.Ordinal) ? demo.Chunk(2).Where(o => !arguments.Contains(o[0], StringComparison.Ordinal)).SelectMany(o => o) : []]);

        code.ShouldBe(1);
        output.ShouldContain(explanation);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Every_verb_explains_itself()
    {
        foreach (var verb in (string[])["run", "check", "simulate", "model", "mornings"])
        {
            var (code, output) = await GatewayProcess.Ran(verb, "--help");
            code.ShouldBe(0);
            output.ShouldContain("Usage:");
        }
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"energypilot-{Guid.NewGuid():N}.yaml");

        public void Dispose() => File.Delete(Path);
    }
}
