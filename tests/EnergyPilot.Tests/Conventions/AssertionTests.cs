using System.Text.RegularExpressions;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Conventions;

/// <summary>An assertion behind <c>?.</c> is skipped where it matters most: when there is nothing. It stands behind parentheses, which judge the null as well.</summary>
public sealed partial class AssertionTests
{
    [Theory]
    [InlineData("answer?.Status.ShouldBe(3);", true)]
    [InlineData("body[\"a\"]?[\"b\"].ShouldBe(3);", true)]
    [InlineData("(await Get(a, b)).Type?.Name.ShouldBe(\"(\");", true)]
    [InlineData("(answer?.Status).ShouldBe(3);", false)]
    [InlineData("Of(answer?.Status).ShouldBe(is ? a : b);", false)]
    public void It_is_known_when_it_is_seen(string line, bool isSkipped) => MayBeSkipped(line).ShouldBe(isSkipped);

    [Fact]
    public void No_assertion_is_skipped_when_there_is_nothing()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(SchoolFiles.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj") && Path.GetFileName(path) != "AssertionTests.cs")
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (Line: line, Place: $"{Path.GetFileName(path)}:{index + 1} {line.Trim()}"))).ToList();

        lines.ShouldNotBeEmpty();
        lines.Where(l => MayBeSkipped(l.Line)).Select(l => l.Place).ShouldBeEmpty();
    }

    private static bool MayBeSkipped(string line)
    {
        var (bare, before) = (Quoted().Replace(line, ""), "");
        while (bare != before) (before, bare) = (bare, Bracketed().Replace(bare, ""));
        return Skipped().IsMatch(bare);
    }

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\([^()]*\)|(?<!\?)\[[^\[\]]*\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\?[.\[][^;(){}=\s]*\.Should")]
    private static partial Regex Skipped();
}
