using System.Text.Json;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Gateway.Web;
using EnergyPilot.Tests.Io.Qr;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>Comfort votes as people meet them: a phone without cookies and script, a printed sheet, staff who decide.</summary>
public sealed class VoteBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private const string Room = $"/r/{SampleVotes.Code}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light, "Trop froid", "Merci, votre vote est compté")]
    [InlineData(1280, "en-GB", ColorScheme.Dark, "Too cold", "Thank you, your vote counts")]
    [InlineData(320, "fr-FR", ColorScheme.Dark, "Trop froid", "Merci, votre vote est compté")]
    public async Task Phone_without_script_and_without_cookies_votes_with_one_tap(int width, string language, ColorScheme scheme, string button, string thanks)
    {
        await using var host = await VoteTests.Host();
        await using (var looked = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme })) await looked.Check(Room, "room");

        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme, JavaScriptEnabled = false });
        await visit.Page.GotoAsync(Room);
        var target = await visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).BoundingBoxAsync();
        target.ShouldNotBeNull().Height.ShouldBeGreaterThan(48);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(thanks);
        await visit.Keep("room-voted");
        (await visit.Page.Context.CookiesAsync()).ShouldBeEmpty();

        await visit.Page.GotoAsync(Room);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visit.Keep("room-again");
        host.Votes.Book.CountSince(new("cp"), DateTimeOffset.MinValue).ShouldBe(1);
    }

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Dark, "Voir ce changement", "Régler à 19,0")]
    [InlineData(1280, "en-GB", ColorScheme.Light, "Look at this change", "Set 19.0")]
    public async Task Staff_see_the_suggestion_look_at_the_change_and_apply_it(int width, string language, ColorScheme scheme, string look, string set)
    {
        await using var host = await VoteTests.Host();
        host.Votes.Fill(new("cp"), 9, Feeling.TooCold, Feeling.TooCold, Feeling.Fine);
        host.Votes.Fill(new("gym"), 2, Feeling.TooWarm);
        host.Votes.Fill(new("cm2"), 5, Feeling.TooWarm, Feeling.TooCold);
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await visit.SignIn("/votes");
        await visit.CheckHere("votes");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = look }).First.ClickAsync();
        await visit.CheckHere("votes-look");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = set }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        host.Desk.Site.Zones[0].Setpoints.Comfort.ShouldBe(new Celsius(19));
        await visit.Check("/zones/cp", "zone-after-votes");
    }

    [Theory]
    [InlineData(360, "fr-FR")]
    [InlineData(1280, "en-GB")]
    public async Task Posters_are_read_by_a_real_reader_and_print_four_on_a_sheet(int width, string language)
    {
        await using var host = await VoteTests.Host();
        await using var visit = await browser.Visit(host, width, language);
        await visit.SignIn("/votes/posters");
        await visit.CheckHere("posters");
        var picture = Path.Combine(Path.GetTempPath(), $"energypilot-poster-{Guid.NewGuid():N}.png");
        var sheet = Path.ChangeExtension(picture, ".pdf");
        try
        {
            await visit.Page.Locator(".poster").First.ScreenshotAsync(new LocatorScreenshotOptions { Path = picture });
            (await Zbar.Read(picture)).ShouldBe($"{host.Address.GetLeftPart(UriPartial.Authority)}{Room}");
            await visit.Page.PdfAsync(new PagePdfOptions { Path = sheet, Format = "A4", PreferCSSPageSize = true });
            // Twelve rooms, four on a sheet; PDF names each page so.
            System.Text.RegularExpressions.Regex.Count(await File.ReadAllTextAsync(sheet, System.Text.Encoding.Latin1, Stop), @"/Type\s*/Page\b(?!s)").ShouldBe(3);
            await visit.KeepPrinted("posters-printed");
        }
        finally
        {
            File.Delete(picture);
            File.Delete(sheet);
        }
    }

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Dark)]
    [InlineData(1280, "en-GB", ColorScheme.Light)]
    public async Task Interface_is_explained_to_people(int width, string language, ColorScheme scheme)
    {
        await using var host = await VoteTests.Host();
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await visit.Page.GotoAsync("/api");
        await visit.Page.Locator("#AddOverride summary").ClickAsync();
        await visit.CheckHere("api");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Real_gateway_puts_an_applied_suggestion_into_the_site_file_and_heats_by_it()
    {
        var data = Directory.CreateTempSubdirectory("energypilot-votes-");
        try
        {
            using (var store = Store.Open(data.FullName, TimeProvider.System, NullLogger.Instance))
                for (var day = 4; day <= 8; day++)
                    for (var hour = 9; hour <= 11; hour++)
                        store.Votes.Add(new ComfortVote(new(2027, 1, day, hour, 0, 0, TimeSpan.Zero), new("cp"), Feeling.TooWarm, 19.1.Celsius, 19.0.Celsius, 3.0.Celsius, InUse: true));
            await using var gateway = await GatewayProcess.ServingFrom(data.FullName, "--start", "2027-01-11T10:00");
            await using var visit = await browser.Visit(gateway.Http.BaseAddress.ShouldNotBeNull(), 1280, "en-GB", new BrowserNewContextOptions());
            await DemoGateway.SignIn(gateway, visit.Page);
            await visit.Page.GotoAsync("/votes/cp");
            await Assertions.Expect(visit.Page.Locator(".diff")).ToContainTextAsync("+       comfort: 18 °C");
            await visit.CheckHere("votes-look-real");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Set 18.0 °C" }).ClickAsync();
            await Assertions.Expect(visit.Page.Locator(".done")).ToContainTextAsync("the new setpoint is set");
            while (await Target(gateway) is var target && target != 18) await Task.Delay(200, Stop);
            (await visit.Page.GotoAsync("/api/v1/votes")).ShouldNotBeNull().Status.ShouldBe(200);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // The next cycle holds it.
    private static async Task<double> Target(GatewayProcess gateway)
    {
        using var zones = JsonDocument.Parse(await gateway.Http.GetStringAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop));
        return zones.RootElement.EnumerateArray().First(z => z.GetProperty("zone").GetString() == "cp").GetProperty("targetC").GetDouble();
    }
}
