using System.Reflection;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Web.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>
/// Every page that the program has, found by its route and not by a list, so that a new one is looked at as well: with the real demo school, on a phone
/// and at a desk, in both languages and colour schemes. Nothing breaks a rule of WCAG that a machine can check, nothing scrolls sideways; pictures are kept.
/// </summary>
public sealed partial class EveryPageTests(PageBrowser browser, DemoGateway demo) : IClassFixture<PageBrowser>, IClassFixture<DemoGateway>
{
    /// <summary>An example for each page whose address has a hole; a page that is missing here fails the test.</summary>
    private static readonly Dictionary<string, Func<IPage, Task<string>>> Examples = new()
    {
        ["/accounts/{Name}"] = _ => Task.FromResult($"/accounts/{DemoGateway.Name}"),
        ["/alarms/{Id:long}"] = AnAlarm,
        ["/zones/{Id}"] = _ => Task.FromResult("/zones/cp"),
        ["/what-if/{Id:long}"] = Asked,
        ["/zones/{Id}/programme"] = _ => Task.FromResult("/zones/cp/programme"),
        ["/calendar/day/{Text}"] = _ => Task.FromResult("/calendar/day/2026-12-25"),
        ["/calendar/event/{Id:long}"] = AnEvent,
        ["/status/{Code:int}"] = _ => Task.FromResult("/status/404"),
        ["/votes/{Id}"] = _ => Task.FromResult("/votes/cp"),
        ["/r/{Code}"] = async page =>
        {
            await page.GotoAsync("/votes");
            return $"/r/{await page.Locator("code").First.InnerTextAsync()}";
        },
    };

    [Theory]
    [InlineData(360, "en-GB", ColorScheme.Light)]
    [InlineData(360, "fr-FR", ColorScheme.Dark)]
    [InlineData(1280, "en-GB", ColorScheme.Dark)]
    [InlineData(1280, "fr-FR", ColorScheme.Light)]
    public async Task Every_page_is_for_everybody(int width, string language, ColorScheme scheme)
    {
        await using var visit = await browser.Visit(demo.Address, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await demo.SignIn(visit.Page);
        await Each(visit.Page, async (path, shot) =>
        {
            await visit.Check(path, shot);
            (await visit.Page.Locator("h1").CountAsync()).ShouldBe(1, $"{path} has one title");
        });
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("fr-FR")]
    public async Task Narrowest_phone_shows_every_page_without_scrolling_sideways(string language)
    {
        await using var visit = await browser.Visit(demo.Address, 320, language, new BrowserNewContextOptions());
        await demo.SignIn(visit.Page);
        await Each(visit.Page, async (path, shot) =>
        {
            await visit.Page.GotoAsync(path);
            await visit.Fits(shot);
        });
    }

    // What is wrong with one page shall not hide what is wrong with the next.
    private static async Task Each(IPage page, Func<string, string, Task> look)
    {
        List<string> wrong = [];
        foreach (var route in Routes.Where(r => !IsClosed(r)))
        {
            try
            {
                var path = await Path(route, page);
                await look(path, $"demo{Hole().Replace(route, "one").Replace('/', '-').TrimEnd('-')}");
            }
            catch (Exception e) when (e is ShouldAssertException or PlaywrightException or TimeoutException)
            {
                wrong.Add($"{route}: {e.Message}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    // The burner has been locked out for a minute before anybody is told.
    private static async Task<string> AnAlarm(IPage page)
    {
        for (var i = 0; i < 60; i++)
        {
            var open = await (await page.Context.APIRequest.GetAsync("/api/v1/alarms")).JsonAsync();
            if (open is { } alarms && alarms.GetArrayLength() > 0) return $"/alarms/{alarms[0].GetProperty("id").GetInt64()}";
            await page.WaitForTimeoutAsync(2_000);
        }

        throw new ShouldAssertException("The demo's burner is locked out, and no alarm says so");
    }

    private static IEnumerable<string> Routes => typeof(App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Order(StringComparer.Ordinal);

    // The first account has been made: these two lead elsewhere now.
    private static bool IsClosed(string route) => route is "/setup" or "/login";

    private static async Task<string> Asked(IPage page)
    {
        await page.GotoAsync("/what-if");
        await page.ClickAsync("form.form button.main");
        await page.WaitForURLAsync("**/what-if/*");
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task<string> AnEvent(IPage page)
    {
        await page.GotoAsync("/calendar/event?text=Vote, gym, 24 Dec 18:00-21:00");
        await page.ClickAsync("button[value=keep]");
        return await page.Locator(".events h3 a").First.GetAttributeAsync("href") ?? "";
    }

    private static async Task<string> Path(string route, IPage page)
    {
        if (!route.Contains('{', StringComparison.Ordinal)) return route;
        Examples.ShouldContainKey(route, "the new page needs an example of its address here");
        return await Examples[route](page);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
