using EnergyPilot.Core.Control;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The traffic light and the questions to staff as a person meets them.</summary>
public sealed class QuestionBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light, "Oui, chaque dimanche de 18:00 à 19:15")]
    [InlineData(1280, "en-GB", ColorScheme.Dark, "Yes, every Sunday from 18:00 to 19:15")]
    public async Task Staff_see_the_light_and_answer_the_question_with_one_tap(int width, string language, ColorScheme scheme, string yes)
    {
        await using var host = await PageHost.Start(Stop, QuestionTests.Asking);
        host.Desk.Uses.Add(QuestionTests.Added);
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await visit.Check("/", "school-asking");
        await Assertions.Expect(visit.Page.Locator("#zone-cp .advice .light")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#zone-library .question")).ToBeVisibleAsync();

        await visit.SignIn("/zones/library");
        await visit.CheckHere("zone-asking");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        host.Desk.Replies.ShouldHaveSingleItem().Reply.ShouldBe(UseReply.EveryWeek);
    }
}
