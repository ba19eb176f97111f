using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Questions and air on the page and for programs: who sees, who may answer, and how it is guarded.</summary>
public sealed class QuestionTests
{
    private static readonly DateTimeOffset Now = SampleSchool.Monday0612, Sunday = Now.AddHours(-12);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>People were in the library on Sunday from 18:12 to 19:12, and the air of CP is stale.</summary>
    internal static CycleRecord Asking
    {
        get
        {
            var record = SampleSchool.Cycle(Now);
            var memory = Memory.Empty with { Zones = new Dictionary<ZoneId, ZoneMemory> { [new("library")] = ZoneMemory.New with { Stays = [new Stay(Sunday, Sunday.AddHours(1))] } } };
            var reason = Reason.Of(ReasonCode.AirNow, Fact.Count("co2", 1723), Fact.Of("duration", TimeSpan.FromMinutes(6)), Fact.Of("outdoor", new EnergyPilot.Core.Units.Celsius(-2.1)));
            return record with
            {
                Decision = record.Decision with { Memory = memory, Air = [new ZoneAir(new("cp"), AirLight.AirNow, 1723, TimeSpan.FromMinutes(6), DateTimeOffset.MaxValue, [reason])] },
            };
        }
    }

    [Fact]
    public async Task Light_is_told_in_words_with_its_numbers()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        using var visitor = host.Visitor("fr");
        var text = await visitor.Text("/", Stop);
        text.ShouldContain("Air confiné, 1723 ppm de CO₂ : ouvrir portes et fenêtres maintenant, pendant 6 min avec −2,1 °C dehors. Le chauffage fait une pause pendant ce temps.");
        text.ShouldContain("à aérer");
        text.ShouldContain("Il y avait du monde en dehors des horaires de dimanche 18:12 à dimanche 19:12 ; 1 jour à cette heure-là ces quatre dernières semaines. Faut-il chauffer à ces heures ?");
    }

    [Fact]
    public async Task Zones_are_told_to_programs_too()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        using var visitor = host.Visitor("en");
        using var answer = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop));
        var zones = answer.RootElement.EnumerateArray().ToDictionary(z => z.GetProperty("zone").GetString() ?? "");
        var air = zones["cp"].GetProperty("air");
        (air.GetProperty("light").GetString(), air.GetProperty("co2Ppm").GetDouble(), air.GetProperty("airForMinutes").GetDouble()).ShouldBe(("AirNow", 1723, 6));
        air.GetProperty("airingSince").ValueKind.ShouldBe(JsonValueKind.Null);
        air.GetProperty("advice")[0].GetProperty("code").GetString().ShouldBe("AirNow");
        zones["ce1"].GetProperty("air").ValueKind.ShouldBe(JsonValueKind.Null);
        var question = zones["library"].GetProperty("questions")[0];
        (question.GetProperty("from").GetString(), question.GetProperty("to").GetString(), question.GetProperty("times").GetInt32()).ShouldBe(("18:00", "19:15", 1));
    }

    [Theory]
    [InlineData("EveryWeek", UseReply.EveryWeek)]
    [InlineData("No", UseReply.No)]
    [InlineData("Nonsense", UseReply.No)]
    public async Task Answer_of_somebody_who_signed_in_is_kept(string reply, UseReply kept)
    {
        await using var host = await PageHost.Start(Stop, Asking);
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        (await visitor.Text("/zones/library", Stop)).ShouldContain("Yes, every Sunday from 18:00 to 19:15");
        var answer = await visitor.Send("/zones/library", Handler, [("reply", reply)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        host.Desk.Replies.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Reply.ShouldBe(kept), r => r.Who.ShouldBe("Marie"), r => r.Question.Zone.Name.ShouldBe("library"));
    }

    [Fact]
    public async Task Nobody_answers_without_signing_in_or_without_the_forms_token()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        using var visitor = host.Visitor("en");
        (await visitor.Text("/zones/library", Stop)).ShouldContain("Sign in to answer");
        var stranger = await visitor.Post("/zones/library", [("_handler", Handler), ("__RequestVerificationToken", await visitor.Token("/login", Stop)), ("reply", "EveryWeek")], Stop);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await visitor.SignIn(Stop);
        (await visitor.Post("/zones/library", [("_handler", Handler), ("reply", "EveryWeek")], Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Desk.Replies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Question_that_was_answered_is_asked_no_more_and_a_second_answer_adds_nothing()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/library", Handler, [("reply", "EveryWeek")], Stop);
        (await visitor.Text("/zones/library", Stop)).ShouldNotContain("Yes, every Sunday");
        (await visitor.Send("/zones/library", Handler, [("reply", "EveryWeek")], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "it is as was wished");
        host.Desk.Replies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Question_that_a_program_answered_is_asked_no_more()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        visitor.DefaultRequestHeaders.Add("RequestVerificationToken", await visitor.Token("/zones/library", Stop));
        var reply = new { since = Sunday, reply = "No" };
        (await visitor.PostAsJsonAsync("/api/v1/zones/library/answers", reply, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await visitor.Text("/zones/library", Stop)).ShouldNotContain("Yes, every Sunday");
        (await visitor.PostAsJsonAsync("/api/v1/zones/library/answers", reply, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_staff_added_is_told_as_in_the_calendar_without_what_is_over_or_was_imported()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        DateOnly monday = new(2026, 1, 19);
        Occasion Whole(OccasionKind kind, DateOnly first, DateOnly last, string note) => new(kind, first, last) { Zones = [new("library")], Note = note };
        host.Desk.Uses.AddRange(
        [
            new(1, Whole(OccasionKind.Closed, monday, monday.AddDays(4), "Works"), "Marie", Now), new(2, Whole(OccasionKind.Event, monday.AddDays(-9), monday.AddDays(-2), "Long ago"), "Marie", Now),
            new(4, Whole(OccasionKind.Event, monday, monday, "Of the town"), "Marie", Now) { Source = "town.ics" },
        ]);
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var page = await visitor.Text("/zones/library", Stop);
        page.ShouldContain("Mon 19 Jan 2026 to Fri 23 Jan 2026, all day (added by Marie).");
        page.ShouldContain("<a href=\"/calendar/event/1\"><b>Works</b></a>");
        page.ShouldSatisfyAllConditions(p => p.ShouldNotContain("remove-2"), p => p.ShouldNotContain("remove-4"));
        (await visitor.Text("/api/v1/uses", Stop)).ShouldContain("\"kind\":\"Closed\"");
        host.Desk.Uses.Clear();
        (await visitor.Send("/zones/library", "remove-1", [], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "somebody was quicker");
    }

    [Fact]
    public async Task Added_use_is_listed_and_taken_away_on_the_page()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        host.Desk.Uses.Add(Added);
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        (await visitor.Text("/zones/library", Stop)).ShouldContain("every Sunday from Sun 18 Jan 2026 to Sat 31 Jul 2027, 18:00–20:00 (added by Marie).", Case.Insensitive);
        await visitor.Send("/zones/library", "remove-3", [], Stop);
        host.Desk.Uses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Added_use_is_taken_away_by_a_program_only_with_account_and_token()
    {
        await using var host = await PageHost.Start(Stop, Asking);
        host.Desk.Uses.Add(Added);
        using var visitor = host.Visitor("en");
        (await visitor.Text("/api/v1/uses", Stop)).ShouldBe("""[{"id":3,"kind":"Event","zones":["library"],"weekly":true,"first":"2026-01-18","last":"2027-07-31","from":"18:00","to":"20:00","addedBy":"Marie","addedAt":"2026-01-19T05:12:30+00:00"}]""");
        (await Delete(visitor, 3, await visitor.Token("/login", Stop))).ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignIn(Stop);
        (await Delete(visitor, 3, "")).ShouldBe(HttpStatusCode.BadRequest);
        var token = await visitor.Token("/zones/library", Stop);
        (await Delete(visitor, 4, token)).ShouldBe(HttpStatusCode.NotFound);
        (await Delete(visitor, 3, token)).ShouldBe(HttpStatusCode.NoContent);
        host.Desk.Uses.ShouldBeEmpty();
    }

    private static string Handler => $"answer-{Sunday.ToUnixTimeSeconds()}";

    internal static EnergyPilot.Gateway.Storage.AddedUse Added => new(
        3, new Occasion(OccasionKind.Event, new DateOnly(2026, 1, 18), new DateOnly(2027, 7, 31))
        {
            Rhythm = Rhythm.EveryWeek, Zones = [new("library")], Hours = [new Interval(TimeSpan.FromHours(18), TimeSpan.FromHours(20), Mode.Comfort)],
        }, "Marie", Now);

    private static async Task<HttpStatusCode> Delete(HttpClient client, long id, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri($"/api/v1/uses/{id}", UriKind.Relative));
        if (token.Length > 0) request.Headers.Add("RequestVerificationToken", token);
        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
