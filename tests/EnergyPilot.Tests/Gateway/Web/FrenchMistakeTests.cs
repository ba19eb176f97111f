using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What is wrong in the site file, told to somebody who reads French: on the pages and to programs.</summary>
public sealed class FrenchMistakeTests
{
    private static readonly string Demo = SchoolFiles.Demo.Text;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("    persons: 25", "    personnes: 25", "zones.cp.personnes", "La clé inconnue « personnes » ; attendu : un mot parmi name, use, floor-area", "Nom connu le plus proche : persons.")]
    [InlineData("    floor-area: 60 m²\n", "", "zones.cp", "Pas de « floor-area » ; attendu : floor-area : une surface en m², m2, par exemple « 20 m² ».")]
    [InlineData("floor-area: 60 m²", "floor-area: 60 kW", "zones.cp.floor-area", "« 60 kW », une puissance ; attendu : une surface en m², m2, par exemple « 20 m² ».")]
    [InlineData("comfort: 19 °C", "comfort: 99 °C", "setpoints.comfort", "« 99 °C » ; attendu : une température entre 5 et 22 °C.")]
    [InlineData("    persons: 25", "\tpersons: 25", "", "Une tabulation au début de la ligne ; attendu : des espaces : en YAML, les lignes ne se décalent qu’avec des espaces.")]
    [InlineData("[room-cp.temperature", "[rom-cp.temperature", "zones.cp.temperature[0]", "« rom-cp.temperature », et il n’y a pas d’appareil « rom-cp » ; attendu : un point qui mesure une température, sous la forme appareil.point.", "Nom connu le plus proche : room-cp.")]
    [InlineData("name: Classe 1 (CP)", "name: Classe: CP", "", "Quelque chose qui n’est pas du YAML (un « : » dans un texte sans guillemets) ; attendu : des lignes « clé: valeur »")]
    [InlineData("circuit: wings", "circuit: wing", "zones.cp.circuit", "« wing » ; attendu : le nom d’un circuit : ", "Nom connu le plus proche : wings.")]
    public async Task Text_of_the_site_is_judged_in_French(string find, string change, string path, params string[] told)
    {
        await using var host = await Host();
        using var ivo = await Installer(host);
        var at = Demo.IndexOf(find, StringComparison.Ordinal);
        var text = Demo[..at] + change + Demo[(at + find.Length)..];

        var page = await Sent(ivo, "/settings", "site", ("do", "look"), ("text", text.Replace("\n", "\r\n", StringComparison.Ordinal)), ("version", "0"), ("seen", ""));

        foreach (var words in told) page.ShouldContain(words, Case.Sensitive);
        if (path.Length > 0) page.ShouldContain($"<code>{path}</code>");
        page.ShouldMatch("data-line=\"\\d+\">Ligne \\d+</a>");
        page.ShouldNotContain("expected");
    }

    [Fact]
    public async Task Device_that_would_be_a_mistake_is_refused_in_French()
    {
        await using var host = await Host();
        using var ivo = await Installer(host);
        var page = await Sent(ivo, "/devices/edit?device=room-library", "device", ("do", "remove"), ("type", "dallas-ds18b20"), ("bus", "one-wire"), ("address", "x"), ("version", "0"));
        page.ShouldContain("« room-library.temperature », et il n’y a pas d’appareil « room-library » ; attendu : un point qui mesure une température, sous la forme appareil.point", Case.Sensitive);
    }

    [Theory]
    [InlineData("fr", "« 99 °C »", "une température entre 5 et 22 °C", "setpoints.comfort : « 99 °C » ; attendu : une température entre 5 et 22 °C.")]
    [InlineData("en", "\"99 °C\"", "a temperature between 5 and 22 °C", "setpoints.comfort: \"99 °C\"; expected: a temperature between 5 and 22 °C.")]
    public async Task Programs_are_told_in_the_language_that_they_accept(string language, string found, string expected, string detail)
    {
        await using var host = await Host();
        using var marie = host.Visitor(language);
        await marie.SignIn("Marie", Stop);
        marie.DefaultRequestHeaders.Add("RequestVerificationToken", await marie.Token("/zones/cp", Stop));
        var edits = new[] { new { kind = "set", path = "setpoints.comfort", value = "99 °C" } };

        var seen = await (await marie.PostAsJsonAsync("/api/v1/site/preview", new { edits }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var refused = await (await marie.PutAsJsonAsync("/api/v1/site", new { edits, basedOn = 0 }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);

        foreach (var mistake in (JsonElement[])[seen.GetProperty("mistakes")[0], refused.GetProperty("mistakes")[0]])
            (Plain(mistake.GetProperty("found")), Plain(mistake.GetProperty("expected"))).ShouldBe((found, expected));
        Plain(refused.GetProperty("detail")).ShouldBe(detail);
    }

    private static string Plain(JsonElement text) => Forms.Plain(text.GetString() ?? "");

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    private static async Task<HttpClient> Installer(PageHost host)
    {
        var ivo = host.Visitor("fr");
        await ivo.SignIn("Ivo", Stop);
        return ivo;
    }

    private static async Task<string> Sent(HttpClient visitor, string path, string handler, params (string, string)[] fields) =>
        Forms.Plain(await (await visitor.Send(path, handler, fields, Stop)).Content.ReadAsStringAsync(Stop));
}
