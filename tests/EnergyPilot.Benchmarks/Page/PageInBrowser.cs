using System.Text.Json;
using Microsoft.Playwright;

namespace EnergyPilot.Benchmarks.Page;

/// <summary>A page in Chromium with a processor four times slower: a phone in a boiler room.</summary>
internal sealed class PageInBrowser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Slower = 4;

    // Event timing leaves out what is quicker than this.
    private const string WatchInteractions = """
        window.slowest = 0;
        new PerformanceObserver(l => l.getEntries().forEach(e => { if (e.interactionId) window.slowest = Math.max(window.slowest, e.duration); }))
          .observe({ type: 'event', durationThreshold: 16, buffered: true });
        """;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private PageInBrowser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<PageInBrowser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run"] }));
    }

    /// <summary>Loads a page with an empty cache.</summary>
    public async Task<FirstVisit> Visit(Uri address)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 360, Height = 780 }, Locale = "fr-FR" });
        var page = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = Slower });
        await page.AddInitScriptAsync(WatchInteractions);
        await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await page.WaitForFunctionAsync("performance.getEntriesByName('first-contentful-paint').length > 0");
        var paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var bytes = await page.EvaluateAsync<double>("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(e => !e.name.includes('/events')).reduce((s, e) => s + e.transferSize, 0)");
        foreach (var summary in await page.Locator("details > summary").AllAsync()) await summary.ClickAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        // Two frames later the last interaction has been counted.
        await page.EvaluateAsync<JsonElement>("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => r(0), 200))))");
        return new FirstVisit(paint, await page.EvaluateAsync<double>("window.slowest"), bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>First paint and slowest interaction [ms] (0 where each was quicker than a frame), and what came over the line [bytes].</summary>
internal sealed record FirstVisit(double PaintMs, double InteractionMs, double Bytes);
