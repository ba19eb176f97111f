using System.Text.Json;
using Deque.AxeCore.Commons;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>One headless Chromium for all page tests. Where there is none they are skipped by name; in CI they fail.</summary>
public sealed class PageBrowser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // A script or a press that a busy machine is slow with is not a fault of the page.
    private const float SlowMachine = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(SlowMachine);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    internal Task<BrowserVisit> Visit(PageHost host, int width, string language) => Visit(host, width, language, new BrowserNewContextOptions());

    internal Task<BrowserVisit> Visit(PageHost host, int width, string language, BrowserNewContextOptions options) => Visit(host.Address, width, language, options);

    internal async Task<BrowserVisit> Visit(Uri address, int width, string language, BrowserNewContextOptions options)
    {
        Peers.NeedFile(Chromium, "chromium");
        options.BaseURL = address.ToString();
        options.Locale = language;
        options.ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 780 : 900 };
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await browser.ShouldNotBeNull("the browser did not start").NewContextAsync(options);
        context.SetDefaultTimeout(SlowMachine);
        return new BrowserVisit(context, await context.NewPageAsync(), $"{width}-{language[..2]}");
    }
}

/// <summary>A person at a browser of some width, in some language.</summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    // The tool itself, run in the page at once: its wrapper opens a second page for each, which costs seconds.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string Violations = """
        async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }))
            .violations.map(v => `${v.id}: ${v.help} at ${v.nodes.map(n => n.html).join(' | ')}`)
        """;

    private readonly IBrowserContext context;
    private readonly string name;
    private readonly List<string> complaints = [];

    public BrowserVisit(IBrowserContext context, IPage page, string name)
    {
        (this.context, Page, this.name) = (context, page, name);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) => complaints.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
    }

    public IPage Page { get; }

    public Task SignIn(string back) => SignIn(back, "Marie");

    public async Task SignIn(string back, string who)
    {
        await Page.GotoAsync($"/login?back={Uri.EscapeDataString(back)}");
        await Page.FillAsync("#name", who);
        await Page.FillAsync("#password", SampleDesk.Password);
        await Page.ClickAsync("button.main");
        await Page.WaitForURLAsync($"**{back}", new PageWaitForURLOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    public Task DrawnChart() => Page.Locator("#chart[data-points]").WaitForAsync();

    public async Task Check(string path, string shot)
    {
        await Page.GotoAsync(path);
        await CheckHere(shot);
    }

    /// <summary>No rule of WCAG 2.2 AA that a machine can check is broken, nothing scrolls sideways, no script complains.</summary>
    public async Task CheckHere(string shot)
    {
        if (await Page.Locator("#chart").CountAsync() > 0) await DrawnChart();
        await Fits(shot);
        await Page.EvaluateAsync(Axe);
        (await Page.EvaluateAsync<string[]>(Violations)).ShouldBeEmpty($"{shot} {name}");
        complaints.ShouldBeEmpty($"{shot} {name}");
    }

    /// <summary>Nothing scrolls sideways; and a picture is kept.</summary>
    public async Task Fits(string shot)
    {
        await Keep(shot);
        (await Page.EvaluateAsync<JsonElement>("[document.documentElement.scrollWidth, document.documentElement.clientWidth]"))
            .EnumerateArray().Select(e => e.GetInt32()).Distinct().Count().ShouldBe(1, $"{shot} {name} scrolls sideways");
    }

    public Task Keep(string shot) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder(), $"{shot}-{name}.png"), FullPage = true });

    /// <summary>A picture of the page as it is printed.</summary>
    public async Task KeepPrinted(string shot)
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Keep(shot);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "EnergyPilot.sln"))) folder = parent;
        return Path.Combine(folder.FullName, "artifacts", "screenshots");
    }
}
