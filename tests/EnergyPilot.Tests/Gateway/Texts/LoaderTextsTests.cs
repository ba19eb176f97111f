using System.Text.RegularExpressions;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Tests.Gateway.Texts;

public sealed partial class LoaderTextsTests
{
    private static readonly IEnumerable<string> Patterns = SayingsInCode.All.Patterns.Where(Saying.HasWords);

    public static TheoryData<string> Others => [.. Language.All.Keys.Where(c => c != Language.Fallback.Code)];

    [Theory, MemberData(nameof(Others))]
    public void Every_language_has_every_sentence_of_the_loader_and_no_other(string code)
    {
        Patterns.Count().ShouldBeGreaterThan(200);
        var known = Language.All[code].Loader.All.Keys;
        Patterns.Except(known).Order().ShouldBeEmpty("missing");
        known.Except(Patterns).ShouldBeEmpty("not used");
    }

    [Theory, MemberData(nameof(Others))]
    public void Every_translated_sentence_has_the_same_holes(string code)
    {
        foreach (var (english, other) in Language.All[code].Loader.All) Holes(other).ShouldBe(Holes(english), $"{code}: {other}");
    }

    [Fact]
    public void No_words_are_pasted_into_a_sentence() => SayingsInCode.All.Pasted.ShouldBeEmpty();

    [Fact]
    public void French_sentences_are_set_as_French_is()
    {
        foreach (var (_, french) in Language.All["fr"].Loader.All.Where(t => !t.Key.Contains("\": …", StringComparison.Ordinal)))
            french.ShouldNotMatch("[\"']|«[^\u00a0]|[^\u00a0]»| [:;?!»]|\\w[;?!]|\\.\\.\\.| {2}|[.;:,]$");
    }

    [Theory]
    [InlineData("a: b: c")]
    [InlineData("a: [1, 2")]
    [InlineData("a: [1 2: 3: 4]")]
    [InlineData("a: {b: 1")]
    [InlineData("a: \"x")]
    [InlineData("a: \"\\q\"")]
    [InlineData("a: @x")]
    [InlineData("a: 'x'y")]
    [InlineData("a:\n  - b\n c: d")]
    [InlineData("- a\nb: c")]
    [InlineData("a: 1\nb\nc: 2")]
    [InlineData("a: - b")]
    [InlineData("a: x\n  b: c")]
    [InlineData("a:\n  b: 1\n   c: 2")]
    public void Slips_in_yaml_are_told_in_French(string text)
    {
        var findings = new Findings("a.yaml");
        YamlReader.Read(text, findings).ShouldBeNull();
        var found = findings.With(0).Mistakes.ShouldHaveSingleItem().Found;
        found.In(Language.All["fr"].Loader.Find).ShouldNotMatch("(?i)while|allowed|expected", found.ToString());
    }

    [Fact]
    public void Every_quantity_has_a_name_of_its_own() =>
        Enum.GetValues<Quantity>().Select(q => QuantityShape.Named(q).ToString()).ShouldBeUnique();

    private static IEnumerable<string> Holes(string pattern) => Hole().Matches(pattern.Replace("{{", "", StringComparison.Ordinal)).Select(m => m.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Hole();
}
