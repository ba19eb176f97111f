using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Io;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>A building's supervisor, played by mbpoll, against the running gateway of a virtual school.</summary>
public sealed partial class SupervisorTests
{
    [Fact(Timeout = Patience.Hang)]
    public async Task Supervisor_reads_the_school_and_sets_a_room()
    {
        var mbpoll = Peers.Need("mbpoll", "mbpoll");
        var file = Path.Combine(Directory.CreateTempSubdirectory("energypilot-site-").FullName, "school.yaml");
        await File.WriteAllTextAsync(file, SchoolFiles.Demo.Text + SupervisorFiles.Block.Replace("circuit/north", $"circuit/{SchoolFiles.DemoSite.Circuits[0].Id}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await using var gateway = await GatewayProcess.Serving("run", file, "--virtual", "--speed", "60", "--start", "2027-01-11T10:00");
        var port = await gateway.Until(Served());

        Values(await Poll(mbpoll, port, "-t", "3:float", "-r", "0", "-c", "4")).ShouldSatisfyAllConditions(
            v => v[0].ShouldBeInRange(10, 28, "the room"), v => v[1].ShouldBe(19, 0.001, "its setpoint"), v => v[2].ShouldBeInRange(0, 100, "its heat"));
        Values(await Poll(mbpoll, port, "-t", "4", "-r", "10000", "-c", "2"))[0].ShouldBe(0, "reliable");
        Values(await Poll(mbpoll, port, "-t", "4:float", "-r", "100", "-c", "1"))[0].ShouldBeGreaterThan(1, "gas since the demo began");
        (await Poll(mbpoll, port, "-t", "4:float", "-r", "50", "-c", "1")).ShouldContain("Illegal data address");

        (await Poll(mbpoll, port, ["-t", "4:float", "-r", "2"], ["21.5"])).ShouldContain("Written 1 references");
        Values(await Poll(mbpoll, port, "-t", "4:float", "-r", "2", "-c", "1"))[0].ShouldBe(21.5, 0.001);
        (await Poll(mbpoll, port, ["-t", "4:float", "-r", "2"], ["30.0"])).ShouldContain("Illegal data value");
        (await Poll(mbpoll, port, ["-t", "4:float", "-r", "0"], ["20.0"])).ShouldContain("Illegal data address");

        gateway.Output.ShouldNotContain("ERROR");
    }

    private static Task<string> Poll(string mbpoll, string port, params string[] what) => Poll(mbpoll, port, what, []);

    private static async Task<string> Poll(string mbpoll, string port, string[] what, string[] values)
    {
        await using var peer = PeerProcess.Start(mbpoll, ["-m", "tcp", "-p", port, "-a", "7", "-0", "-B", .. values.Length == 0 ? ["-1"] : Array.Empty<string>(), .. what, "127.0.0.1", .. values]);
        return await peer.Output(TestContext.Current.CancellationToken);
    }

    private static double[] Values(string said) =>
        [.. said.Split('\n').Where(line => line.StartsWith('[')).Select(line => double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"supervisor of the building is served on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Served();
}
