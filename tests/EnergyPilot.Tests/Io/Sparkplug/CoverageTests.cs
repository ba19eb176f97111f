using System.Reflection;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>That no statement of the specification is forgotten.</summary>
public sealed class CoverageTests
{
    private static readonly string[] Reasons = ["host", "broker", "unused", "site"];

    [Fact]
    public void Every_statement_of_an_edge_node_is_tested_or_waived()
    {
        var all = Lines("statements.txt").ToHashSet();
        var waived = Lines("waivers.txt").Select(line => line.Split(": ", 3)).ToDictionary(parts => parts[0], parts => parts[1]);
        var tested = typeof(CoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttribute<StatementAttribute>()?.Ids ?? [])
            .ToHashSet();

        all.Count.ShouldBe(299);
        all.Except(tested).Except(waived.Keys).ShouldBeEmpty("neither tested nor waived");
        tested.Except(all).ShouldBeEmpty("no such statement");
        waived.Keys.Except(all).ShouldBeEmpty("no such statement");
        waived.Keys.Intersect(tested).ShouldBeEmpty("tested, so it needs no waiver");
        waived.Values.Except(Reasons).ShouldBeEmpty("no such reason");

        var counts = waived.Values.GroupBy(reason => reason).Select(group => $"{group.Count()} {group.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine($"Of {all.Count} statements {tested.Count} tested, {waived.Count} waived: {string.Join(", ", counts)}.");
    }

    private static string[] Lines(string file)
    {
        using var stream = typeof(CoverageTests).Assembly.GetManifestResourceStream($"Sparkplug.{file}").ShouldNotBeNull();
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToArray();
    }
}
