using EnergyPilot.Gateway.Web.Energy;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What is kept of the meters' days: enough to answer fast, and never more than a gateway can hold, whatever is asked for.</summary>
public sealed class EnergyDaysTests
{
    [Fact]
    public void Years_without_a_history_fill_no_memory_and_drive_out_no_day_that_was_counted()
    {
        var (sample, reads) = (new SampleDesk(), new List<DateTimeOffset>());
        var clock = new PageHost.StoodClock();
        var (desk, gas) = (sample.Desk, sample.Site.Meters[0]);
        var days = new EnergyDays(desk with { Index = (point, from, to) => { reads.Add(from); return desk.Index(point, from, to); } }, clock);
        days.Of(gas, new(2025, 3, 1), new(2025, 3, 31));
        Year(2000);
        reads.Clear();
        Year(2000);
        reads.ShouldBeEmpty("one year is kept");

        for (var year = 2001; year < 2020; year++) Year(year);
        reads.Clear();
        Year(2000);
        reads.ShouldNotBeEmpty("twenty years are not");
        reads.Clear();
        days.Of(gas, new(2025, 3, 1), new(2025, 3, 31));
        reads.ShouldBeEmpty("what was counted is kept");

        void Year(int year) => days.Of(gas, new(year, 1, 1), new(year, 12, 31));
    }
}
