using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class RetentionTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Samples_older_than_they_are_kept_go_and_their_roll_ups_stay()
    {
        using var store = folder.Open();
        Fill(store, days: 3);
        var before = store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Quarter);

        store.Trim(Start.AddDays(61));

        var left = store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Raw);
        left[0].At.ShouldBe(Start.AddDays(1));
        left.Length.ShouldBe(2 * 96);
        store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Quarter).ShouldBe(before);
    }

    [Fact]
    public void What_comes_after_its_samples_have_gone_does_not_replace_their_roll_up()
    {
        using var store = folder.Open();
        Fill(store, days: 2);
        store.Trim(Start.AddDays(61));
        var before = store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Quarter);

        store.Record(School.Cycle(Start.AddMinutes(5), (School.Room, 99)));

        store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Quarter).ShouldBe(before);
        store.Trim(Start.AddDays(61));
        store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Quarter).ShouldBe(before, "nor when it is packed");
    }

    [Fact]
    public void What_was_still_filling_is_folded_before_its_samples_go()
    {
        using var store = folder.Open();
        Fill(store, days: 1);

        store.Trim(Start.AddDays(100));

        folder.Number("SELECT count(*) FROM sample").ShouldBe(0);
        store.Samples.Series(School.Room, Start, Start.AddDays(1), Resolution.Quarter).Length.ShouldBe(96);
    }

    [Fact]
    public void A_clock_that_jumped_ahead_costs_detail_and_what_follows_is_folded_again()
    {
        using var store = folder.Open();
        Fill(store, days: 1);
        store.Trim(Start.AddYears(70));

        for (var minute = 0; minute < 60; minute++) store.Record(School.Cycle(Start.AddDays(1).AddMinutes(minute), (School.Room, 20)));

        store.Samples.Series(School.Room, Start.AddDays(1), Start.AddDays(2), Resolution.Quarter).Length.ShouldBe(4);
    }

    [Fact]
    public void Forgetting_the_school_keeps_what_people_did()
    {
        using var store = folder.Open();
        Fill(store, days: 1);
        store.Record(School.Decided(School.Nothing(Start) with { Alarms = [School.Lost(Start)] }));
        store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(1), ""));
        store.Settings.Save("zone/cp", "{}", "Ana");
        store.Audit.Write(new(Start, "Ana", "console", "override added", "cp", "", "21"));
        store.Flush();
        var last = store.Samples.LastSequence;

        store.ForgetSamples();

        store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Hour).ShouldBeEmpty();
        store.Alarms.Open().ShouldBeEmpty();
        store.Overrides.Active(Start).Length.ShouldBe(1);
        store.Settings.TryFind("zone/cp", out _).ShouldBeTrue();
        store.Audit.Latest(10).Length.ShouldBe(1);
        store.Record(School.Cycle(Start, (School.Room, 20)));
        store.Flush();
        store.Samples.LastSequence.ShouldBe(last + 1, "a number is never used twice");
    }

    private void Fill(Store store, int days)
    {
        for (var quarter = 0; quarter < days * 96; quarter++) store.Record(School.Cycle(Start.AddMinutes(15 * quarter), (School.Room, quarter % 7)));
        store.Flush();
    }
}
