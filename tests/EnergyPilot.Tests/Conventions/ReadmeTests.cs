using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Commands;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Conventions;

/// <summary>A README is the first thing that a user meets: what it names must exist.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] TopLevel = ["src/", "tests/", "hardware/", "config/", ".ci/"];

    public static TheoryData<string> Readmes => [.. Directory.EnumerateFiles(SchoolFiles.Root, "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(SchoolFiles.Root, path))
        .Where(path => Path.GetFileName(path) is "README.md" or "SOURCES.md" && !path.Contains("node_modules", StringComparison.Ordinal) && !path.Split('/').Any(part => part is "bin" or "obj"))];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Every_path_that_a_readme_names_exists(string readme)
    {
        var folder = Path.GetDirectoryName(Path.Combine(SchoolFiles.Root, readme))!;
        var missing = Code().Matches(File.ReadAllText(Path.Combine(SchoolFiles.Root, readme)))
            .SelectMany(code => code.Groups[1].Value.Split(' ', ',', '\n'))
            .Select(word => word.Trim('.', ':', ';'))
            .Where(word => TopLevel.Any(top => word.StartsWith(top, StringComparison.Ordinal)) && !word.Contains('*') && !word.Contains('<') && !word.Contains("YOUR", StringComparison.Ordinal))
            .Where(word => !Path.Exists(Path.Combine(SchoolFiles.Root, word)) && !Path.Exists(Path.Combine(folder, word)));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_verb_and_option_that_the_readme_names_exists()
    {
        var text = File.ReadAllText(Path.Combine(SchoolFiles.Root, "README.md"));
        var root = CommandLine.Verbs();
        var options = root.Subcommands.Append(root).SelectMany(v => v.Options).SelectMany(o => o.Aliases.Append(o.Name)).ToHashSet();

        VerbRow().Matches(text.Split("## Verbs")[1].Split("\n## ")[0]).Select(m => m.Groups[1].Value).ShouldBe(root.Subcommands.Select(v => v.Name), ignoreOrder: true);
        OptionName().Matches(text).Select(m => m.Groups[1].Value).Where(o => o != "--project").ShouldAllBe(o => options.Contains(o));
    }

    [Fact]
    public void Every_benchmark_verb_that_the_readme_names_exists()
    {
        var text = File.ReadAllText(Path.Combine(SchoolFiles.Root, "README.md"));
        var benchmarks = File.ReadAllText(Path.Combine(SchoolFiles.Root, "tests/EnergyPilot.Benchmarks/Program.cs"));

        var named = BenchmarkVerb().Matches(text).Select(m => m.Groups[1].Value).ToArray();

        named.ShouldNotBeEmpty();
        named.ShouldAllBe(verb => benchmarks.Contains($"[\"{verb}\"]"));
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| `([a-z]+)[^`]*` \|", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex(@"(?<=[ `])(--[a-z]+)")]
    private static partial Regex OptionName();

    [GeneratedRegex("EnergyPilot.Benchmarks -- ([a-z-]+)")]
    private static partial Regex BenchmarkVerb();
}
