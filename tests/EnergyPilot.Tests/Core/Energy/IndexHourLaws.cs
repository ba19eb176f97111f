using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Energy;

public sealed class IndexHourLaws
{
    private static readonly string[] Clocks = ["Europe/Paris", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata"];

    [Fact]
    public void Hours_of_days_add_up_to_what_the_index_gained() => Law.Holds(chance =>
    {
        var site = EnergyWorld.Demo with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(Clocks[chance.Next(Clocks.Length)]) };
        var first = LocalDay.Of(site, new DateOnly(2026, 1, 1).AddDays(chance.Next(700)));
        var stretches = Any(chance, first.Start, 60);
        var gained = Gained(stretches);

        var sum = 0.0;
        for (var day = first; day.Start <= stretches[^1].LastAt; day = LocalDay.Of(site, day.Day.AddDays(1)))
            sum += IndexHours.Of(day, stretches).Where(h => double.IsFinite(h.Amount)).Sum(h => h.Amount);

        sum.ShouldBe(gained, 1e-6 * Math.Max(1, gained));
    }, 300);

    [Fact]
    public void An_hour_is_measured_only_as_far_as_readings_lie_close_together() => Law.Holds(chance =>
    {
        var day = LocalDay.Of(EnergyWorld.Demo, new DateOnly(2026, 11, 16));
        var stretches = Any(chance, day.Start.AddHours(-3), 30);
        var hours = IndexHours.Of(day, stretches);
        for (var i = 0; i < day.Count; i++)
        {
            var (from, to) = (day.Hour(i), day.Hour(i + 1));
            var gaps = stretches.Zip(stretches.Skip(1)).Where(p => p.Second.FirstAt - p.First.LastAt > IndexHours.LongestHold)
                .Sum(p => Overlap(p.First.LastAt, p.Second.FirstAt, from, to));
            var outside = Overlap(DateTimeOffset.MinValue, stretches[0].FirstAt, from, to) + Overlap(stretches[^1].LastAt, DateTimeOffset.MaxValue, from, to);
            hours[i].Measured.ShouldBe(1 - gaps - outside, 1e-9);
            (hours[i].Amount >= 0 || double.IsNaN(hours[i].Amount)).ShouldBeTrue();
        }
    }, 300);

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-11-16", 24)]
    public void A_day_on_which_clocks_change_has_23_or_25_hours(string date, int hours)
    {
        var day = LocalDay.Of(EnergyWorld.Demo, EnergyWorld.Date(date));
        day.Count.ShouldBe(hours);
        day.Hour(hours).ShouldBe(day.End);
        var clock = day.Clock(EnergyWorld.Demo);
        clock.Distinct().Count().ShouldBe(hours);
        clock.Contains((byte)26).ShouldBe(hours == 25, "the second two o'clock has a number of its own");
        var steady = new[] { new IndexStretch(day.Start.AddDays(-1), 0, day.End.AddDays(1), 240, 240) };
        IndexHours.Of(day, steady).Sum(h => h.Amount).ShouldBe(240 * ((day.End - day.Start) / (day.End - day.Start + TimeSpan.FromDays(2))), 1e-9);
    }

    [Fact]
    public void What_was_counted_over_a_gap_is_spread_and_not_measured()
    {
        var day = LocalDay.Of(EnergyWorld.Demo, new DateOnly(2026, 11, 16));
        IndexStretch[] stretches = [new(day.Start, 100, day.Start.AddHours(6), 106, 6), new(day.Start.AddHours(10), 146, day.End, 160, 14)];
        var hours = IndexHours.Of(day, stretches);

        hours[5].ShouldBe(new HourAmount(1, 1));
        hours[7].ShouldBe(new HourAmount(10, 0));
        hours[7].IsMeasured.ShouldBeFalse();
        hours.Sum(h => h.Amount).ShouldBe(60, 1e-9);
    }

    [Fact]
    public void Another_meter_in_its_place_counts_nothing_for_the_fall()
    {
        var day = LocalDay.Of(EnergyWorld.Demo, new DateOnly(2026, 11, 16));
        IndexStretch[] stretches = [new(day.Start, 5000, day.Start.AddHours(6), 5006, 6), new(day.Start.AddHours(6.1), 3, day.End, 20, 17)];
        IndexHours.Of(day, stretches).Sum(h => h.Amount).ShouldBe(23, 1e-9);
    }

    [Fact]
    public void Before_and_after_all_readings_nothing_is_known()
    {
        var day = LocalDay.Of(EnergyWorld.Demo, new DateOnly(2026, 11, 16));
        IndexHours.Of(day, []).Count(h => double.IsNaN(h.Amount) && h.Measured == 0).ShouldBe(24);
        var hours = IndexHours.Of(day, [new(day.Start.AddHours(2), 1, day.Start.AddHours(4), 3, 2)]);
        double.IsNaN(hours[1].Amount).ShouldBeTrue();
        hours[2].Amount.ShouldBe(1, 1e-9);
        double.IsNaN(hours[5].Amount).ShouldBeTrue();
    }

    private static IndexStretch[] Any(Random chance, DateTimeOffset start, int count)
    {
        var (at, index) = (start.AddMinutes(chance.Next(600)), 1000.0);
        List<IndexStretch> stretches = [];
        for (var i = 0; i < count; i++)
        {
            var (first, firstAt, rise) = (index, at, chance.NextDouble() * chance.Next(20));
            at += TimeSpan.FromMinutes(chance.Next(60));
            if (at == firstAt) rise = 0;
            index += rise;
            stretches.Add(new(firstAt, first, at, index, rise));
            at += TimeSpan.FromMinutes(chance.Next(20) == 0 ? chance.Next(4000) : 1 + chance.Next(20));
            index = chance.Next(40) == 0 ? 0 : index + chance.NextDouble() * 3;
        }

        return [.. stretches];
    }

    private static double Gained(IndexStretch[] stretches) =>
        stretches.Sum(s => s.Rise) + stretches.Zip(stretches.Skip(1)).Sum(p => Math.Max(0, p.Second.First - p.First.Last));

    private static double Overlap(DateTimeOffset begin, DateTimeOffset end, DateTimeOffset from, DateTimeOffset to) =>
        Math.Max(0, ((end < to ? end : to) - (begin > from ? begin : from)) / (to - from));
}
