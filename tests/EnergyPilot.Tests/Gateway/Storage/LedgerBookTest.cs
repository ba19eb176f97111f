using EnergyPilot.Core.Legal;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Legal;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class LedgerBookTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private static DateTimeOffset Evening => LedgerWorld.Paris("2026-11-07 22:00");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Days_are_told_before_they_are_saved_and_after_a_restart()
    {
        DateOnly[] days = [new(2026, 11, 7), new(2026, 11, 8)];
        using (var store = folder.Open())
        {
            Live(store, Evening, minutes: 180);
            store.Ledger.Days(days[0], days[1]).Select(d => (d.Day, d.Recorded)).ShouldBe([(days[0], TimeSpan.FromHours(2)), (days[1], TimeSpan.FromHours(1))]);
            folder.Number("SELECT count(*) FROM ledger").ShouldBe(0);
            store.Ledger.Save();
            folder.Number("SELECT count(*) FROM ledger").ShouldBe(2);
        }

        using var next = folder.Open();
        next.Ledger.Days(days[1], days[1]).ShouldHaveSingleItem().Recorded.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_restart_costs_only_the_time_between()
    {
        using (var store = folder.Open())
        {
            Live(store, Evening, minutes: 60);
            store.Ledger.Save();
        }

        using var next = folder.Open();
        Live(next, Evening.AddMinutes(70), minutes: 50);
        next.Ledger.Save();

        var day = next.Ledger.Days(new(2026, 11, 7), new(2026, 11, 7)).ShouldHaveSingleItem();
        day.Recorded.ShouldBe(TimeSpan.FromMinutes(110));
        day.Of("cp").Excesses.ShouldHaveSingleItem().Above.Time.ShouldBe(TimeSpan.FromMinutes(110), "ten minutes are a pause");
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_left_out()
    {
        using var store = folder.Open();
        Live(store, Evening, minutes: 60);
        store.Ledger.Save();
        folder.Number("INSERT INTO ledger (day, json) VALUES ('2026-11-05', '{}'), ('2026-11-06', 'torn') RETURNING 1");

        store.Ledger.Days(DateOnly.MinValue, DateOnly.MaxValue).ShouldHaveSingleItem().Day.ShouldBe(new(2026, 11, 7));
    }

    [Fact]
    public void Days_are_kept_for_five_years()
    {
        using var store = folder.Open();
        Live(store, Evening, minutes: 60);
        store.Ledger.Save();
        store.Trim(Evening.AddYears(5));
        folder.Number("SELECT count(*) FROM ledger").ShouldBe(1);
        store.Trim(Evening.AddYears(5).AddDays(10));
        folder.Number("SELECT count(*) FROM ledger").ShouldBe(0);
    }

    private static void Live(Store store, DateTimeOffset from, int minutes)
    {
        for (var at = from; at <= from.AddMinutes(minutes); at = at.AddMinutes(1))
            store.Ledger.Append(new CycleRecord(LedgerWorld.Site, new(at, new Dictionary<EnergyPilot.Core.Points.PointId, EnergyPilot.Core.Points.Reading>(), []), LedgerWorld.Decision(LedgerWorld.Site, at, _ => new Said(12, 0.5))));
    }
}
