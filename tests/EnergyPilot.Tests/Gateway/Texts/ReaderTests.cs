using EnergyPilot.Core.Control;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Tests.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.Texts;

public sealed class ReaderTests
{
    /// <summary>A Monday, 06:12 in Paris.</summary>
    internal static readonly DateTimeOffset Now = SampleSchool.Monday0612;

    internal static Reader Of(string language) => new(Language.All[language], SampleSchool.Site, Now);

    [Theory]
    [InlineData("en", "Warming up to reach 19.0 °C by 08:30: now 15.8 °C, −2.0 °C outdoors; needs about 1 h 50 more.")]
    [InlineData("fr", "En relance pour atteindre 19,0 °C à 08:30 : actuellement 15,8 °C, −2,0 °C dehors ; il faut encore environ 1 h 50.")]
    public void Reason_is_told_with_its_numbers(string language, string expected) =>
        Plain(Of(language).Sentence(Reason.Of(
            ReasonCode.WarmingUp, Fact.Of("until", Local(19, 8, 30)), Fact.Of("room", 15.8.Celsius), Fact.Of("outdoor", (-2.0).Celsius),
            Fact.Of("lead", TimeSpan.FromMinutes(110)), Fact.Of("target", 19.0.Celsius)))).ShouldBe(expected);

    [Fact]
    public void Missing_facts_are_left_out() =>
        Plain(Of("en").Sentence(Reason.Of(ReasonCode.WarmingUp, Fact.Of("target", 19.0.Celsius), Fact.Of("room", double.NaN.Celsius), Fact.Of("until", DateTimeOffset.MaxValue))))
            .ShouldBe("Warming up to reach 19.0 °C.");

    [Theory]
    [InlineData("en", 0, "40 s")]
    [InlineData("en", 52, "52 min")]
    [InlineData("en", 185, "3 h 05")]
    [InlineData("fr", 120, "2 h")]
    [InlineData("en", 60 * 24 * 3, "3 days")]
    [InlineData("fr", 60 * 24 * 3, "3 jours")]
    public void Durations_are_as_people_say_them(string language, int minutes, string expected) =>
        Plain(Of(language).Duration(minutes == 0 ? TimeSpan.FromSeconds(40) : TimeSpan.FromMinutes(minutes))).ShouldBe(expected);

    [Theory]
    [InlineData("en", 19, "08:30")]
    [InlineData("en", 20, "Tue 08:30")]
    [InlineData("fr", 18, "dimanche 08:30")]
    [InlineData("en", 26, "Mon 26 Jan 08:30")]
    [InlineData("fr", 26, "lundi 26 janvier 08:30")]
    public void Times_are_on_the_schools_clocks_and_as_short_as_is_clear(string language, int day, string expected) =>
        Of(language).Time(Local(day, 8, 30)).ShouldBe(expected);

    [Fact]
    public void Far_midnight_is_a_date() => Of("fr").Time(SampleSchool.Site.Instant(new DateTime(2026, 7, 4))).ShouldBe("samedi 4 juillet");

    [Theory]
    [InlineData("en", 0, "0 zones")]
    [InlineData("fr", 0, "0 zone")]
    [InlineData("en", 1, "1 zone")]
    [InlineData("fr", 2, "2 zones")]
    public void Plural_follows_the_language(string language, int zones, string expected) =>
        Of(language).Say(Phrase.AllIsWell, Fact.Count("zones", zones)).ShouldContain($" {expected}.");

    [Theory]
    [InlineData("en", "−0.5 °C", -0.5)]
    [InlineData("fr", "0,0 °C", -0.01)]
    [InlineData("fr", "–", double.NaN)]
    public void Temperatures_have_one_decimal_and_no_negative_zero(string language, string expected, double degrees) =>
        Plain(Of(language).Temperature(degrees.Celsius)).ShouldBe(expected);

    [Theory]
    [InlineData("[{a}")]
    [InlineData("{a")]
    [InlineData("{a:one}")]
    public void Broken_text_is_refused(string text) => Should.Throw<FormatException>(() => Template.Parse(text));

    private static string Plain(string text) => text.Replace('\u00a0', ' ');

    private static DateTimeOffset Local(int day, int hour, int minute) => SampleSchool.Site.Instant(new DateTime(2026, 1, day, hour, minute, 0));
}
