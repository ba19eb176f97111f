using EnergyPilot.Core.Energy;

namespace EnergyPilot.Tests.Core.Energy;

public sealed class ExpectedDays
{
    private static readonly DateOnly Today = new(2026, 3, 19);

    [Fact]
    public void Colder_day_is_expected_to_take_more_by_the_signature()
    {
        var days = Past(_ => 1);
        var signature = SignatureOf(days);
        signature.School.IsKnown.ShouldBeTrue();
        var (mild, cold) = (Of(signature, days, 8, 14), Of(signature, days, 2, 14));

        mild.ShouldNotBeNull().Usual.ShouldBe(14 * (40 + 20 * 7) / 24.0, 8);
        cold.ShouldNotBeNull().Usual.ShouldBe(14 * (40 + 20 * 13) / 24.0, 12);
        mild.Low.ShouldBeLessThanOrEqualTo(mild.Usual);
        mild.High.ShouldBeGreaterThanOrEqualTo(mild.Usual);
    }

    [Fact]
    public void Range_is_as_wide_as_days_differ()
    {
        var chance = new Random(5);
        var even = Of(SignatureOf(Past(_ => 1)), Past(_ => 1), 6, 14).ShouldNotBeNull();
        var uneven = Past(_ => 1 + 0.4 * (chance.NextDouble() - 0.5));
        var wide = Of(SignatureOf(uneven), uneven, 6, 14).ShouldNotBeNull();
        (wide.High - wide.Low).ShouldBeGreaterThan(2 * (even.High - even.Low));
    }

    [Fact]
    public void A_few_days_are_no_expectation() => Of(Signature.Of([]), [.. Past(_ => 1).TakeLast(6)], 6, 14).ShouldBeNull();

    [Fact]
    public void Without_a_signature_days_as_cold_are_the_measure()
    {
        var days = Past(_ => 1);
        var expected = Of(Signature.Of([]), days, 6, 14).ShouldNotBeNull();
        expected.Usual.ShouldBe(14 * (40 + 20 * 9) / 24.0, 25);
        ExpectedDay.Of(Signature.Of([]), days, Day(Today, 40, 1), 40, 14).ShouldBeNull("no day was as hot");
    }

    [Fact]
    public void Weather_ahead_is_yesterdays_moved_to_where_today_stands()
    {
        var (yesterday, today) = (Day(Today.AddDays(-1), 4, 1), Day(Today, 7, 1));
        ExpectedDay.Outlook(today, yesterday, 10).ShouldBe(7, 1e-9);
        ExpectedDay.Outlook(today, yesterday, 0).ShouldBe(4, 1e-9);
        double.IsNaN(ExpectedDay.Outlook(today, null, 5)).ShouldBeTrue();
    }

    private static ExpectedDay? Of(Signature signature, MeterDay[] days, double outdoorC, int hour) => ExpectedDay.Of(signature, days, Day(Today, outdoorC, 1), outdoorC, hour);

    private static Signature SignatureOf(MeterDay[] days) => Signature.Of(days.Select(d => new SignatureDay(d.Day.Day, d.MeanOutdoor, d.Total, d.Use.IsSchoolDay)));

    // 40 kWh a day and 20 for each degree below 15 °C, all day long.
    private static MeterDay[] Past(Func<DateOnly, double> luck) =>
        [.. Enumerable.Range(1, 250).Reverse().Select(i => Today.AddDays(-i)).Select(d => Day(d, 7 - 8 * Math.Cos(d.DayOfYear / 58.0) + d.DayNumber % 5, luck(d)))];

    private static MeterDay Day(DateOnly date, double outdoorC, double luck) =>
        EnergyWorld.Day(EnergyWorld.Demo, date, _ => new((40 + 20 * Math.Max(0, 15 - outdoorC)) / 24 * luck, 1), outdoorC);
}
