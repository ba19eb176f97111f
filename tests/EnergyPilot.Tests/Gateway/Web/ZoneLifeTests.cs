using System.Net;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Zones;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What a zone's page tells of the past and of what comes, and what one tap does.</summary>
public sealed class ZoneLifeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CycleRecord Now => SampleSchool.Cycle(SampleSchool.Monday0612);

    [Theory]
    [InlineData("Warmer", 19.5, "2026-01-19T15:30:00Z")]
    [InlineData("Cooler", 18.5, "2026-01-19T15:30:00Z")]
    [InlineData("Boost", 21, "2026-01-19T06:12:30Z")]
    [InlineData("Lower", 16, "2026-01-19T15:30:00Z")]
    public async Task One_tap_holds_until_the_day_s_use_ends(string kind, double setpoint, string until)
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/cp", "quick", [("kind", kind)], Stop);
        var wish = host.Desk.Wishes.ShouldHaveSingleItem();
        wish.Setpoint.Degrees.ShouldBe(setpoint);
        wish.Until.ToUniversalTime().ShouldBe(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture));
        wish.Owner.ShouldBe("Marie");
    }

    [Fact]
    public async Task Room_that_rests_is_warmed_to_comfort_by_one_tap()
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor("fr");
        await visitor.SignIn(Stop);
        (await visitor.Text("/zones/gym", Stop)).ShouldContain("Chauffer maintenant");
        await visitor.Send("/zones/gym", "quick", [("kind", "Boost")], Stop);
        host.Desk.Wishes.ShouldHaveSingleItem().Setpoint.Degrees.ShouldBe(19);
    }

    [Fact]
    public async Task One_tap_never_leaves_the_limits_and_nonsense_changes_nothing()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        host.Desk.Site = SampleSchool.Site with { Control = new ControlSettings { HighestSetpoint = new Celsius(20.5) } };
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/library", "quick", [("kind", "Boost")], Stop);
        host.Desk.Wishes.ShouldHaveSingleItem().Setpoint.Degrees.ShouldBe(20.5);
        await visitor.Send("/zones/library", "quick", [("kind", "77")], Stop);
        host.Desk.Wishes.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("day", 288, 300)]
    [InlineData("week", 672, 900)]
    [InlineData("month", 720, 3600)]
    [InlineData("season", 140, 86400)]
    public async Task History_is_short_enough_for_a_phone_however_far_it_reaches(string range, int steps, int seconds)
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor("en");
        var json = await visitor.GetStringAsync(new Uri($"/api/v1/zones/cp/series?range={range}", UriKind.Relative), Stop);
        json.Length.ShouldBeLessThan(60_000);
        var series = JsonDocument.Parse(json).RootElement;
        series.GetProperty("stepSeconds").GetInt32().ShouldBe(seconds);
        series.GetProperty("times").GetArrayLength().ShouldBe(steps);
        foreach (var line in (string[])["roomC", "targetC", "outdoorC", "heatPercent", "co2Ppm", "presencePercent"]) series.GetProperty(line).GetArrayLength().ShouldBe(steps);
        series.GetProperty("roomC").EnumerateArray().Count(v => v.ValueKind == JsonValueKind.Number).ShouldBe(steps);
    }

    [Theory]
    [InlineData("year")]
    [InlineData("2")]
    public async Task Range_that_does_not_exist_is_refused_by_the_interface_and_a_day_on_the_page(string range)
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri($"/api/v1/zones/cp/series?range={range}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.GetAsync(new Uri($"/zones/cp?range={range}&page=-3", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changes_follow_the_range_and_are_turned_over_page_by_page()
    {
        await using var host = await PageHost.Start(Stop, Now);
        host.Desk.ManyChanges = 90;
        using var visitor = host.Visitor("en");
        Count(await visitor.Text("/zones/cp", Stop)).ShouldBe(24);
        var first = await visitor.Text("/zones/cp?range=week", Stop);
        Count(first).ShouldBe(40);
        first.ShouldContain("Older");
        first.ShouldNotContain("Newer");
        var last = await visitor.Text("/zones/cp?range=week&page=3", Stop);
        Count(last).ShouldBe(10);
        last.ShouldNotContain("Older");
        static int Count(string page) => page.Split("id=\"changes-title\"")[1].Split("</section>")[0].Split("<li>").Length - 1;
    }

    [Fact]
    public void Next_days_tell_start_use_and_lowering()
    {
        var record = Now;
        var forecast = new ArrivalForecast(record.Decision.At, Local(19, 8.5), Local(19, 7), Local(19, 8.4), 19);
        var memory = record.Decision.Memory.Of(new ZoneId("cp")) with { Arrival = new ArrivalMemory(forecast, forecast) };
        var school = View(record with { Decision = record.Decision with { Memory = record.Decision.Memory with { Zones = new Dictionary<ZoneId, ZoneMemory>(record.Decision.Memory.Zones) { [new("cp")] = memory } } } });
        NextEvents.Of(school.Zones[0], school).Take(4).Select(e => (e.At, e.Kind, e.Target.Degrees)).ShouldBe(
        [
            (Local(19, 7), NextEventKind.HeatingStarts, 19.0), (Local(19, 8.5), NextEventKind.InUse, 19.0),
            (Local(19, 16.5), NextEventKind.Lowered, 16.0), (Local(20, 8.5), NextEventKind.InUse, 19.0),
        ]);
        // Over the weekend it is lowered further, and nothing beyond a week is told.
        NextEvents.Of(school.Zones[0], school).ShouldContain(e => e.At == Local(23, 16.5) && e.Target.Degrees == 8);
        NextEvents.Of(school.Zones[0], school).ShouldAllBe(e => e.At < record.Decision.At + NextEvents.Ahead);
    }

    [Fact]
    public void While_somebody_holds_a_room_by_hand_the_programme_waits()
    {
        var record = Now;
        var wish = new Override(1, new("cp"), 21.0.Celsius, "Marie", record.Decision.At.AddHours(-1), Local(19, 18), "");
        var school = View(record with { Snapshot = record.Snapshot with { Overrides = [wish] } });
        NextEvents.Of(school.Zones[0], school).Take(2).Select(e => (e.At, e.Kind, e.Target.Degrees)).ShouldBe([(Local(19, 18), NextEventKind.HandEnds, 16.0), (Local(20, 8.5), NextEventKind.InUse, 19.0)]);
    }

    [Fact]
    public async Task Room_that_has_learned_nothing_says_so()
    {
        await using var host = await PageHost.Start(Stop, Now);
        using var visitor = host.Visitor("fr");
        var page = await visitor.Text("/zones/cp", Stop);
        page.ShouldContain("Pas encore appris : ce sont des valeurs de départ prudentes");
        page.ShouldContain("K par heure sans chauffage, avec 0,0 °C dehors");
    }

    [Fact]
    public void Leaky_room_loses_more_and_strong_radiators_warm_faster()
    {
        var (zone, circuit) = (SampleSchool.Site.Zones[0], SampleSchool.Site.Circuits[0]);
        LearnedFigures Of(ZoneModel model) => LearnedFigures.Of(zone, circuit, Learned.Of(ZonePrior.Ordinary, DateTimeOffset.UnixEpoch) with { Model = model });
        var (usual, leaky, strong) = (Of(ZoneModel.Prior), Of(ZoneModel.Prior with { AirToOutdoor = 0.3 }), Of(ZoneModel.Prior with { Heating = 14 }));
        usual.LossKPerHour.ShouldBeInRange(0.3, 3);
        leaky.LossKPerHour.ShouldBeGreaterThan(usual.LossKPerHour);
        strong.WarmKPerHour.ShouldBeGreaterThan(usual.WarmKPerHour);
        strong.Monday.Time.ShouldBeLessThan(usual.Monday.Time);
        usual.Monday.Time.ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Tile_says_what_the_valve_does_and_why()
    {
        var record = Now;
        record = record with { Decision = record.Decision with { Outputs = [.. record.Decision.Outputs, new Command(new("cp.valve"), 1, Priority.Schedule, Reason.Of(ReasonCode.PulseOpen, Fact.Of("heat", Share.Of(0.9))))] } };
        await using var host = await PageHost.Start(Stop, record);
        using var visitor = host.Visitor("fr");
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("Vanne ouverte pour sa part du cycle, 90 %.");
        (await visitor.Text("/", Stop)).ShouldContain("Vanne ouverte");
    }

    private static SchoolView View(CycleRecord record) => SchoolView.Of(record, new SampleDesk().Desk);

    private static DateTimeOffset Local(int day, double hour) => SampleSchool.Site.Instant(new DateTime(2026, 1, day).AddHours(hour));
}
