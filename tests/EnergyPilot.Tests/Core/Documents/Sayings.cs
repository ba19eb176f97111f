using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Documents;

public sealed class Sayings
{
    private static readonly Dictionary<string, string> German = new(StringComparer.Ordinal)
    {
        ["{0} before {1}"] = "vor {1} kommt {0}", ["a zone"] = "eine Zone", ["in {{{0}}}"] = "{{{0}}} innen",
    };

    private static readonly Saying Zone = $"a zone";

    [Fact]
    public void Sentence_keeps_its_pattern_beside_what_stands_in_it()
    {
        Saying saying = $"{Zone} before {"the gym"}";
        (saying.Pattern, saying.ToString()).ShouldBe(("{0} before {1}", "a zone before the gym"));
    }

    [Fact]
    public void Other_languages_put_the_holes_where_they_like_and_translate_what_stands_in_them() =>
        In($"{Zone} before {"the gym"}").ShouldBe("vor the gym kommt eine Zone");

    [Fact]
    public void Sentence_that_a_language_knows_in_part_only_is_said_in_English_as_a_whole()
    {
        Saying unknown = $"a plan";
        In($"{Zone} before {unknown}").ShouldBe("a zone before a plan");
    }

    [Fact]
    public void Braces_are_letters_in_the_text_and_in_what_stands_in_it()
    {
        Saying saying = $"in {{{"{0}"}}}";
        saying.ToString().ShouldBe("in {{0}}");
        In(saying).ShouldBe("{{0}} innen");
    }

    [Fact]
    public void Numbers_are_written_as_in_the_file() => In($"{19.5.Celsius}, {3}, {1234.5:0.#}").ShouldBe("19.5 °C, 3, 1234.5");

    [Fact]
    public void Two_are_alike_when_they_say_the_same_of_the_same()
    {
        Saying Of(string device) => $"{Zone} before {device}";
        Of("a").ShouldBe(Of("a"));
        Of("a").GetHashCode().ShouldBe(Of("a").GetHashCode());
        Of("a").ShouldNotBe(Of("b"));
        Of("a zone").ShouldNotBe((Saying)$"a zone before a zone");
    }

    private static string In(Saying saying) => saying.In(german => German.GetValueOrDefault(german));
}
