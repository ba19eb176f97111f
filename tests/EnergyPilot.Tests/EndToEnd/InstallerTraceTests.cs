using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The traces of a running gateway, asked through its page.</summary>
public sealed class InstallerTraceTests
{
    [Fact]
    public async Task The_trace_of_a_running_gateway_is_shown_and_captured()
    {
        await using var gateway = await GatewayProcess.Serving();
        var url = gateway.Http.BaseAddress.ShouldNotBeNull().ToString();
        var capture = Path.Combine(gateway.Folder, "frames.pcap");
        var demo = Path.Combine(SchoolFiles.Root, "config/sites/lucie-aubrac.yaml");
        await SomethingWasSaid(gateway.Http);

        var (code, output) = await InstallerBench.Ran("trace", "modbus", "--site", demo, "--url", url, "--last", "50", "--pcap", capture);
        var (untraced, why) = await InstallerBench.Ran("trace", "one-wire", "--url", url);

        code.ShouldBe(0, output);
        output.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d\.\d{3} → [0-9A-F]+  unit \d+: read ");
        output.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d\.\d{3} ← [0-9A-F]+  unit \d+: ");
        new FileInfo(capture).Length.ShouldBeGreaterThan(100);
        untraced.ShouldBe(2);
        why.ShouldContain("have no frames");
    }

    // The demo first lives through a day in memory, then serves its bus.
    private static async Task SomethingWasSaid(HttpClient http)
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            using var answer = await http.GetAsync(new Uri("/api/v1/buses/modbus/trace", UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains('←')) return;
        }
        while (await moment.WaitForNextTickAsync(TestContext.Current.CancellationToken));
    }
}
