using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class AlarmBookTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    private AuditEntry Seen => new(Start, "Ana", "", "alarm acknowledged", "", "", "");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_alarm_begins_lasts_and_ends()
    {
        using var store = folder.Open();
        var alarm = School.Lost(Start);
        Cycle(store, 0, alarm);
        Cycle(store, 10, alarm);
        store.Alarms.Open().ShouldHaveSingleItem().Alarm.ShouldBe(alarm);

        Cycle(store, 20);

        store.Alarms.Open().ShouldBeEmpty();
        var entry = store.Alarms.History(Start, Start.AddHours(1)).ShouldHaveSingleItem();
        entry.Ended.ShouldBe(Start.AddSeconds(20));
        entry.IsOpen.ShouldBeFalse();
        store.Alarms.History(Start.AddSeconds(21), Start.AddHours(1)).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_trouble_again_is_another_entry()
    {
        using var store = folder.Open();
        Cycle(store, 0, School.Lost(Start));
        Cycle(store, 10);
        Cycle(store, 20, School.Lost(Start.AddSeconds(20)));

        store.Alarms.History(Start, Start.AddHours(1)).Length.ShouldBe(2);
    }

    [Fact]
    public void An_open_alarm_survives_a_restart_as_the_same_entry()
    {
        using (var store = folder.Open()) Cycle(store, 0, School.Lost(Start));
        using var again = folder.Open();

        Cycle(again, 10, School.Lost(Start.AddSeconds(10)));

        again.Alarms.Open().ShouldHaveSingleItem().Alarm.Since.ShouldBe(Start);
        again.Trouble.ShouldBeEmpty();
    }

    [Fact]
    public void Severity_may_grow_while_it_lasts()
    {
        using var store = folder.Open();
        Cycle(store, 0, School.Lost(Start));

        Cycle(store, 10, School.Lost(Start) with { Severity = Severity.Critical });

        store.Alarms.Open().ShouldHaveSingleItem().Alarm.Severity.ShouldBe(Severity.Critical);
    }

    [Fact]
    public void The_first_who_has_seen_it_counts()
    {
        using var store = folder.Open();
        Cycle(store, 0, School.Lost(Start));
        var id = store.Alarms.Open()[0].Id;

        store.Alarms.Acknowledge(id, new(Start.AddMinutes(5), "Ana", "battery ordered"), Seen).ShouldBeTrue();
        store.Alarms.Acknowledge(id, new(Start.AddMinutes(6), "Bob", "me too"), Seen).ShouldBeFalse();
        store.Alarms.Acknowledge(99, new(Start, "Bob", ""), Seen).ShouldBeFalse();

        store.Alarms.Open()[0].Acknowledgement.ShouldBe(new(Start.AddMinutes(5), "Ana", "battery ordered"));
        store.Audit.Latest(9).ShouldHaveSingleItem("only the first is told");
    }

    private void Cycle(Store store, int second, params Alarm[] alarms) =>
        store.Record(School.Decided(School.Nothing(Start.AddSeconds(second)) with { Alarms = [.. alarms] }));
}
