using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The energy page as staff meet it.</summary>
public sealed class EnergyBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private static readonly string[] Periods = ["day", "week", "month", "year"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CycleRecord Now => SampleSchool.Cycle(SampleSchool.Monday0612);

    [Theory]
    [InlineData(360, "en-GB", ColorScheme.Dark)]
    [InlineData(360, "fr-FR", ColorScheme.Light)]
    [InlineData(1280, "en-GB", ColorScheme.Light)]
    [InlineData(1280, "fr-FR", ColorScheme.Dark)]
    public async Task Every_period_is_for_everybody(int width, string language, ColorScheme scheme)
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        foreach (var period in Periods)
        {
            await visit.Page.GotoAsync($"/energy?period={period}&day=2026-01-14");
            await visit.Page.Locator("#bars[data-points]").WaitForAsync();
            await visit.CheckHere($"energy-{period}");
        }

        host.Desk.Energy.IsLost = at => at.Day is 7 or 8;
        host.Desk.Site = host.Desk.Site with { Meters = [host.Desk.Site.Meters[0], host.Desk.Site.Meters[2] with { EuroPerCubicMetre = 4.2 }] };
        await visit.Check("/energy?period=month&day=2026-01-14", "energy-gaps");
        host.Desk.Energy.Begins = DateTimeOffset.MaxValue;
        host.Desk.Site = host.Desk.Site with { Name = "École sans passé" };
        await visit.Check("/energy", "energy-nothing-yet");
    }

    [Fact]
    public async Task Caretaker_goes_from_the_year_to_a_day_and_reads_a_bar_by_keyboard()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 1280, "fr-FR");
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Énergie" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Mois" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "← Avant" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1 small")).ToHaveTextAsync("Décembre 2025");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Compteur électrique" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#bars-title")).ToContainTextAsync("Compteur électrique, jour par jour");
        await visit.Page.Locator("#bars").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visit.Page.Locator("#bar-told")).ToContainTextAsync("2: Consommation");
        await visit.Keep("energy-keyboard");
    }

    [Fact]
    public async Task Chart_is_painted_in_the_colours_of_its_uses()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.Page.GotoAsync("/energy?period=week&day=2026-01-14");
        await visit.Page.Locator("#bars[data-points='7']").WaitForAsync();
        // Lessons (#0b6b57) and nights (#c05a00) both fill a good part of the picture.
        foreach (var (red, green, blue) in new[] { (11, 107, 87), (192, 90, 0) })
            (await visit.Page.EvaluateAsync<int>(
                $"(() => {{ const c = document.querySelector('#bars canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] === {red} && d[i + 1] === {green} && d[i + 2] === {blue}) n++; return n; }})()"))
                .ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public async Task Everything_is_there_without_script_and_on_paper()
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, 360, "en-GB", new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.Page.GotoAsync("/energy?period=week&day=2026-01-14");
        await Assertions.Expect(visit.Page.Locator("#bars-table tbody tr")).ToHaveCountAsync(7);
        await Assertions.Expect(visit.Page.Locator(".scatter circle").First).ToBeVisibleAsync();
        await visit.Page.ClickAsync("a[rel=prev]");
        await Assertions.Expect(visit.Page.Locator("h1 small")).ToHaveTextAsync("Week 2: 5 to 11 January 2026");
        await visit.Keep("energy-no-script");

        await using var paper = await browser.Visit(host, 794, "fr-FR");
        await paper.Page.GotoAsync("/energy?period=month&day=2026-01-14");
        await paper.Page.Locator("#bars[data-points]").WaitForAsync();
        await paper.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await paper.Keep("energy-print");
        await Assertions.Expect(paper.Page.Locator(".periods")).ToBeHiddenAsync();
        await Assertions.Expect(paper.Page.Locator("#bars-table tbody tr").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1920)]
    public async Task Smallest_phone_and_wall_screen_show_everything(int width)
    {
        await using var host = await PageHost.Start(Stop, Now);
        await using var visit = await browser.Visit(host, width, "fr-FR");
        await visit.Page.GotoAsync("/energy?period=month&day=2026-01-14");
        await visit.Page.Locator("#bars[data-points]").WaitForAsync();
        await visit.Fits("energy-month");
    }
}
