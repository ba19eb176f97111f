using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;
using DemoSchool = EnergyPilot.Gateway.Hosting.DemoSchool;

namespace EnergyPilot.Tests.Gateway.Hosting;

public sealed class DemoPastTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 37, 20, TimeSpan.Zero);
    private readonly Site site = SchoolFiles.DemoSite;
    private readonly StoreFolder folder = new();
    private readonly SteppedClock clock = new(Start);
    private DemoSchool? demo;

    private DemoSchool Demo => demo ??= new DemoSchool(site, clock, _ => []);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (demo is not null) await demo.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Meters_go_on_from_the_made_up_past_without_a_jump()
    {
        using var store = Open();
        Demo.MakeUpPast(store.Samples, TestContext.Current.CancellationToken);
        await Demo.LivePast(store.Record, TestContext.Current.CancellationToken);

        foreach (var meter in site.Meters)
        {
            var year = store.Samples.Energy(meter.Index, Start.AddDays(-365), Start) * meter.KwhPerUnit;
            year.ShouldBeInRange(4_000, 120_000, meter.Id);
            // An hour around the start takes no more than the plant can give.
            (store.Samples.Energy(meter.Index, Start.AddMinutes(-30), Start.AddMinutes(30)) * meter.KwhPerUnit).ShouldBeInRange(0, 140, meter.Id);
            var indexes = store.Samples.Index(meter.Index, Start.AddDays(-40), Start.AddHours(25));
            indexes.Length.ShouldBeGreaterThan(40, meter.Id);
            indexes.Zip(indexes.Skip(1)).ShouldAllBe(p => p.Second.First >= p.First.Last - 1e-6 && p.First.Rise >= 0);
            var day = LocalDay.Of(site, new DateOnly(2026, 11, 20));
            IndexHours.Of(day, store.Samples.Index(meter.Index, day.Start, day.End)).Count(h => h.IsMeasured).ShouldBe(24, $"{meter.Id}: the day of the start has no gap");
        }

        store.Samples.MadeUpUntil.ShouldBe(Start);
        store.ForgetSamples();
        store.Samples.MadeUpUntil.ShouldBeNull();
        store.Samples.Index(site.Meters[0].Index, Start.AddDays(-40), Start).ShouldBeEmpty();
    }

    [Fact]
    public void Made_up_year_looks_like_a_school()
    {
        using var store = Open();
        Demo.MakeUpPast(store.Samples, TestContext.Current.CancellationToken);
        var gas = site.Meters[0];
        double Kwh(string from, string to) => store.Samples.Energy(gas.Index, site.Instant(DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture)), site.Instant(DateTime.Parse(to, System.Globalization.CultureInfo.InvariantCulture))) * gas.KwhPerUnit;

        Kwh("2026-07-01", "2026-08-25").ShouldBe(0, 1e-6, "nobody heats in summer");
        Kwh("2026-01-05", "2026-02-01").ShouldBeGreaterThan(4 * Kwh("2026-05-01", "2026-05-28"));
        Kwh("2026-01-13", "2026-01-14").ShouldBeGreaterThan(2 * Kwh("2026-01-18", "2026-01-19"), "a Tuesday takes more than a Sunday");
        store.Samples.Series(site.Outdoor[0], Start.AddDays(-365), Start, Resolution.Hour).Length.ShouldBeInRange(8750, 8780);
    }

    private Store Open() => Store.Open(folder.Path, new StoreOptions { CommitEvery = TimeSpan.FromHours(1) }, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
}
