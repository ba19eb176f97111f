using EnergyPilot.Gateway.Web.School;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>School, room, alarms, day and hall as people meet them.</summary>
public sealed class SchoolBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light)]
    [InlineData(360, "en-GB", ColorScheme.Dark)]
    [InlineData(1280, "fr-FR", ColorScheme.Dark)]
    [InlineData(1280, "en-GB", ColorScheme.Light)]
    public async Task Every_page_of_the_school_is_for_everybody(int width, string language, ColorScheme scheme)
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await visit.Check("/?view=plan", "school-plan");
        await visit.Check("/?view=list", "school-list");
        await visit.Check("/wall", "wall");
        await visit.Check("/today", "today");
        await visit.Check("/help", "help");
        await visit.Check("/alarms", "alarms-looking");
        await visit.SignIn("/alarms");
        await visit.CheckHere("alarms");
        await visit.Check("/zones/cp?range=month", "zone-month");
    }

    [Theory]
    [InlineData(360, "fr-FR", "Je m’en occupe")]
    [InlineData(1280, "en-GB", "I am looking after it")]
    public async Task Caretaker_says_that_the_boiler_is_being_looked_after(int width, string language, string tap)
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, width, language);
        await visit.SignIn("/");
        await visit.Page.Locator(".alarms li.Critical").GetByRole(AriaRole.Link, new() { Name = tap }).ClickAsync();
        await visit.Page.Locator("input[name=note]").FillAsync("Plombier appelé");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = tap }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("li.Critical.seen")).ToContainTextAsync("Plombier appelé");
        await visit.Page.GotoAsync("/");
        await Assertions.Expect(visit.Page.Locator("#alarms li.Critical.seen")).ToContainTextAsync("Marie");
    }

    [Fact]
    public async Task Room_on_the_plan_changes_by_itself_and_is_reached_by_keyboard()
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.Page.GotoAsync("/?view=plan");
        var room = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Classe 1 (CP): 17.2\u00a0°C, Warming up" });
        await room.FocusAsync();
        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(10), 0.5));
        var warmer = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Classe 1 (CP): 17.7\u00a0°C, Warming up" });
        await Assertions.Expect(warmer).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/zones/cp");
        // The choice is remembered.
        await visit.Page.GotoAsync("/");
        await Assertions.Expect(visit.Page.Locator(".plan-first")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360, "fr-FR", "Plus chaud")]
    [InlineData(1280, "en-GB", "Warmer")]
    public async Task One_tap_makes_a_room_warmer_also_without_script(int width, string language, string tap)
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.SignIn("/zones/cp");
        await visit.Page.Locator(".quick").GetByRole(AriaRole.Button, new() { Name = tap }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        host.Desk.Wishes.ShouldHaveSingleItem().Setpoint.Degrees.ShouldBe(19.5);
        await Assertions.Expect(visit.Page.Locator(".held")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_the_school_the_table_the_alarms_and_the_day_are_all_there()
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, 360, "fr-FR", new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.Page.GotoAsync("/?view=plan");
        await Assertions.Expect(visit.Page.Locator(".plan a[href='/zones/cp']")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/zones/cp?range=season");
        await visit.Page.Locator(".chart summary").ClickAsync();
        (await visit.Page.Locator(".chart tbody tr").CountAsync()).ShouldBe(140);
        await visit.SignIn("/alarms");
        await visit.Page.Locator("input[name=note]").First.FillAsync("vu");
        await visit.Page.Locator(".alarms form button").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/today?date=2026-01-16");
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Vendredi 16 janvier 2026");
    }

    [Fact]
    public async Task Chart_is_read_and_zoomed_by_keyboard_and_lines_are_put_away()
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.Page.GotoAsync("/zones/cp");
        await visit.DrawnChart();
        var chart = visit.Page.Locator("#chart");
        await chart.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(visit.Page.Locator("#chart-said")).ToContainTextAsync("06:10");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(visit.Page.Locator("#chart-said")).ToContainTextAsync("06:05");
        await Assertions.Expect(visit.Page.Locator("#chart-said")).ToContainTextAsync("Room");
        await visit.Page.Keyboard.PressAsync("+");
        (await chart.GetAttributeAsync("data-zoom")).ShouldNotBeNullOrEmpty();
        await Assertions.Expect(visit.Page.Locator("[data-whole]")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("0");
        (await chart.GetAttributeAsync("data-zoom")).ShouldBe("");
        var outdoor = visit.Page.Locator(".key.outdoorC");
        await outdoor.ClickAsync();
        await Assertions.Expect(outdoor).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.CheckHere("zone-chart");
    }

    [Fact]
    public async Task Chart_is_zoomed_by_dragging()
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.Page.GotoAsync("/zones/cp");
        await visit.DrawnChart();
        await visit.Page.Locator("#chart .u-over").First.ScrollIntoViewIfNeededAsync();
        var box = (await visit.Page.Locator("#chart .u-over").First.BoundingBoxAsync()).ShouldNotBeNull();
        await visit.Page.Mouse.MoveAsync(box.X + box.Width / 4, box.Y + 50);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + 60, new() { Steps = 5 });
        await visit.Page.Mouse.UpAsync();
        var zoom = (await visit.Page.Locator("#chart").GetAttributeAsync("data-zoom")).ShouldNotBeNull().Split(' ').Select(long.Parse).ToArray();
        (zoom[1] - zoom[0]).ShouldBeInRange(20_000, 23_000);
        await visit.Keep("zone-zoomed");
    }

    [Fact]
    public async Task Typing_is_not_disturbed_by_what_lives()
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, 360, "en-GB");
        await visit.SignIn("/zones/cp");
        await visit.Page.FillAsync("#note", "half typed");
        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(10), 0.5));
        await Assertions.Expect(visit.Page.Locator("#now .temperature strong")).ToHaveTextAsync("17.7\u00a0°C");
        await Assertions.Expect(visit.Page.Locator("#note")).ToHaveValueAsync("half typed");
        await Assertions.Expect(visit.Page.Locator("#note")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Everything_that_a_browser_loads_for_the_school_is_small()
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, 360, "fr-FR");
        var network = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        var bytes = 0.0;
        network.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e?.GetProperty("encodedDataLength").GetDouble() ?? 0;
        await network.SendAsync("Network.enable");
        await visit.Page.GotoAsync("/?view=plan", new() { WaitUntil = WaitUntilState.Load });
        await visit.Page.Locator("#as-of").WaitForAsync();
        bytes.ShouldBeInRange(5_000, 150_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes / 1000:0.0} kB");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1920)]
    [InlineData(3840)]
    public async Task Smallest_phone_and_largest_screen_show_everything(int width)
    {
        await using var host = await Host();
        await using var visit = await browser.Visit(host, width, "fr-FR");
        foreach (var (path, shot) in ((string, string)[])[("/?view=plan", "school-plan"), ("/wall", "wall"), ("/today", "today"), ("/alarms", "alarms"), ("/zones/cp", "zone-looking")])
            await Shown(visit, path, shot);
    }

    private static async Task Shown(BrowserVisit visit, string path, string shot)
    {
        await visit.Page.GotoAsync(path);
        await visit.Fits(shot);
    }

    private static async Task<PageHost> Host()
    {
        var host = await AlarmTests.Host();
        using var file = File.OpenRead(Path.Combine(SchoolFiles.Root, "config", "sites", "lucie-aubrac.svg"));
        PlanReader.TryRead(file, SampleSchool.Site.Zones.Select(z => z.Id.Name), out var plan, out var why).ShouldBeTrue(why);
        host.Desk.Plans.Add(plan.ShouldNotBeNull());
        // What was drawn before the plan was known is drawn anew.
        host.Live.Show(SampleSchool.Troubled(SampleSchool.Monday0612));
        return host;
    }
}
