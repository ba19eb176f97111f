using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The pages as a person meets them: real browser, real server, phone and desk, both languages.</summary>
public sealed class PageBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CycleRecord Now => SampleSchool.Cycle(SampleSchool.Monday0612);

    [Fact]
    public async Task Value_on_the_page_changes_by_itself()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 360, "en-GB");
        await visit.Page.GotoAsync("/");
        var room = visit.Page.Locator("#zone-cp .temperature strong");
        await Assertions.Expect(room).ToHaveTextAsync("17.2\u00a0°C");
        await visit.Page.Locator("a[href='/zones/cp']").FocusAsync();
        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(10), 0.5));
        await Assertions.Expect(room).ToHaveTextAsync("17.7\u00a0°C");
        await Assertions.Expect(visit.Page.Locator("#as-of")).ToHaveTextAsync("06:12:40");
        await Assertions.Expect(visit.Page.Locator("a[href='/zones/cp']")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Lost_connection_is_said_with_the_time_of_the_values()
    {
        var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 360, "en-GB");
        await visit.Page.GotoAsync("/");
        await Assertions.Expect(visit.Page.Locator("#lost")).ToBeEmptyAsync();
        await host.DisposeAsync();
        await Assertions.Expect(visit.Page.Locator("#lost")).ToHaveTextAsync("Connection lost. These are the values of 06:12:30; trying again.");
        await visit.Keep("connection-lost");
    }

    [Fact]
    public async Task Page_goes_on_by_itself_when_the_gateway_comes_back()
    {
        var host = await PageHost.Start(Stop, Now);
        var address = host.Address;
        await using var visit = await browser.Visit(host, 360, "fr-FR");
        await visit.Page.GotoAsync("/");
        await visit.Page.EvaluateAsync("window.stayed = true");
        await host.DisposeAsync();
        await Assertions.Expect(visit.Page.Locator("#lost")).Not.ToBeEmptyAsync();

        await using var again = await PageHost.Start(address, Stop, SampleSchool.Cycle(SampleSchool.Monday0612.AddMinutes(1), 0.5));
        await Assertions.Expect(visit.Page.Locator("#as-of")).ToHaveTextAsync("06:13:30");
        await Assertions.Expect(visit.Page.Locator("#lost")).ToBeEmptyAsync();
        await Assertions.Expect(visit.Page.Locator("#zone-cp .temperature strong")).ToHaveTextAsync("17,7\u00a0°C");
        (await visit.Page.EvaluateAsync<bool>("window.stayed === true")).ShouldBeTrue("the page was not loaded again");
    }

    [Fact]
    public async Task Caretaker_keeps_a_room_warmer_with_two_taps()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 360, "fr-FR");
        await visit.SignIn("/zones/library");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Un demi-degré de plus" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#setpoint")).ToHaveValueAsync("19,5");
        await Assertions.Expect(visit.Page.Locator("#summary")).ToHaveTextAsync("Bibliothèque : maintenu à 19,5 °C jusqu’à 16:30, puis le programme reprend.".Replace(" :", "\u00a0:", StringComparison.Ordinal).Replace(" °", "\u00a0°", StringComparison.Ordinal));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Maintenir cette température" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        host.Desk.Wishes.ShouldHaveSingleItem().Setpoint.Degrees.ShouldBe(19.5);
        await visit.Keep("override-set");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Annuler, retour au programme" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".held")).ToHaveCountAsync(0);
        host.Desk.Cancelled.ShouldHaveSingleItem().Who.ShouldBe("Marie");
    }

    [Fact]
    public async Task Chart_is_drawn()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.Page.GotoAsync("/zones/cp");
        await visit.DrawnChart();
        var painted = await visit.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('#chart canvas')].map(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v > 0).length).reduce((a, b) => Math.min(a, b))");
        painted.ShouldBeGreaterThan(1_000);
        (await visit.Page.Locator("#chart").GetAttributeAsync("data-points")).ShouldBe("288");
        await Assertions.Expect(visit.Page.Locator("#chart .uplot")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Page_is_readable_without_script()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 360, "en-GB", new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.Page.GotoAsync("/");
        await Assertions.Expect(visit.Page.Locator(".verdict .line")).ToHaveTextAsync("All is well: 12 zones, 18.0\u00a0°C on average.");
        (await visit.Page.ContentAsync()).ShouldContain("http-equiv=\"refresh\"");
        await visit.SignIn("/zones/cp");
        await visit.Page.FillAsync("#setpoint", "20");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this temperature" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".held")).ToBeVisibleAsync();
    }

    /// <summary>The look that all other tests rely on can fail.</summary>
    [Theory]
    [InlineData("<img src=\"x.png\">", "image-alt")]
    [InlineData("<p style=\"color: #ccc; background: #fff\">pale</p>", "color-contrast")]
    [InlineData("<p style=\"width: 3000px\">wide</p>", "scrolls sideways")]
    public async Task What_is_wrong_with_a_page_is_found(string wrong, string finding)
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 360, "en-GB");
        await visit.Page.SetContentAsync($"<!doctype html><html lang=\"en\"><title>Wrong</title><main><h1>Wrong</h1>{wrong}</main></html>");
        (await Record.ExceptionAsync(() => visit.CheckHere("wrong"))).ShouldBeOfType<ShouldAssertException>().Message.ShouldContain(finding);
    }

    [Theory]
    [InlineData(360, "en-GB", ColorScheme.Light)]
    [InlineData(360, "fr-FR", ColorScheme.Dark)]
    [InlineData(1280, "en-GB", ColorScheme.Dark)]
    [InlineData(1280, "fr-FR", ColorScheme.Light)]
    public async Task Every_page_is_for_everybody(int width, string language, ColorScheme scheme)
    {
        await using var well = await PageHost.Start(Stop, Now);
        await using var troubled = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        await using var starting = await PageHost.Start(Stop);
        starting.Access.Forget();
        await using var visit = await browser.Visit(well, width, language, new BrowserNewContextOptions { ColorScheme = scheme });

        await visit.Check("/", "school-well");
        await visit.Check("/zones/cp", "zone-looking");
        await visit.Check("/login", "login");
        await visit.Check("/nowhere", "not-found");
        await visit.SignIn("/zones/cp");
        await visit.Check("/zones/cp", "zone-signed-in");
        await visit.Page.FillAsync("#setpoint", "25");
        await visit.Page.ClickAsync("button.main");
        await visit.CheckHere("zone-mistake");
        await visit.Check($"{troubled.Address}", "school-trouble");
        await visit.Check($"{troubled.Address}zones/ce2", "zone-blind");
        await visit.Check($"{starting.Address}", "starting");
        await visit.Check($"{starting.Address}setup", "setup");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1920)]
    public async Task Smallest_phone_and_wall_screen_show_everything(int width)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        await using var visit = await browser.Visit(host, width, "fr-FR");
        await visit.Page.GotoAsync("/");
        await visit.Fits("school-trouble");
        await visit.SignIn("/zones/cp");
        await visit.DrawnChart();
        await visit.Fits("zone-signed-in");
    }
}
