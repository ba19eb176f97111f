using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class EnergyTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Energy_is_the_difference_of_the_index()
    {
        using var store = folder.Open();
        Count(store, 0, 6 * 3600, s => 1000 + s / 360.0);

        store.Samples.Energy(School.Gas, Start.AddHours(1), Start.AddHours(3)).ShouldBe(20, 1e-9);
        store.Samples.Energy(School.Gas, Start.AddMinutes(15), Start.AddMinutes(30)).ShouldBe(2.5, 1e-9);
        store.Samples.Energy(School.Gas, Start.AddHours(3), Start.AddHours(1)).ShouldBe(0);
        store.Samples.Energy(new("never.heard"), Start, Start.AddHours(1)).ShouldBe(0);
    }

    [Fact]
    public void Parts_add_up_to_the_whole_over_days()
    {
        using var store = folder.Open();
        Count(store, 0, 5 * 86400, s => s * s * 1e-9, step: 300);
        var cuts = new[] { 0, 0.3, 1, 1.2, 1.9, 3.7, 5 }.Select(d => Start.AddDays(d)).ToArray();

        var parts = cuts.Zip(cuts.Skip(1), (a, b) => store.Samples.Energy(School.Gas, a, b)).ToArray();

        parts.Sum().ShouldBe(store.Samples.Energy(School.Gas, cuts[0], cuts[^1]), 1e-9);
        parts[3].ShouldBe((Square(1.9) - Square(1.2)) * 1e-9, 0.01);

        static double Square(double days) => Math.Pow(days * 86400, 2);
    }

    [Fact]
    public void A_power_cut_costs_resolution_and_no_energy()
    {
        using (var store = folder.Open()) Count(store, 0, 3600, s => 1000 + s / 360.0);
        using (var store = folder.Open()) Count(store, 2 * 86400, 2 * 86400 + 3600, s => 1000 + s / 360.0);

        using var again = folder.Open();

        again.Samples.Energy(School.Gas, Start, Start.AddDays(3)).ShouldBe((2 * 86400 + 2700) / 360.0, 1e-9);
        again.Samples.Energy(School.Gas, Start.AddDays(1), Start.AddHours(25)).ShouldBe(10, 1e-9, "the gap is spread evenly");
    }

    [Fact]
    public void A_new_meter_starts_anew_and_nothing_counted_before_is_lost()
    {
        using var store = folder.Open();
        Count(store, 0, 1000, s => 5000 + s / 10.0);
        Count(store, 1000, 3600, s => 3 + (s - 1000) / 10.0);
        Count(store, 3600, 3610, s => 3 + (s - 1000) / 10.0);

        store.Samples.Energy(School.Gas, Start, Start.AddHours(2)).ShouldBe(99 + 260, 1e-9);
    }

    [Fact]
    public void Energy_outlives_the_samples()
    {
        using var store = folder.Open();
        Count(store, 0, 3 * 86400, s => s / 360.0, step: 300);
        var whole = store.Samples.Energy(School.Gas, Start.AddHours(5), Start.AddHours(60));

        store.Trim(Start.AddDays(100));
        folder.Number("SELECT count(*) FROM sample").ShouldBe(0);
        store.Samples.Energy(School.Gas, Start.AddHours(5), Start.AddHours(60)).ShouldBe(whole, 1e-9);

        store.Trim(Start.AddDays(6 * 366));
        folder.Number("SELECT count(*) FROM rollup WHERE resolution = 1").ShouldBe(0);
        store.Samples.Energy(School.Gas, Start.AddHours(5), Start.AddHours(60)).ShouldBe(whole, 1e-9);
    }

    [Fact]
    public void Hours_of_a_day_add_up_to_its_energy_also_when_it_is_packed()
    {
        using var store = folder.Open();
        Count(store, 0, 3 * 86400 + 40_000, s => 500 + s * s * 1e-8, step: 300);
        var day = EnergyPilot.Core.Energy.LocalDay.Of(School.Site, new DateOnly(2026, 1, 13));
        var hours = Hours();
        hours.Sum(h => h.Amount).ShouldBe(store.Samples.Energy(School.Gas, day.Start, day.End), 1e-9);
        hours.ShouldAllBe(h => h.IsMeasured);

        store.Trim(Start.AddDays(5));
        Hours().ShouldBe(hours);
        store.Trim(Start.AddDays(6 * 366));
        Hours().Select(h => h.Amount).ShouldBe(hours.Select(h => h.Amount), 1e-6, "quarters have become hours");

        EnergyPilot.Core.Energy.HourAmount[] Hours() => EnergyPilot.Core.Energy.IndexHours.Of(day, store.Samples.Index(School.Gas, day.Start, day.End));
    }

    private void Count(Store store, int from, int to, Func<double, double> index, int step = 10)
    {
        for (var s = from; s < to; s += step) store.Record(School.Cycle(Start.AddSeconds(s), (School.Gas, index(s))));
    }
}
