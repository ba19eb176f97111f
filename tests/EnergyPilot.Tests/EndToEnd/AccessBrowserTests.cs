using System.Net;
using System.Net.Http.Headers;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>Accounts as people meet them: an admin lets somebody in, who makes the account safe, lets a program in, and is found in the log.</summary>
public sealed class AccessBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private const string Given = "given by Anne", Own = "chosen by Zoé";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light)]
    [InlineData(1280, "en-GB", ColorScheme.Dark)]
    public async Task A_new_colleague_comes_in_safely_and_is_found_in_the_log(int width, string language, ColorScheme scheme)
    {
        await using var host = await Host();
        var options = new BrowserNewContextOptions { ColorScheme = scheme };
        await using var anne = await browser.Visit(host, width, language, options);
        await anne.SignIn("/accounts", "Anne");
        await anne.Page.FillAsync("#name", "Zoé");
        await anne.Page.SelectOptionAsync("#role", "Staff");
        await anne.Page.FillAsync("#password", "short");
        await anne.Page.Locator("form button.main").ClickAsync();
        await Assertions.Expect(anne.Page.Locator(".mistake")).ToBeVisibleAsync();
        await Assertions.Expect(anne.Page.Locator("#name")).ToHaveValueAsync("Zoé");
        await anne.Page.FillAsync("#password", Given);
        await anne.Page.Locator("form button.main").ClickAsync();
        await Assertions.Expect(anne.Page.Locator(".done")).ToBeVisibleAsync();
        await anne.CheckHere("accounts");
        await anne.Check("/accounts/Zo%C3%A9", "account-of-zoe");

        await using var zoe = await browser.Visit(host, width, language, options);
        await zoe.Check("/account", "account-nobody");
        await SignIn(zoe, Given);
        await zoe.Page.WaitForURLAsync("**/account");
        await zoe.CheckHere("account-given");
        await zoe.Page.FillAsync("#old", Given);
        await zoe.Page.FillAsync("#password", Own);
        await zoe.Page.FillAsync("#again", Own);
        await zoe.Page.Locator("form button.main").ClickAsync();
        await Assertions.Expect(zoe.Page.Locator(".done")).ToBeVisibleAsync();
        var secret = await TurnOnSecondStep(host, zoe);
        await SignInWithCode(host, language, width, secret);
        await EndTheOtherSession(host, zoe);
        await LetAProgramIn(host, zoe);

        await anne.Page.GotoAsync("/audit");
        await anne.Page.SelectOptionAsync("#what", "token made");
        await anne.Page.FillAsync("#who", "zoé");
        await anne.Page.Locator("form.filter button").ClickAsync();
        await Assertions.Expect(anne.Page.Locator(".audit li")).ToHaveCountAsync(1);
        await anne.CheckHere("audit-found");
        var file = await anne.Page.RunAndWaitForDownloadAsync(() => anne.Page.Locator("a[href*='audit.csv']").ClickAsync());
        file.SuggestedFilename.ShouldBe("audit-2026-01-19.csv");
        await anne.Check("/audit", "audit");
    }

    [Theory]
    [InlineData(360, "en-GB")]
    [InlineData(1280, "fr-FR")]
    public async Task The_pages_of_access_work_without_script_and_at_double_size(int width, string language)
    {
        await using var host = await Host();
        await using var anne = await browser.Visit(host, width, language, new BrowserNewContextOptions { JavaScriptEnabled = false });
        await anne.SignIn("/account", "Anne");
        await anne.Page.FillAsync("#token-name", "hall");
        await anne.Page.Locator("form:has(#token-name) button").ClickAsync();
        await Assertions.Expect(anne.Page.Locator(".made .secret")).ToBeVisibleAsync();
        await using var narrow = await browser.Visit(host, 320, language);
        await narrow.SignIn("/account", "Anne");
        foreach (var path in (string[])["/account", "/accounts", "/accounts/Marie", "/audit"])
        {
            await narrow.Page.GotoAsync(path);
            await narrow.Fits("narrow" + path.Replace('/', '-'));
        }
    }

    private static async Task<byte[]> TurnOnSecondStep(PageHost host, BrowserVisit visit)
    {
        await visit.Page.Locator(".second button").ClickAsync();
        var written = await visit.Page.Locator(".second .secret").InnerTextAsync();
        await visit.CheckHere("second-step-begun");
        var secret = FromBase32(written);
        await visit.Page.FillAsync("#code", "000000");
        await visit.Page.Locator(".second button.main").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".second .mistake")).ToBeVisibleAsync();
        await visit.Page.FillAsync("#code", Totp.Code(secret, Totp.StepAt(host.Clock.Now)));
        await visit.Page.Locator(".second button.main").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".paper li")).ToHaveCountAsync(8);
        await visit.CheckHere("second-step-on");
        host.Clock.Now += TimeSpan.FromSeconds(30);
        return secret;
    }

    private async Task SignInWithCode(PageHost host, string language, int width, byte[] secret)
    {
        await using var other = await browser.Visit(host, width, language);
        await SignIn(other, Own);
        await Assertions.Expect(other.Page.Locator("#code")).ToBeVisibleAsync();
        await other.CheckHere("login-code");
        await other.Page.FillAsync("#code", Totp.Code(secret, Totp.StepAt(host.Clock.Now)));
        await other.Page.Locator("button.main").ClickAsync();
        await other.Page.WaitForURLAsync("**/account");
        await Assertions.Expect(other.Page.Locator(".rows li")).ToHaveCountAsync(2);
    }

    private static async Task EndTheOtherSession(PageHost host, BrowserVisit visit)
    {
        await visit.Page.GotoAsync("/account");
        await visit.CheckHere("account");
        await visit.Page.Locator("button[name=end]").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done").First).ToBeVisibleAsync();
        host.Access.Books.Sessions.Of("Zoé").ShouldHaveSingleItem();
    }

    private static async Task LetAProgramIn(PageHost host, BrowserVisit visit)
    {
        await visit.Page.FillAsync("#token-name", "Écran du hall");
        await visit.Page.SelectOptionAsync("#scope", "Comfort");
        await visit.Page.Locator("form:has(#token-name) button").ClickAsync();
        var key = await visit.Page.Locator(".made .secret").InnerTextAsync();
        await visit.CheckHere("token-made");
        using var program = host.Visitor("en");
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (await program.DeleteAsync(new Uri("/api/v1/uses/77", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "allowed, but there is none");
        (await program.GetAsync(new Uri("/api/v1/audit", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task SignIn(BrowserVisit visit, string password)
    {
        await visit.Page.GotoAsync("/login?back=/account");
        await visit.Page.FillAsync("#name", "Zoé");
        await visit.Page.FillAsync("#password", password);
        await visit.Page.Locator("button.main").ClickAsync();
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Where(char.IsLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
