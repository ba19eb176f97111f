using EnergyPilot.Core.Schedules;
using EnergyPilot.Tests.Gateway.Calendars;
using EnergyPilot.Tests.Gateway.Hosting;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The calendar and the week's programme as a caretaker uses them.</summary>
public sealed class CalendarBrowserTests(PageBrowser browser) : IClassFixture<PageBrowser>
{
    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Dark, true, "réunion de parents, gymnase, 20 janv 18h-21h")]
    [InlineData(1280, "en-GB", ColorScheme.Light, false, "parents' evening, gym, 20 Jan 18:00–21:00")]
    public async Task Staff_add_an_event_in_one_line_also_without_script(int width, string language, ColorScheme scheme, bool script, string line)
    {
        await using var host = await CalendarTests.Host();
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme, JavaScriptEnabled = script });
        await visit.SignIn("/calendar");
        await visit.Page.FillAsync("#text", line);
        await visit.Page.ClickAsync(".quick button.main");
        await Assertions.Expect(visit.Page.Locator(".outlook li").First).ToBeVisibleAsync();
        if (script) await visit.CheckHere("calendar-event");
        else await visit.Keep("calendar-event");
        await visit.Page.ClickAsync("button[value=keep]");
        await Assertions.Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
        HoursText.Of(host.Desk.Uses.ShouldHaveSingleItem().Occasion.Hours).ShouldBe("18:00-21:00");
        if (script) await visit.CheckHere("calendar-year");
        else await visit.Keep("calendar-year");
    }

    [Theory]
    [InlineData(360, "en-GB")]
    [InlineData(1280, "fr-FR")]
    public async Task Calendar_imported_twice_is_there_once(int width, string language)
    {
        await using var host = await CalendarTests.Host();
        await using var visit = await browser.Visit(host, width, language);
        await visit.SignIn("/calendar/import");
        var file = new FilePayload
        {
            Name = "mairie.ics", MimeType = "text/calendar",
            Buffer = System.Text.Encoding.UTF8.GetBytes(CalendarFiles.File(
                "UID:1\r\nSUMMARY:Chorale\r\nLOCATION:Bibliothèque\r\nDTSTART;TZID=Europe/Paris:20260120T180000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;COUNT=4",
                "UID:2\r\nSUMMARY:Marché\r\nLOCATION:Place\r\nDTSTART;TZID=Europe/Paris:20260120T180000\r\nDURATION:PT2H")),
        };
        for (var i = 0; i < 2; i++)
        {
            await visit.Page.GotoAsync("/calendar/import");
            await visit.Page.SetInputFilesAsync("#file", file);
            await visit.Page.ClickAsync("form.form button.main");
            await visit.CheckHere("calendar-import");
            await visit.Page.ClickAsync("section.card button.main");
            await visit.Page.WaitForURLAsync("**/calendar?done=true");
        }

        host.Desk.Uses.ShouldHaveSingleItem().Occasion.Note.ShouldBe("Chorale");
    }

    [Theory]
    [InlineData(360, "fr-FR", ColorScheme.Light)]
    [InlineData(1280, "en-GB", ColorScheme.Dark)]
    public async Task Week_is_changed_by_dragging_by_keys_and_by_typing_and_undone(int width, string language, ColorScheme scheme)
    {
        using var bench = new DeskBench();
        bench.Start().ShouldBeTrue();
        await using var host = await CalendarTests.Host();
        (host.Desk.Editor, host.Desk.Site) = (() => bench.Desk, bench.Live.Site);
        await using var visit = await browser.Visit(host, width, language, new BrowserNewContextOptions { ColorScheme = scheme });
        await visit.SignIn("/zones/cp/programme");
        var page = visit.Page;
        var monday = page.Locator("#day0");
        await Assertions.Expect(monday).ToHaveValueAsync("08:30-12:00, 13:30-16:30");

        // One hour is a 24th of the track.
        var track = await page.Locator("[data-for=day0]").BoundingBoxAsync() ?? throw new InvalidOperationException("no track");
        var y = track.Y + track.Height * 3 / 4;
        await page.Mouse.MoveAsync(track.X + track.Width * 16.5f / 24, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(track.X + track.Width * 17.5f / 24, y, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(monday).ToHaveValueAsync("08:30-12:00, 13:30-17:30");
        await page.Locator("[data-for=day0] .knob.from").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(monday).ToHaveValueAsync("08:15-12:00, 13:30-17:30");
        await page.FillAsync("#day2", "8h30-11h30");
        await page.ClickAsync("form.week button[value=look]");
        await Assertions.Expect(page.Locator(".week .means")).ToBeVisibleAsync();
        await visit.CheckHere("programme");
        await page.ClickAsync("form.week button[value=keep]");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        bench.Desk.Current.Zones.First(z => z.Id.Name == "cp").Programme.Days.Take(3).Select(DayText.Of).ShouldBe(["08:15-12:00, 13:30-17:30", "08:30-12:00, 13:30-16:30", "08:30-11:30"]);

        await page.Locator("form:has(input[name=version]) button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#day0")).ToHaveValueAsync("08:30-12:00, 13:30-16:30");
    }

    [Theory]
    [InlineData("#day2")]
    [InlineData("#day6")]
    public async Task Enter_in_a_day_shows_what_it_means_and_copies_nothing(string field)
    {
        using var bench = new DeskBench();
        bench.Start().ShouldBeTrue();
        await using var host = await CalendarTests.Host();
        (host.Desk.Editor, host.Desk.Site) = (() => bench.Desk, bench.Live.Site);
        await using var visit = await browser.Visit(host, 1280, "en-GB");
        await visit.SignIn("/zones/cp/programme");
        await visit.Page.FillAsync(field, "9h-11h");
        await visit.Page.PressAsync(field, "Enter");
        await Assertions.Expect(visit.Page.Locator(".week .means")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(field)).ToHaveValueAsync("9h-11h");
        await Assertions.Expect(visit.Page.Locator("#day1")).ToHaveValueAsync("08:30-12:00, 13:30-16:30");
        bench.Desk.Versions.ShouldBeEmpty();
        await visit.CheckHere("programme-enter");
    }

    [Fact]
    public async Task Year_prints_on_one_page()
    {
        await using var host = await CalendarTests.Host();
        await using var visit = await browser.Visit(host, 1280, "fr-FR");
        await visit.Page.GotoAsync("/calendar");
        var pdf = System.Text.Encoding.Latin1.GetString(await visit.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true }));
        System.Text.RegularExpressions.Regex.Count(pdf, "/Type\\s*/Page[^s]").ShouldBe(1);
    }
}
