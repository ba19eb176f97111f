using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.WhatIf;
using EnergyPilot.Tests.Core.WhatIf;
using EnergyPilot.Tests.Gateway.Hosting;
using EnergyPilot.Tests.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.WhatIf;

public sealed class WhatIfPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (string, string)[] Cooler(string degrees) => [("kind", "Comfort"), ("comfort", degrees), ("zones", "hall")];

    [Fact]
    public async Task Whoever_is_not_of_the_staff_cannot_ask()
    {
        await using var host = await PageHost.Start(Stop);
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri("/what-if", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.PostAsJsonAsync(new Uri("/api/v1/what-if", UriKind.Relative), new { changes = new[] { new { kind = "comfort", temperatureC = 18 } } }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignIn("Vera", Stop);
        (await visitor.GetAsync(new Uri("/what-if", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        host.Desk.WhatIf.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Staff_ask_and_read_the_answer_in_words_and_figures()
    {
        await using var host = await PageHost.Start(Stop);
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        var sent = await marie.Send("/what-if", "ask", Cooler("15"), Stop);
        sent.Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith("/what-if/1");
        (await host.Desk.WhatIf.Wait(1, TimeSpan.FromSeconds(60), Stop)).ShouldNotBeNull().State.ShouldBe(AskState.Answered);
        var text = await marie.Text("/what-if/1", Stop);
        text.ShouldContain("Couloir et sanitaires: 15.0 °C while in use");
        text.ShouldContain("It would save about");
        text.ShouldContain("0 days as last measured here, 14 days of a typical year");
        (await marie.Text("/what-if", Stop)).ShouldContain("The last questions side by side");
    }

    [Theory]
    [InlineData("comfort", "warm")]
    [InlineData("comfort", "40")]
    public async Task Mistake_stands_beside_its_field_and_the_input_is_kept(string field, string typed)
    {
        await using var host = await PageHost.Start(Stop);
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        var sent = await marie.Send("/what-if", "ask", Cooler(typed), Stop);
        sent.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await sent.Content.ReadAsStringAsync(Stop);
        html.ShouldContain($"id=\"{field}\" name=\"{field}\" inputmode=\"decimal\" autocomplete=\"off\" value=\"{typed}\"");
        html.ShouldContain("aria-invalid=\"true\"");
        html.ShouldContain("value=\"hall\" checked");
        host.Desk.WhatIf.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_question_waits_until_the_first_is_answered()
    {
        await using var host = await PageHost.Start(Stop);
        using var slow = new SemaphoreSlim(0);
        host.Desk.Grounds = site =>
        {
            slow.Wait(Stop);
            return Seasons.Of(site, new DateOnly(2026, 11, 2), 2, 14);
        };
        var first = host.Desk.WhatIf.Ask(new Question([new StartChange([], TimeSpan.FromHours(6))]), "Anne").ShouldNotBeNull();
        using var marie = host.Visitor("fr");
        await marie.SignIn(Stop);
        var busy = await marie.Send("/what-if", "ask", Cooler("18"), Stop);
        busy.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Forms.Plain(await busy.Content.ReadAsStringAsync(Stop)).ShouldContain("Anne pose une question en ce moment");
        (await marie.Text($"/what-if/{first.Id}", Stop)).ShouldContain("Calcul en cours");
        slow.Release();
        (await host.Desk.WhatIf.Wait(first.Id, TimeSpan.FromSeconds(60), Stop)).ShouldNotBeNull().State.ShouldBe(AskState.Answered);
        host.Desk.WhatIf.Ask(new Question([new StartChange([], TimeSpan.FromHours(7))]), "Anne").ShouldNotBeNull();
        slow.Release();
    }

    [Fact]
    public async Task Question_that_is_stopped_has_no_answer()
    {
        using var slow = new SemaphoreSlim(0);
        var desk = new SampleDesk
        {
            Grounds = site =>
            {
                slow.Wait(Stop);
                return Seasons.Of(site, new DateOnly(2026, 11, 2), 2, 14);
            },
        }.WhatIf;
        var asked = desk.Ask(new Question([new StartChange([], TimeSpan.FromHours(6))]), "Anne").ShouldNotBeNull();
        desk.Stop(asked.Id);
        slow.Release();
        var stopped = (await desk.Wait(asked.Id, TimeSpan.FromSeconds(60), Stop)).ShouldNotBeNull();
        stopped.State.ShouldBe(AskState.Stopped);
        stopped.Answer.ShouldBeNull();
    }

    [Fact]
    public async Task Grounds_that_cannot_be_read_end_one_question_and_not_the_next()
    {
        var sample = new SampleDesk { Grounds = _ => throw new IOException("the card") };
        var asked = sample.WhatIf.Ask(new Question([new StartChange([], TimeSpan.FromHours(6))]), "Anne").ShouldNotBeNull();
        (await sample.WhatIf.Wait(asked.Id, TimeSpan.FromSeconds(60), Stop)).ShouldNotBeNull().State.ShouldBe(AskState.Failed);
        sample.WhatIf.Ask(new Question([new StartChange([], TimeSpan.FromHours(6))]), "Anne").ShouldNotBeNull();
    }

    [Fact]
    public async Task Programs_ask_and_read_the_same()
    {
        await using var host = await PageHost.Start(Stop);
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        marie.DefaultRequestHeaders.Add("RequestVerificationToken", await marie.Token("/what-if", Stop));
        var path = new Uri("/api/v1/what-if", UriKind.Relative);
        (await marie.PostAsJsonAsync(path, new { changes = new object[] { new { kind = "comfort" } } }, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await marie.PostAsJsonAsync(path, new { changes = new object[] { new { kind = "comfort", temperatureC = 90 } } }, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await marie.PostAsJsonAsync(path, new { changes = Array.Empty<object>() }, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var accepted = await marie.PostAsJsonAsync(path, new { changes = new object[] { new { kind = "comfort", zones = new[] { "hall" }, temperatureC = 15 }, new { kind = "start", time = "06:00" } } }, Stop);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await host.Desk.WhatIf.Wait(1, TimeSpan.FromSeconds(60), Stop);
        var answer = await marie.GetFromJsonAsync<JsonElement>(accepted.Headers.Location, Stop);
        answer.GetProperty("state").GetString().ShouldBe("Answered");
        answer.GetProperty("answer").GetProperty("saved").GetProperty("energyKwh").GetProperty("middle").GetDouble().ShouldBeGreaterThan(0);
        answer.GetProperty("answer").GetProperty("typicalDays").GetInt32().ShouldBe(14);
    }

    [Fact]
    public async Task Programs_look_at_what_an_answer_would_change_and_do_it_as_the_page_does()
    {
        using var bench = new DeskBench();
        bench.Start().ShouldBeTrue();
        await using var host = await PageHost.Start(Stop);
        (host.Desk.Site, host.Desk.Versions) = (Seasons.Site, bench.Desk);
        using var marie = await ApiTests.Staff(host);
        (await Asked(host, marie, """{"kind": "comfort", "zones": ["hall"], "temperatureC": 16.5}""")).GetProperty("changes")[0].GetProperty("temperatureC").GetDouble().ShouldBe(16.5);

        var preview = await marie.GetFromJsonAsync<JsonElement>("/api/v1/what-if/1/preview", Stop);
        preview.GetProperty("diff").EnumerateArray().ShouldContain(d => d.GetProperty("fate").GetString() == "Added" && d.GetProperty("text").GetString().ShouldNotBeNull().Contains("comfort: 16.5 °C"));
        var version = preview.GetProperty("version").GetInt64();
        var old = await ApiTests.Post(marie, "/api/v1/what-if/1/apply", """{"basedOn": 999}""");
        old.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await old.Content.ReadAsStringAsync(Stop)).ShouldContain("Somebody else has changed the site meanwhile");
        bench.Desk.Version.ShouldBe(version);

        var done = await ApiTests.Post(marie, "/api/v1/what-if/1/apply", $$"""{"basedOn": {{version}}}""");
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await done.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("state").GetString().ShouldBe("Applied");
        bench.Desk.Current.Zones.Single(z => z.Id == Seasons.Hall[0]).Setpoints.Comfort.ShouldBe(new(16.5));
        bench.Store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Marie"), a => a.What.ShouldBe("site changed"), a => a.Subject.ShouldBe("zones.hall.setpoints.comfort"));

        (await ApiTests.Post(marie, "/api/v1/what-if/1/apply", $$"""{"basedOn": {{version}}}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var again = await ApiTests.Post(marie, "/api/v1/what-if/1/apply", $$"""{"basedOn": {{bench.Desk.Version}}}""");
        (await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("state").GetString().ShouldBe("Unchanged");
    }

    [Fact]
    public async Task What_has_no_answer_is_neither_looked_at_nor_done()
    {
        await using var host = await PageHost.Start(Stop);
        host.Desk.Grounds = _ => throw new IOException("the card");
        using var marie = await ApiTests.Staff(host);
        await Asked(host, marie, """{"kind": "start", "time": "06:00"}""");
        (await marie.GetAsync(new Uri("/api/v1/what-if/1/preview", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiTests.Post(marie, "/api/v1/what-if/1/apply", """{"basedOn": 0}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiTests.Post(marie, "/api/v1/what-if/9/apply", """{"basedOn": 0}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"kind": "Comfort", "zones": ["hall"], "temperatureC": 16.5}""")]
    [InlineData("""{"kind": "Start", "zones": [], "time": "06:00:00"}""")]
    [InlineData("""{"kind": "Closed", "zones": ["hall"], "temperatureC": 10, "first": "2026-12-21", "last": "2026-12-24"}""")]
    [InlineData("""{"kind": "Hours", "zones": [], "beginMinutes": 30, "endMinutes": -60}""")]
    public async Task Question_is_told_as_it_can_be_asked_again(string change)
    {
        await using var host = await PageHost.Start(Stop);
        using var marie = await ApiTests.Staff(host);
        var told = (await Asked(host, marie, change)).GetProperty("changes")[0];
        foreach (var field in JsonDocument.Parse(change).RootElement.EnumerateObject()) told.GetProperty(field.Name).ToString().ShouldBe(field.Value.ToString());
    }

    private static async Task<JsonElement> Asked(PageHost host, HttpClient client, string change)
    {
        var asked = await ApiTests.Post(client, "/api/v1/what-if", $$"""{"changes": [{{change}}]}""");
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted, await asked.Content.ReadAsStringAsync(Stop));
        await host.Desk.WhatIf.Wait(1, TimeSpan.FromSeconds(60), Stop);
        return await client.GetFromJsonAsync<JsonElement>(asked.Headers.Location, Stop);
    }

    [Fact]
    public async Task Applied_question_is_a_new_version_of_the_site_and_one_that_was_shown_on_an_old_version_is_not()
    {
        using var bench = new DeskBench();
        bench.Start().ShouldBeTrue();
        await using var host = await PageHost.Start(Stop);
        (host.Desk.Site, host.Desk.Versions) = (Seasons.Site, bench.Desk);
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        await marie.Send("/what-if", "ask", Cooler("16.5"), Stop);
        await host.Desk.WhatIf.Wait(1, TimeSpan.FromSeconds(60), Stop);
        (await marie.Text("/what-if/1", Stop)).ShouldContain("comfort: 16.5 °C");
        var version = bench.Desk.Version;
        var old = await marie.Send("/what-if/1", "apply", [("version", "999")], Stop);
        old.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        bench.Desk.Version.ShouldBe(version);
        var done = await marie.Send("/what-if/1", "apply", [("version", $"{version}")], Stop);
        Forms.Plain(await done.Content.ReadAsStringAsync(Stop)).ShouldContain("Done: it holds from the next cycle on.");
        bench.Desk.Current.Zones.Single(z => z.Id == Seasons.Hall[0]).Setpoints.Comfort.ShouldBe(new(16.5));
        bench.Desk.Versions[0].Who.ShouldBe("Marie");
    }
}
