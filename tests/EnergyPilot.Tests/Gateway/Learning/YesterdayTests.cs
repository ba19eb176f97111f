using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Learning;

public sealed class YesterdayTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), Now = Ten.AddMinutes(20);

    [Fact]
    public void Tomorrow_is_like_yesterday_and_begins_at_now()
    {
        var outlook = Yesterday.Into(Outlook.None, Book(quarters: 96), SchoolFiles.DemoSite, Now);

        outlook.From.ShouldBe(Ten);
        outlook.Hours.Length.ShouldBe(48);

        // A day that warmed from 0 to 23 °C: what it is warmer now than at the same hour yesterday fades.
        outlook.At(Ten).Outdoor.ShouldBe(23, 1e-9);
        outlook.At(Ten.AddHours(6)).Outdoor.ShouldBe(6 + 23 * Math.Exp(-1), 1e-9);
        outlook.At(Ten.AddHours(24)).Outdoor.ShouldBe(23 * Math.Exp(-4), 1e-9);
    }

    [Fact]
    public void What_somebody_forecasts_is_kept_and_prices_too()
    {
        var known = new Outlook(Ten, [OutlookHour.Unknown with { EuroPerKwh = 0.21 }, OutlookHour.Unknown with { Outdoor = -7 }]);

        var outlook = Yesterday.Into(known, Book(quarters: 96), SchoolFiles.DemoSite, Now);

        outlook.At(Ten).ShouldBe(OutlookHour.Unknown with { Outdoor = 23, EuroPerKwh = 0.21 });
        outlook.At(Ten.AddHours(1)).Outdoor.ShouldBe(-7);
        outlook.At(Ten.AddHours(2)).Outdoor.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void A_day_with_a_hole_in_it_is_no_yesterday() =>
        Yesterday.Into(Outlook.None, Book(quarters: 91), SchoolFiles.DemoSite, Now).ShouldBeSameAs(Outlook.None);

    [Fact]
    public void A_forecast_of_a_whole_day_is_left_as_it_is()
    {
        var known = new Outlook(Ten, [.. Enumerable.Repeat(OutlookHour.Unknown with { Outdoor = 4 }, 30)]);

        Yesterday.Into(known, Book(quarters: 96), SchoolFiles.DemoSite, Now).ShouldBeSameAs(known);
    }

    // The last so many quarters of an hour before ten, and the one after it that has nothing to do with yesterday.
    private static QuartersInMemory Book(int quarters)
    {
        var book = new QuartersInMemory();
        for (var n = 96 - quarters; n <= 96; n++)
            book.Append([new ZoneQuarter(SchoolFiles.DemoSite.Zones[0].Id, new Quarter(Ten.AddDays(-1).AddMinutes(15 * (n + 1)), 19, default(ZoneDrive) with { Outdoor = n < 96 ? n / 4 : 99 }, QuarterWorth.Good))]);
        return book;
    }
}
