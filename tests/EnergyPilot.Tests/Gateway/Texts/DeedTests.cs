using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Access;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Texts;

/// <summary>Whatever is written to the audit has its word in every language.</summary>
public sealed partial class DeedTests
{
    // What else these files say in lower case.
    private static readonly string[] NoDeeds = ["comments and layout", "there was none to end"];

    public static TheoryData<string> Written => [.. Directory.EnumerateFiles(Path.Combine(SchoolFiles.Root, "src", "EnergyPilot.Gateway"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(f => File.ReadAllText(f)).Where(text => text.Contains("AuditEntry", StringComparison.Ordinal) || text.Contains("refusals.Tell", StringComparison.Ordinal))
        .SelectMany(text => text.Split('\n')).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => Words().Matches(line)).Select(m => m.Groups[1].Value).Except(NoDeeds).Order(StringComparer.Ordinal)];

    [Fact]
    public void Deeds_are_found() => Written.Count.ShouldBeGreaterThan(30);

    [Theory, MemberData(nameof(Written))]
    public void Deed_that_is_written_has_a_word(string deed)
    {
        Enum.TryParse<Deed>(deed.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known).ShouldBeTrue();
        AuditText.Written(known).ShouldBe(deed, "else it cannot be filtered");
    }

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)?(?: [a-z]+)+)\"")]
    private static partial Regex Words();
}
