using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class DecisionLogTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_changes_are_kept_with_their_reason()
    {
        using var store = folder.Open();
        Target(store, 0, 19, School.InUse);
        Target(store, 10, 19, School.InUse);
        Target(store, 20, 19, Reason.Of(ReasonCode.WarmingUp, Fact.Of("room", new EnergyPilot.Core.Units.Celsius(double.NaN))));
        Target(store, 30, 16, Reason.Of(ReasonCode.WarmingUp));

        var changes = store.Decisions.Changes(School.ZoneSetpoint, Start, Start.AddHours(1));

        changes.Select(c => (c.At, c.Value, c.Reason.Code)).ShouldBe(
            [(Start, 19, ReasonCode.InUse), (Start.AddSeconds(20), 19, ReasonCode.WarmingUp), (Start.AddSeconds(30), 16, ReasonCode.WarmingUp)]);
        changes[0].Reason.ShouldBe(School.InUse);
        changes[1].Reason.Facts[0].Number.ShouldBe(double.NaN);
    }

    [Fact]
    public void Outputs_are_kept_too()
    {
        using var store = folder.Open();
        foreach (var (second, value, priority) in ((int, double, Priority)[])[(0, 0, Priority.Schedule), (10, 1, Priority.Schedule), (20, 1, Priority.LifeSafety)])
            store.Record(School.Decided(School.Nothing(Start.AddSeconds(second)) with { Outputs = [new(School.Valve, value, priority, School.InUse)] }));

        store.Decisions.Changes(School.Valve, Start, Start.AddHours(1)).Select(c => (c.Value, c.Priority)).ShouldBe(
            [(0, Priority.Schedule), (1, Priority.Schedule), (1, Priority.LifeSafety)]);
    }

    [Fact]
    public void A_cycle_is_committed_whole()
    {
        using var store = folder.Open();
        Target(store, 0, 19, School.InUse);
        folder.Time.Advance(TimeSpan.FromSeconds(51));

        Target(store, 50, 16, School.InUse);

        folder.Number("SELECT count(*) FROM decision").ShouldBe(2);
        folder.Number("SELECT count(*) FROM sample").ShouldBe(2);
    }

    [Fact]
    public void A_restart_is_not_a_change()
    {
        using (var store = folder.Open()) Target(store, 0, 19, School.InUse);
        using var again = folder.Open();

        Target(again, 10, 19, School.InUse);

        again.Decisions.Changes(School.ZoneSetpoint, Start, Start.AddHours(1)).Length.ShouldBe(1);
    }

    [Fact]
    public void A_reason_that_a_newer_program_wrote_is_left_out()
    {
        using (var store = folder.Open()) Target(store, 0, 19, School.InUse);
        folder.Number("UPDATE decision SET code = 'TomorrowsReason'");

        using var again = folder.Open();

        again.Decisions.Changes(School.ZoneSetpoint, Start, Start.AddHours(1)).ShouldBeEmpty();
    }

    private void Target(Store store, int second, double setpoint, Reason reason) => store.Record(School.Decided(
        School.Nothing(Start.AddSeconds(second)) with { Targets = [new(School.Zone, new(setpoint), Mode.Comfort, Priority.Schedule, Start, reason)] }));
}
