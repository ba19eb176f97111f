using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The installer's stories as a person walks them: the site file with a mistake, mended, looked at, applied, undone; an output tested on the running demo school; a device added.</summary>
public sealed class SettingsBrowserTests(PageBrowser browser, DemoGateway demo) : IClassFixture<PageBrowser>, IClassFixture<DemoGateway>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, "en-GB", ColorScheme.Light, true)]
    [InlineData(360, "fr-FR", ColorScheme.Dark, true)]
    [InlineData(360, "en-GB", ColorScheme.Light, false)]
    public async Task Installer_mends_a_mistake_sees_the_difference_applies_and_undoes(int width, string language, ColorScheme scheme, bool script)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme, JavaScriptEnabled = script });
        var (page, desk) = (visit.Page, host.Services.GetRequiredService<SiteDesk>());
        await visit.SignIn("/settings", "Ivo");
        await Kept(visit, script, "settings");
        var text = await page.InputValueAsync("#text");
        text.ShouldBe(desk.Text.Text);

        await page.FillAsync("#text", text.Replace("comfort: 19 °C", "comfort: 190 °C", StringComparison.Ordinal));
        await page.ClickAsync("button[value=look]");
        await Assertions.Expect(page.Locator(".findings li").First).ToContainTextAsync("comfort: 190 °C");
        await Assertions.Expect(page.Locator(".findings li").First).ToContainTextAsync(language == "fr-FR" ? "attendu : une température entre 5 et 22 °C" : "expected: a temperature between 5 and 22 °C");
        if (script)
        {
            await Assertions.Expect(page.Locator(".gutter .bad").First).ToBeVisibleAsync();
            await page.ClickAsync(".findings a");
            (await page.EvaluateAsync<string>("(() => { const t = document.getElementById('text'); return t.value.slice(t.selectionStart, t.selectionEnd); })()")).ShouldContain("comfort: 190 °C");
        }

        await Kept(visit, script, "settings-mistake");
        await page.FillAsync("#text", text.Replace("comfort: 19 °C", "comfort: 18.5 °C", StringComparison.Ordinal));
        await page.ClickAsync("button[value=look]");
        await Assertions.Expect(page.Locator(".diff .Added")).ToContainTextAsync("comfort: 18.5 °C");
        await page.FillAsync("#note", "Sobriété");
        await Kept(visit, script, "settings-difference");
        desk.Version.ShouldBe(0);
        await page.ClickAsync("button[value=apply]");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        desk.Current.Zones[0].Setpoints.Comfort.Degrees.ShouldBe(18.5);
        await Kept(visit, script, "settings-applied");

        await page.ClickAsync("a[href='/settings/version?number=1']");
        await Kept(visit, script, "settings-version");
        await page.ClickAsync("button.main");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        (desk.Version, desk.Text.Text).ShouldBe((3, text));
    }

    [Fact]
    public async Task Installer_tests_an_output_that_returns_by_itself_and_adds_a_device_that_is_there_after_the_new_beginning()
    {
        await using var visit = await browser.Visit(demo.Address, 360, "en-GB", new BrowserNewContextOptions());
        var page = visit.Page;
        await demo.SignIn(page);
        await visit.Check("/devices", "devices-installer");
        await visit.Check("/devices/test", "output-choose");
        await page.ClickAsync("a[href='/devices/test?point=relays.channel-13']");
        await visit.CheckHere("output-before");
        var before = await page.Locator(".reasons dd").First.TextContentAsync();
        await page.CheckAsync(before?.StartsWith("On", StringComparison.Ordinal) == true ? "input[value='0']" : "input[value='1']");
        await page.CheckAsync("input[name=sure]");
        await page.ClickAsync("button.main");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("then the control takes over again by itself");
        await Assertions.Expect(page.Locator(".reasons dd").First).ToContainTextAsync("Test of an output");
        await visit.Keep("output-during");
        await Assertions.Expect(page.Locator(".reasons dd").First).Not.ToContainTextAsync("Test of an output");

        await visit.Check("/devices/edit?type=dallas-ds18b20", "device-add");
        await page.FillAsync("#id", "room-attic");
        await page.FillAsync("#name", "Attic");
        await page.FillAsync("#address", "28-0316a2799999");
        await page.ClickAsync("button[value=test]");
        await visit.CheckHere("device-probe");
        await page.ClickAsync("button[value=look]");
        await visit.CheckHere("device-difference");
        await page.ClickAsync("button[value=apply]");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The control starts anew");
        await visit.Keep("device-applied");
        await Assertions.Expect(page.GetByText("Attic")).ToBeVisibleAsync();

        // Another meter's address with its own model answers over the line that is open.
        await page.GotoAsync("/devices/edit?device=meter-electricity");
        await page.ClickAsync("button[value=test]");
        await Assertions.Expect(page.Locator(".preview h2")).ToContainTextAsync("It answers");
        await visit.CheckHere("device-answers");
    }

    private static async Task Kept(BrowserVisit visit, bool script, string shot)
    {
        if (script) await visit.CheckHere(shot);
        else await visit.Keep($"{shot}-noscript");
    }
}
