using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Hosting;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>A caretaker whose school was set up with the wrong zone: it is Monday 19 January 2026, zone A stands in the site file and B is right.</summary>
public sealed class HolidayBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light, true)]
    [InlineData(360, "en-GB", ColorScheme.Dark, false)]
    [InlineData(1280, "en-GB", ColorScheme.Light, true)]
    [InlineData(1280, "fr-FR", ColorScheme.Dark, true)]
    public async Task Staff_choose_zone_B_in_place_of_A_see_it_in_the_year_and_undo_it(int width, string language, ColorScheme scheme, bool script)
    {
        using var bench = new DeskBench { File = SchoolFiles.Demo.Text.Replace("france-zone-b", "france-zone-a", StringComparison.Ordinal) };
        bench.Start().ShouldBeTrue();
        await using var host = await PageHost.Start(TestContext.Current.CancellationToken, SampleSchool.Cycle(SampleSchool.Monday0612));
        (host.Desk.Editor, host.Desk.Site) = (() => bench.Desk, bench.Live.Site);
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme, JavaScriptEnabled = script });
        var page = visit.Page;
        await visit.SignIn("/calendar");
        // The first week of zone A's winter holidays, and the last one of zone B's.
        await Year(page, "School", "");
        await Kept(visit, script, "holidays-calendar");

        await page.ClickAsync("a[href='/calendar/holidays']");
        await Assertions.Expect(page.Locator("input[value=france-zone-a]")).ToBeCheckedAsync();
        await Kept(visit, script, "holidays");
        await page.CheckAsync("input[value=france-zone-b]");
        await page.ClickAsync("button[value=look]");
        await Assertions.Expect(page.Locator(".means")).ToContainTextAsync("Vacances d'hiver");
        await Kept(visit, script, "holidays-look");
        bench.Desk.Versions.ShouldBeEmpty();
        await page.ClickAsync("button[value=keep]");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Kept(visit, script, "holidays-kept");
        host.Desk.Site = bench.Live.Site;

        await page.ClickAsync("a.back");
        await Year(page, "", "School");
        await page.GoBackAsync();
        await page.ClickAsync("form:has(input[name=version]) button >> nth=0");
        await Assertions.Expect(page.Locator("input[value=france-zone-a]")).ToBeCheckedAsync();
        host.Desk.Site = bench.Live.Site;
        await page.ClickAsync("a.back");
        await Year(page, "School", "");
    }

    [Fact]
    public async Task Enter_looks_and_keeps_nothing()
    {
        using var bench = new DeskBench();
        bench.Start().ShouldBeTrue();
        await using var host = await PageHost.Start(TestContext.Current.CancellationToken, SampleSchool.Cycle(SampleSchool.Monday0612));
        (host.Desk.Editor, host.Desk.Site) = (() => bench.Desk, bench.Live.Site);
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.SignIn("/calendar/holidays");
        for (var i = 0; i < 2; i++)
        {
            await visit.Page.CheckAsync("input[value=france-zone-c]");
            await visit.Page.PressAsync("input[value=france-zone-c]", "Enter");
            await Assertions.Expect(visit.Page.Locator(".means")).ToBeVisibleAsync();
        }

        bench.Desk.Versions.ShouldBeEmpty();
    }

    private static Task Kept(BrowserVisit visit, bool script, string shot) => script ? visit.CheckHere(shot) : visit.Keep(shot);

    private static async Task Year(IPage page, string firstWeek, string lastWeek)
    {
        await Assertions.Expect(page.Locator("td:has(a[href='/calendar/day/2026-02-10'])")).ToHaveAttributeAsync("class", firstWeek);
        await Assertions.Expect(page.Locator("td:has(a[href='/calendar/day/2026-02-24'])")).ToHaveAttributeAsync("class", lastWeek);
    }
}
