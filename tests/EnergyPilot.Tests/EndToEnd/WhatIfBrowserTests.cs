using EnergyPilot.Tests.Core.WhatIf;
using EnergyPilot.Tests.Gateway.Hosting;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>A caretaker asks before changing something, and then does it. No script is needed for any of it.</summary>
public sealed class WhatIfBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light, "Un demi-degré de moins dans « Hall et couloirs »", "Calculer", "Ajouter quelque chose à cette question", "Faire ainsi")]
    [InlineData(1280, "en-GB", ColorScheme.Dark, "Half a degree less in “Hall et couloirs”", "Work it out", "Add something to this question", "Do it this way")]
    public async Task Staff_ask_add_something_and_apply_it(int width, string language, ColorScheme scheme, string ready, string ask, string more, string apply)
    {
        using var bench = new DeskBench();
        bench.Start().ShouldBeTrue();
        await using var host = await PageHost.Start(Stop);
        (host.Desk.Site, host.Desk.Versions) = (Seasons.Site, bench.Desk);
        // axe itself is a script: pages are looked at by one who has them, the story goes without.
        await using var eyes = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await eyes.SignIn("/what-if");
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme, JavaScriptEnabled = false });
        await visit.SignIn("/what-if");
        await eyes.CheckHere("what-if-ask");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = ready }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#comfort")).ToHaveValueAsync(language == "fr-FR" ? "16,5" : "16.5");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = ask }).ClickAsync();
        await Answered(1);
        await eyes.Check("/what-if/1", "what-if-answer");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = more }).ClickAsync();
        await visit.Page.Locator("input[value=Start]").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = ask }).ClickAsync();
        await Answered(2);
        await eyes.Check("/what-if/2", "what-if-both");
        await eyes.Check("/what-if?with=2", "what-if-last");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = apply }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        bench.Desk.Current.Zones.ShouldAllBe(z => z.EarliestStart == TimeSpan.FromHours(6));
        bench.Desk.Current.Zones.Single(z => z.Id == Seasons.Hall[0]).Setpoints.Comfort.ShouldBe(new(16.5));

        // A machine that is busy with other things answers later than the page waits.
        async Task Answered(long id)
        {
            await visit.Page.WaitForURLAsync($"**/what-if/{id}");
            await host.Desk.WhatIf.Wait(id, TimeSpan.FromSeconds(60), Stop);
            await visit.Page.ReloadAsync();
        }
    }
}
