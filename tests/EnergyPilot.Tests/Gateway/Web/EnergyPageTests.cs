using System.Globalization;
using System.Net;
using System.Text.Json;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.Web;

public sealed class EnergyPageTests
{
    // The week before the sample school's Monday morning.
    private const string LastWeek = "period=week&day=2026-01-14";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CycleRecord Now => SampleSchool.Cycle(SampleSchool.Monday0612);

    private static double GasKwh => Hours("2026-01-12", "2026-01-19").Sum(SampleEnergy.GasM3) * 11.2;

    [Fact]
    public async Task A_week_shows_what_was_counted_with_cost_and_emissions()
    {
        await using var host = await PageHost.Start(Stop, Now);
        var page = await Get(host, $"/energy?{LastWeek}&meter=gas");
        page.ShouldContain("Week 3: 12 to 18 January 2026");
        page.ShouldContain($"<strong>{GasKwh:#,0}\u00a0kWh</strong>");
        page.ShouldContain($"{GasKwh * 0.085:#,0}\u00a0€");
        page.ShouldContain($"{GasKwh * 0.227:#,0}\u00a0kg");
        page.ShouldContain("of the gas is burnt when nobody is there.");
        page.ShouldContain("Each degree colder costs");
        page.ShouldContain("href=\"/energy?period=week&amp;day=2026-01-05&amp;meter=gas\"", Case.Sensitive);
        page.ShouldNotContain("demonstration");
    }

    [Fact]
    public async Task Parts_shares_and_comparisons_of_the_answer_agree_with_the_whole()
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var json = JsonDocument.Parse(await Get(host, $"/api/v1/energy?{LastWeek}&meter=gas"));
        var meter = json.RootElement.GetProperty("meters").EnumerateArray().ShouldHaveSingleItem();

        meter.GetProperty("amount").GetDouble().ShouldBe(GasKwh, 0.01);
        meter.GetProperty("parts").EnumerateArray().Sum(p => p.GetProperty("amount").GetDouble()).ShouldBe(GasKwh, 0.01);
        meter.GetProperty("parts").GetArrayLength().ShouldBe(7);
        meter.GetProperty("shares").EnumerateObject().Sum(p => p.Value.GetDouble()).ShouldBe(1, 0.001);
        var before = meter.GetProperty("previous");
        before.GetProperty("hours").GetInt32().ShouldBe(168);
        before.GetProperty("amountThen").GetDouble().ShouldBe(Hours("2026-01-05", "2026-01-12").Sum(SampleEnergy.GasM3) * 11.2, 0.01);
        meter.GetProperty("lastYear").GetProperty("amountThen").GetDouble().ShouldBe(Hours("2025-01-13", "2025-01-20").Sum(SampleEnergy.GasM3) * 11.2, 0.01);
    }

    [Fact]
    public async Task A_gap_is_shown_as_a_gap_and_its_energy_is_in_the_sum()
    {
        await using var host = await PageHost.Start(Stop, Now);
        host.Desk.Energy.IsLost = at => at >= Day("2026-01-14") && at < Day("2026-01-15");
        var page = await Get(host, $"/energy?{LastWeek}&meter=gas");
        page.ShouldContain($"<strong>{GasKwh:#,0}\u00a0kWh</strong>");
        page.ShouldContain("Read for 85% of the time.");
        page.ShouldContain("were counted while nothing was recorded");
        page.ShouldMatch("data-label=\"Wed 14\"[^>]*>\\s*<th scope=\"row\">Wed 14</th>\\s*<td>(–|&#x2013;)</td>");
    }

    [Fact]
    public async Task Before_there_is_a_history_the_page_says_so()
    {
        await using var host = await PageHost.Start(Stop);
        host.Desk.Energy.Begins = DateTimeOffset.MaxValue;
        foreach (var period in new[] { "day", "week", "month", "year" })
            (await Get(host, $"/energy?period={period}")).ShouldContain("Nothing was counted in this period.");
        host.Desk.Site = host.Desk.Site with { Meters = [] };
        (await Get(host, "/energy")).ShouldContain("The site file names no meter");
    }

    [Theory]
    [InlineData("?period=7&day=nonsense&meter=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("?period=decade&day=0001-01-01")]
    [InlineData("?day=9999-12-31")]
    [InlineData("?period=week&period=day&meter=")]
    public async Task An_address_that_makes_no_sense_still_has_an_answer(string query)
    {
        await using var host = await PageHost.Start(Stop, Now);
        var page = await Get(host, "/energy" + query);
        page.ShouldContain("Compteur gaz");
        page.ShouldNotContain("alert(1)");
    }

    [Theory]
    [InlineData("/api/v1/energy?period=decade", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/energy?period=2", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/energy?day=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/energy?meter=steam", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/energy/signature?meter=steam", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/energy/signature?meter=gas", HttpStatusCode.OK)]
    [InlineData("/api/v1/energy/today", HttpStatusCode.OK)]
    public async Task Programs_are_told_what_is_wrong(string path, HttpStatusCode expected)
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor("en");
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(expected);
        if (expected != HttpStatusCode.OK) (answer.Content.Headers.ContentType?.MediaType).ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task The_school_page_says_what_a_day_like_this_usually_takes()
    {
        await using var host = await PageHost.Start(Stop, Now);
        (await Get(host, "/")).ShouldContain("kWh by 06:00; a day like this usually has");
        using var json = JsonDocument.Parse(await Get(host, "/api/v1/energy/today"));
        var gas = json.RootElement[0];
        gas.GetProperty("amount").GetDouble().ShouldBe(Enumerable.Range(0, 6).Sum(h => SampleEnergy.GasM3(Day("2026-01-18").AddHours(23 + h))) * 11.2, 0.01);
        gas.GetProperty("usual").GetDouble().ShouldBeInRange(0.7 * gas.GetProperty("amount").GetDouble(), 1.4 * gas.GetProperty("amount").GetDouble());
    }

    [Fact]
    public async Task What_is_made_up_is_called_so()
    {
        await using var host = await PageHost.Start(Stop, Now);
        host.Desk.Energy.MadeUpUntil = Day("2026-01-17");
        (await Get(host, "/energy")).ShouldNotContain("made up", Case.Insensitive, "this week was measured");
        (await Get(host, $"/energy?{LastWeek}")).ShouldContain("made up from a typical year");
    }

    [Theory]
    [InlineData("fr", ';', ",")]
    [InlineData("en", ',', ".")]
    public async Task The_file_opens_where_the_reader_sits(string language, char separator, string point)
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor(language);
        using var answer = await visitor.GetAsync(new Uri($"/energy.csv?{LastWeek}", UriKind.Relative), Stop);
        (answer.Content.Headers.ContentDisposition?.FileName).ShouldBe("energy-week-2026-01-12.csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines.Length.ShouldBe(1 + 3 * 7 + 1);
        lines.ShouldAllBe(line => line.Length == 0 || line.Split(separator).Length == 12);
        var cells = lines[1].Split(separator);
        cells[..2].ShouldBe(["Compteur gaz", "2026-01-12"]);
        double.Parse(cells[2].Replace(point, ".", StringComparison.Ordinal), CultureInfo.InvariantCulture).ShouldBe(Hours("2026-01-12", "2026-01-13").Sum(SampleEnergy.GasM3) * 11.2, 0.01);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+33", "'+33")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("Gaz", "Gaz")]
    public void A_cell_of_text_begins_no_formula(string text, string cell) => Csv.Cell(text, ';').ShouldBe(cell);

    [Fact]
    public async Task A_meter_with_a_wicked_name_harms_nobody()
    {
        await using var host = await PageHost.Start(Stop);
        host.Desk.Site = host.Desk.Site with { Meters = [host.Desk.Site.Meters[0] with { Name = "=HYPERLINK(\"http://x\")<script>alert(1)</script>" }] };
        (await Get(host, $"/energy.csv?{LastWeek}")).ShouldContain("\"'=HYPERLINK(\"\"http://x\"\")");
        (await Get(host, "/energy")).ShouldNotContain("<script>alert");
    }

    private static DateTimeOffset Day(string day) => DateTimeOffset.Parse(day + "T00:00Z", CultureInfo.InvariantCulture);

    // Of the school's clocks: in winter an hour before UTC.
    private static IEnumerable<DateTimeOffset> Hours(string first, string end)
    {
        for (var at = Day(first).AddHours(-1); at < Day(end).AddHours(-1); at = at.AddHours(1)) yield return at;
    }

    private static async Task<string> Get(PageHost host, string path)
    {
        using var visitor = host.Visitor("en");
        return (await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Stop)).Replace("&#xA0;", "\u00a0", StringComparison.Ordinal).Replace("&#x20AC;", "€", StringComparison.Ordinal);
    }
}
