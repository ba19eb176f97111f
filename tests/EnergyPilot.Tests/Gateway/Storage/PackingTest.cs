using EnergyPilot.Gateway.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class PackingTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_packed_day_is_the_same_to_the_last_bit() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Values.ToArbitrary(), values =>
        {
            PackedSample[] samples = [.. values.Select((v, i) => new PackedSample(i * 3, 1_000_000_000_000 + i * 977, v, double.IsNaN(v) ? 7 : 0, i / 5))];
            return PackedDay.Samples(PackedDay.Of(samples)).SequenceEqual(samples);
        }));

    [Fact]
    public void Packed_roll_ups_are_the_same_to_the_last_bit()
    {
        var random = new Random(4);
        (long Start, RollUp State)[] states = [.. Enumerable.Range(0, 96).Select(n => (n * Bucket.Quarter, n % 9 == 0
            ? RollUp.Of(n * Bucket.Quarter + 5, double.NaN)
            : RollUp.Of(n * Bucket.Quarter + 5, random.NextDouble()).Then(RollUp.Of(n * Bucket.Quarter + 9000, random.Next(40)))))];

        PackedDay.States(PackedDay.Of(states)).ShouldBe(states);
    }

    [Fact]
    public void A_block_with_any_bit_flipped_reads_as_nothing_and_never_throws()
    {
        var block = PackedDay.Of([.. Enumerable.Range(0, 50).Select(n => new PackedSample(n, n * 1000, n / 10.0, 0, 1))]);
        for (var bit = 8; bit < block.Length * 8; bit++)
        {
            var damaged = (byte[])block.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            PackedDay.Samples(damaged).ShouldBeEmpty();
            PackedDay.IsSound(damaged).ShouldBeFalse();
        }

        for (var length = 0; length < block.Length; length++) PackedDay.Samples(block.AsSpan(0, length)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Packing_changes_no_answer(int resolution)
    {
        using var store = folder.Open();
        Fill(store, days: 4);
        var before = store.Samples.Series(School.Room, Start, Start.AddDays(5), (Resolution)resolution);
        var (energy, latest) = (store.Samples.Energy(School.Gas, Start.AddHours(5), Start.AddDays(3.3)), store.Samples.Latest(School.Room));

        store.Trim(Start.AddDays(4).AddHours(3));

        folder.Number("SELECT count(*) FROM sample").ShouldBe(0);
        folder.Number("SELECT count(*) FROM rollup WHERE resolution < 3").ShouldBe(0);
        var after = store.Samples.Series(School.Room, Start, Start.AddDays(5), (Resolution)resolution);
        after.Select(p => (p.At, p.Min, p.Max)).ShouldBe(before.Select(p => (p.At, p.Min, p.Max)));
        foreach (var (a, b) in after.Zip(before)) a.Mean.ShouldBe(b.Mean, 1e-9);
        store.Samples.Energy(School.Gas, Start.AddHours(5), Start.AddDays(3.3)).ShouldBe(energy, 1e-9);
        store.Samples.Latest(School.Room).ShouldBe(latest);
    }

    [Fact]
    public void What_comes_late_for_a_packed_day_is_folded_into_it_and_packed_with_it()
    {
        using var store = folder.Open();
        Fill(store, days: 3);
        store.Trim(Start.AddDays(3).AddHours(3));

        store.Record(School.Cycle(Start.AddHours(30).AddSeconds(5), (School.Room, 60)));

        foreach (var resolution in (Resolution[])[Resolution.Quarter, Resolution.Hour, Resolution.Day])
            store.Samples.Series(School.Room, Start, Start.AddDays(3), resolution).Max(p => p.Max).ShouldBe(60);
        store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Quarter).Length.ShouldBe(3 * 96);
        var raw = store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Raw);
        raw.Select(p => p.At).ShouldBe(raw.Select(p => p.At).Order());
        raw.Count(p => p.Max.Equals(60)).ShouldBe(1);

        store.Trim(Start.AddDays(3).AddHours(3));

        folder.Number("SELECT count(*) FROM sample").ShouldBe(0);
        store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Raw).ShouldBe(raw);
        store.Samples.Series(School.Room, Start, Start.AddDays(3), Resolution.Quarter).Max(p => p.Max).ShouldBe(60);
    }

    [Fact]
    public void After_five_years_quarters_become_hours()
    {
        using var store = folder.Open();
        Fill(store, days: 2);
        store.Trim(Start.AddDays(3));
        var energy = store.Samples.Energy(School.Gas, Start, Start.AddDays(2));
        var hours = store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Hour);

        store.Trim(Start.AddDays(5 * 366 + 2));

        store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Quarter).ShouldBeEmpty();
        store.Samples.Series(School.Room, Start, Start.AddDays(2), Resolution.Hour).ShouldBe(hours);
        store.Samples.Energy(School.Gas, Start, Start.AddDays(2)).ShouldBe(energy, 1e-9);
    }

    private static Gen<double[]> Values => Gen.OneOf(
        Gen.Choose(-400, 400).Select(n => n / 16.0), Gen.Choose(0, 900).Select(n => n / 10.0), Gen.Choose(0, 90_000).Select(n => (double)(float)(n / 7.0)),
        Gen.Choose(0, 90_000).Select(n => n / 7.0), Gen.Elements(double.NaN, 0.0, -0.0, double.MaxValue, double.Epsilon, 1e15, double.PositiveInfinity)).ArrayOf();

    private void Fill(Store store, int days)
    {
        for (var minute = 0; minute < days * 1440; minute++)
            store.Record(School.Cycle(Start.AddMinutes(minute), (School.Room, 20 + minute % 50 / 10.0), (School.Gas, 1000 + minute)));
        store.Flush();
    }
}
