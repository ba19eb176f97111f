using EnergyPilot.Core.Control;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Energy;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Gateway.Texts;

public sealed class LanguageTests
{
    private static readonly string[] FactNames =
        ["room", "target", "outdoor", "until", "since", "lead", "heat", "by", "note", "holiday", "zones", "supply", "limit", "duration", "point", "next", "level", "shift", "co2", "humidity", "dew", "wall", "times", "number"];

    private static readonly IEnumerable<string> Wanted =
    [
        .. Named<ReasonCode>("reason"), .. Named<Phrase>("page"), .. Words<Mode>(), .. Words<ZoneUse>(), .. Words<Severity>(), .. Words<Medium>(),
        .. Words<Reliability>(), .. Words<Priority>(), .. Words<ZoneState>(), .. Words<AirQuality>(), .. Words<BoilerState>(), .. Words<CircuitState>(), .. Words<SparkplugPhase>(), .. Words<PeriodLength>(), .. Words<Occupied>(), .. Words<ComparedPeriod>(),
        .. Words<EnergyPilot.Gateway.Storage.Role>(), .. Words<EnergyPilot.Gateway.Storage.TokenScope>(), .. Words<Deed>(),
        .. Words<OccasionKind>(), .. Words<WholeDays>(), .. Words<WhyLeftOut>(),
        .. Words<LineFault>(),
    ];

    public static TheoryData<string> Codes => [.. Language.All.Keys];

    public static TheoryData<string, string> Reasons => [.. Language.All.Keys.SelectMany(l => Enum.GetNames<ReasonCode>().Select(r => (l, r)))];

    [Fact]
    public void There_is_French_and_English() => Language.All.Keys.Order().ShouldBe(["en", "fr"]);

    [Theory, MemberData(nameof(Codes))]
    public void Every_language_has_every_text_and_no_other(string code)
    {
        var texts = Language.All[code].Texts.Keys.Where(k => !k.StartsWith("format.", StringComparison.Ordinal)).ToHashSet();
        Wanted.Except(texts).ShouldBeEmpty("missing");
        texts.Except(Wanted).ShouldBeEmpty("not used");
    }

    [Theory, MemberData(nameof(Codes))]
    public void Every_language_says_the_same_facts(string code)
    {
        foreach (var (key, text) in Language.All[code].Texts)
            text.Facts.Order().ShouldBe(Language.Fallback.Texts[key].Facts.Order(), $"{code} {key}");
    }

    [Theory, MemberData(nameof(Reasons))]
    public void Reason_is_a_sentence_with_and_without_its_facts(string code, string reason)
    {
        var reader = ReaderTests.Of(code);
        var named = Enum.Parse<ReasonCode>(reason);
        foreach (var sentence in new[] { reader.Sentence(Reason.Of(named)), reader.Sentence(Reason.Of(named, [.. FactNames.Select(Example)])) })
        {
            sentence.ShouldMatch("^[\\p{Lu}\\d].*[.?”»]$");
            sentence.ShouldNotMatch(" {2}|[{}\\[\\]]|–| ,|\\.\\.");
        }

        Language.All[code].Texts[$"reason.{reason}"].Facts.Except(FactNames).ShouldBeEmpty("facts that no rule gives");
        Language.All[code].Texts[$"reason.{reason}"].Needed.Except(["zones", "times"]).ShouldBeEmpty("facts outside brackets");
    }

    [Theory, MemberData(nameof(Codes))]
    public void Trouble_of_a_line_is_a_sentence_with_everything_it_names(string code)
    {
        string[] names = ["file", "chip", "line", "broker", "model", "path", "bus", "device", "wanted"];
        foreach (var fault in Enum.GetValues<LineFault>().Except([LineFault.None]))
        {
            var text = Language.All[code].Texts[$"LineFault.{fault}"];
            text.Needed.Except([.. names, "duration"]).ShouldBeEmpty($"{fault} may be said without them");
            var sentence = ReaderTests.Of(code).Sentence(new LineTrouble(fault, "English", [.. names.Select(n => Fact.Of(n, "x1")), Fact.Of("duration", TimeSpan.FromSeconds(10))]));
            sentence.ShouldMatch("^(x1|\\p{Lu}).*[.]$", $"{fault}");
            sentence.ShouldNotMatch(" {2}|[{}\\[\\]]|–| ,|\\.\\.|English", $"{fault}");
        }
    }

    [Theory]
    [InlineData("fr", "en", "fr")]
    [InlineData("", "fr-BE", "fr")]
    [InlineData("xx", "de", "en")]
    [InlineData("", "", "en")]
    public void Chosen_language_beats_the_browsers(string chosen, string accepted, string expected) =>
        Language.Choose(chosen, accepted is "" ? [] : [accepted]).Code.ShouldBe(expected);

    private static Fact Example(string name) => name switch
    {
        "by" or "note" or "holiday" or "point" => Fact.Of(name, "Marie"),
        "until" or "since" or "next" => Fact.Of(name, ReaderTests.Now.AddHours(2)),
        "lead" or "duration" => Fact.Of(name, TimeSpan.FromMinutes(52)),
        "zones" or "co2" or "times" or "number" => Fact.Count(name, 3),
        "heat" or "level" or "humidity" => new Fact(name, FactKind.Share, 0.4, ""),
        _ => new Fact(name, FactKind.Temperature, 19, ""),
    };

    private static IEnumerable<string> Words<T>() where T : struct, Enum => Named<T>(typeof(T).Name);

    private static IEnumerable<string> Named<T>(string section) where T : struct, Enum => Enum.GetNames<T>().Select(n => $"{section}.{n}");
}
