using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class MemoryShelfTest
{
    [Fact]
    public void What_is_written_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(Memories.ToArbitrary(), memory =>
    {
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(memory, StoredJson.Default.Memory), StoredJson.Default.Memory);
        return again is not null && Same(memory, again);
    }));

    [Fact]
    public void Memory_survives_a_restart()
    {
        using var folder = new StoreFolder();
        var memory = Memories.Sample(20).Last();
        using (var store = folder.Open())
        {
            Same(store.Memory.Load(), Memory.Empty).ShouldBeTrue();
            store.Memory.Save(Memory.Empty);
            store.Memory.Save(memory);
        }

        using var again = folder.Open();
        Same(again.Memory.Load(), memory).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{"), InlineData("null"), InlineData("[]"), InlineData("{}"), InlineData("""{"at":"yesterday"}""")]
    public void Memory_that_cannot_be_read_counts_as_none_and_is_said(string json)
    {
        using var folder = new StoreFolder();
        using (var store = folder.Open()) store.Memory.Save(Memory.Empty);
        folder.Number($"UPDATE shelf SET json = '{json}'");
        var log = new LogLines();

        using var again = folder.Open(log);

        again.Memory.Load().ShouldBeSameAs(Memory.Empty);
        log.All.Count(l => l.Level == LogLevel.Warning).ShouldBe(json == "null" ? 0 : 1);
    }

    [Fact]
    public void Half_a_memory_counts_as_none()
    {
        using var folder = new StoreFolder();
        using (var store = folder.Open()) store.Memory.Save(Memory.Empty);
        folder.Number("UPDATE shelf SET json = json_remove(json, '$.boiler')");

        using var again = folder.Open();

        again.Memory.Load().ShouldBeSameAs(Memory.Empty);
    }

    [Fact]
    public void Doubts_of_sensors_are_kept_and_a_memory_from_before_there_were_any_is_read_without_them()
    {
        var presence = Presence.Unknown with { DaysUnseen = 3.5, DayCounted = 739_000 };
        var boiler = BoilerMemory.Start with { Cut = 12, PowerSaid = 65_000, PowerSince = DateTimeOffset.UnixEpoch, PowerDoubtedAt = DateTimeOffset.UnixEpoch.AddHours(1) };
        var memory = Memory.Empty with { Boiler = boiler, Zones = new Dictionary<ZoneId, ZoneMemory> { [new("cp")] = ZoneMemory.New with { Presence = presence, Integral = 0.3 } } };
        using var folder = new StoreFolder();
        using (var store = folder.Open()) store.Memory.Save(memory);
        using (var again = folder.Open())
            (again.Memory.Load().Boiler, again.Memory.Load().Of(new ZoneId("cp")).Presence).ShouldBe((boiler, presence));

        folder.Number("UPDATE shelf SET json = json_remove(json, '$.boiler.powerSaid', '$.boiler.powerSince', '$.boiler.powerDoubtedAt', '$.zones.cp.presence.daysUnseen', '$.zones.cp.presence.dayCounted')");
        using var older = folder.Open();
        older.Memory.Load().Boiler.ShouldBe(BoilerMemory.Start with { Cut = 12 });
        older.Memory.Load().Of(new ZoneId("cp")).ShouldSatisfyAllConditions(z => z.Integral.ShouldBe(0.3), z => z.Presence.ShouldBe(Presence.Unknown));
    }

    private static Gen<double> Numbers => Gen.OneOf(
        Gen.Choose(-100_000, 100_000).Select(n => n / 977.0), Gen.Elements(0, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, double.MaxValue));

    private static Gen<DateTimeOffset> Times => Gen.OneOf(
        Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
        Gen.Choose(0, int.MaxValue).Select(s => DateTimeOffset.UnixEpoch.AddSeconds(s).AddTicks(s % 10_000_000)));

    private static Gen<string> Names => Gen.Elements("cp", "cm 1", "é\"\\\n", "", "a.b/c", "$type");

    private static Gen<ZoneMemory> ZoneMemories =>
        from n in Numbers.ArrayOf(14)
        from t in Times.ArrayOf(16)
        from frost in Gen.Elements(Enum.GetValues<FrostState>())
        select new ZoneMemory(
            n[0], t[0], n[1], n[2], t[1], frost, t[2], new Rescues(t[3], t[4], t[5]), n[3],
            new WarmUpMemory(t[6], n[4], t[7], t[8], t[10], new ColdStart(n[0], n[1], n[2]), new WarmUpRegression([.. n[..4]], [.. n, n[0], n[1]])), new ArrivalMemory(new(t[0], t[1], t[2], t[9], n[5]), ArrivalForecast.None),
            new WindowMemory(t[11], WindowSeen.ByFallingTemperature, t[12], t[13], n[6], n[7], n[8]),
            new Presence(PresenceState.Present, t[14], t[15], n[9], n[10]),
            new ZoneEstimate(new ObserverState(t[0], new ZoneState(n[11], n[12], n[13]), n[0]), n[1], t[1], new QuarterSums(n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]), n[11]))
        {
            Air = new AirMemory(AirLight.AirNow, t[0], t[1] - t[2], t[3], t[4], n[0], n[1], t[5]), MouldFloor = n[2], Stays = [new Stay(t[6], t[7]), new Stay(t[8], t[9])],
        };

    private static Gen<Memory> Memories =>
        from at in Times
        from n in Numbers.ArrayOf(5)
        from resting in Gen.Elements(Enum.GetValues<SummerState>())
        from names in Names.ArrayOf(3)
        from zones in ZoneMemories.ArrayOf(3)
        from times in Times.ArrayOf(3)
        select new Memory(
            at, n[0], n[1], resting,
            names.Zip(zones).DistinctBy(z => z.First).ToDictionary(z => new ZoneId(z.First), z => z.Second),
            names.Distinct().ToDictionary(c => new CircuitId(c), _ => new CircuitMemory(n[2], times[0], n[3], n[4], new TrimMemory(n[0], times[1], n[1], n[2], n[3], times[2]))),
            new(n[4], times[1], n[0], times[2]),
            names.Distinct().ToDictionary(a => a, _ => times[2]));

    private static bool Same(Memory a, Memory b) =>
        a with { Zones = b.Zones, Circuits = b.Circuits, AlarmsSince = b.AlarmsSince } == b
        && SameMap(Alike(a, b), b.Zones) && SameMap(a.Circuits, b.Circuits) && SameMap(a.AlarmsSince, b.AlarmsSince);

    // Arrays are equal when they are the same one; these are when they hold the same.
    private static Dictionary<ZoneId, ZoneMemory> Alike(Memory a, Memory b) => a.Zones.ToDictionary(
        z => z.Key, z => b.Zones.TryGetValue(z.Key, out var other) && z.Value.Stays.SequenceEqual(other.Stays) ? z.Value with { Stays = other.Stays } : z.Value);

    private static bool SameMap<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> a, IReadOnlyDictionary<TKey, TValue> b) =>
        a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Equals(pair.Value, other));
}
