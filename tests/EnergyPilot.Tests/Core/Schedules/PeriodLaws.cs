using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Schedules;

public sealed class PeriodLaws
{
    private static readonly Site Demo = SchoolFiles.DemoSite;

    // Europe/Paris changes its clocks on both days; Santiago at midnight, Lord Howe by half an hour.
    private static readonly string[] Clocks = ["Europe/Paris", "Europe/Paris", "Europe/Paris", "America/Santiago", "Australia/Lord_Howe"];

    [Fact]
    public void A_period_contains_the_instant_that_it_was_asked_for() => Law.Holds(chance =>
    {
        var (site, zone, at) = Any(chance);
        var period = Periods.At(site, zone, at);
        (period.From <= at && at < period.Until).ShouldBeTrue($"{at:O} in {period}");
    });

    [Fact]
    public void Periods_follow_each_other_without_gap_or_overlap() => Law.Holds(chance =>
    {
        var (site, zone, at) = Any(chance);
        var period = Periods.At(site, zone, at);
        for (var i = 0; i < 10; i++)
        {
            var next = Periods.At(site, zone, period.Until);
            next.From.ShouldBe(period.Until, $"{period} then {next}");
            Periods.At(site, zone, next.From + (next.Until - next.From) * chance.NextDouble()).ShouldBe(next);
            period = next;
        }
    }, cases: 500);

    [Fact]
    public void What_is_remembered_of_a_zone_is_what_would_be_worked_out_anew() => Law.Holds(chance =>
    {
        var (site, zone, at) = Any(chance);
        for (var i = 0; i < 10; i++)
        {
            site.PeriodOf(zone, at).ShouldBe(Periods.At(site, zone, at), $"{at:O}");
            at += chance.Next(3) == 0 ? TimeSpan.FromDays(30 * chance.NextDouble()) : TimeSpan.FromMinutes(chance.Next(-60, 300));
        }
    }, cases: 1000);

    [Fact]
    public void A_use_begins_where_the_period_before_it_said_it_would() => Law.Holds(chance =>
    {
        var (site, zone, at) = Any(chance);
        var period = Periods.At(site, zone, at);
        if (period.IsInUse || period.NextUse - at > TimeSpan.FromDays(100)) return;
        var use = Periods.At(site, zone, period.NextUse);
        (use.Mode, use.From).ShouldBe((Mode.Comfort, period.NextUse));
        period.LastUse.ShouldBeLessThanOrEqualTo(period.From);
        period.NextUse.ShouldBeGreaterThanOrEqualTo(period.Until);
    });

    private static (Site Site, Zone Zone, DateTimeOffset At) Any(Random chance)
    {
        var day = chance.Next(3) switch
        {
            0 => new DateOnly(2026, 3, 29),
            1 => new DateOnly(2026, 10, 25),
            _ => new DateOnly(2026, 1, 1).AddDays(chance.Next(400)),
        };
        var at = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddSeconds(chance.Next(-36 * 3600, 36 * 3600));
        var clocks = TimeZoneInfo.FindSystemTimeZoneById(Clocks[chance.Next(Clocks.Length)]);
        var site = Demo with { TimeZone = clocks, Calendar = RandomProgramme.Calendar(chance, day), Exceptions = RandomProgramme.Exceptions(chance, day, Demo.Zones[0].Id) };
        return (site, Demo.Zones[0] with { Programme = RandomProgramme.Of(chance) }, at);
    }
}
