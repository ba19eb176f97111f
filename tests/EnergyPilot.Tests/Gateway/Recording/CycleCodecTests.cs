using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Gateway.Recording;

public sealed class CycleCodecTests
{
    [Fact]
    public void What_is_recorded_is_read_back_to_the_last_bit() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        var (encoder, decoder) = (new CycleEncoder(), new CycleDecoder());
        var knowledge = Knowledge.None;
        for (var batch = 0; batch < 3; batch++)
        {
            RecordedCycle[] cycles = [.. Enumerable.Range(0, chance.Next(4)).Select(_ => Cycle(chance, site, knowledge = chance.Next(6) == 0 ? Learnt(chance, site) : knowledge))];
            foreach (var cycle in cycles) encoder.Append(cycle.Snapshot, cycle.Decision);

            var read = decoder.Read(encoder.Take()).ToArray();

            read.Length.ShouldBe(cycles.Length);
            foreach (var (one, other) in cycles.Zip(read)) Same(one, other).ShouldBeTrue();
            decoder.IsBroken.ShouldBeFalse();
        }
    }, cases: 1000);

    [Theory]
    [InlineData(19.57), InlineData(0.1), InlineData(0.30000000000000004), InlineData(-0.0), InlineData(123456.789), InlineData(1.0 / 3), InlineData(0.1f)]
    [InlineData(double.NaN), InlineData(double.NegativeInfinity), InlineData(double.Epsilon), InlineData(double.MaxValue), InlineData(1e15), InlineData(281474976710657.0)]
    public void Every_form_of_a_number_gives_it_back_to_the_last_bit(double value)
    {
        var (form, whole) = NumberForm.Find(value, 2);

        BitConverter.DoubleToInt64Bits(NumberForm.Of(form, whole)).ShouldBe(BitConverter.DoubleToInt64Bits(value));
    }

    [Fact]
    public void A_not_a_number_keeps_its_payload()
    {
        var odd = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234);
        var (form, whole) = NumberForm.Find(odd, 2);
        BitConverter.DoubleToInt64Bits(NumberForm.Of(form, whole)).ShouldBe(0x7FF8_0000_0000_1234);
    }

    [Fact]
    public void Hostile_bytes_never_throw_past_the_decoder() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        var encoder = new CycleEncoder();
        for (var n = 0; n < 3; n++) encoder.Append(Cycle(chance, site, Learnt(chance, site)).Snapshot, 1);
        var batch = encoder.Take();
        for (var n = chance.Next(1, 6); n > 0; n--) batch[chance.Next(batch.Length)] = (byte)chance.Next(256);

        new CycleDecoder().Read(batch[..chance.Next(batch.Length + 1)]).Count().ShouldBeLessThanOrEqualTo(batch.Length);
    }, cases: 3000);

    [Fact]
    public void A_steady_school_costs_next_to_nothing()
    {
        var encoder = new CycleEncoder();
        var at = new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);
        var points = Enumerable.Range(0, 100).Select(i => new PointId($"device.point-{i}")).ToArray();
        encoder.Append(new Snapshot(at, points.ToDictionary(p => p, _ => Reading.Good(19.5, at)), []), 1);
        encoder.Take();
        for (var n = 1; n <= 30; n++)
            encoder.Append(new Snapshot(at.AddSeconds(10 * n), points.ToDictionary(p => p, _ => Reading.Good(19.5, at.AddSeconds(10 * n))), []), 1);

        DayFile.Pack(FrameKind.Cycles, encoder.Take()).Length.ShouldBeLessThan(100);
    }

    internal static bool Same(RecordedCycle one, RecordedCycle other) =>
        one.Decision == other.Decision && one.Snapshot.At == other.Snapshot.At && one.Snapshot.Overrides.SequenceEqual(other.Snapshot.Overrides)
        && one.Snapshot.Readings.Count == other.Snapshot.Readings.Count
        && one.Snapshot.Readings.All(r => other.Snapshot.Readings.TryGetValue(r.Key, out var read) && Same(r.Value, read))
        && Same(one.Snapshot.Knowledge, other.Snapshot.Knowledge);

    private static bool Same(Reading one, Reading other) =>
        BitConverter.DoubleToInt64Bits(one.Value) == BitConverter.DoubleToInt64Bits(other.Value) && one.Reliability == other.Reliability && one.At == other.At;

    private static bool Same(Knowledge one, Knowledge other) =>
        one.Outlook.From == other.Outlook.From && one.Outlook.Hours.SequenceEqual(other.Outlook.Hours) && one.Zones.Count == other.Zones.Count
        && one.Zones.All(z => other.Zones.TryGetValue(z.Key, out var o)
            && z.Value.Prior.Model == o.Prior.Model && z.Value.Prior.Spread.SequenceEqual(o.Prior.Spread) && z.Value.SdRatios.SequenceEqual(o.SdRatios)
            && z.Value with { Prior = o.Prior, SdRatios = o.SdRatios } == o);

    private static RecordedCycle Cycle(Random chance, Site site, Knowledge knowledge)
    {
        var snapshot = RandomWorld.Snapshot(chance, site, RandomWorld.At(chance));
        var readings = snapshot.Readings.ToDictionary(r => r.Key, r => r.Value with { At = Extreme(chance, r.Value.At) });
        return new(new Snapshot(Extreme(chance, snapshot.At), readings, snapshot.Overrides) { Knowledge = knowledge }, chance.Next(3) == 0 ? 7 : (ulong)chance.NextInt64());
    }

    private static DateTimeOffset Extreme(Random chance, DateTimeOffset at) =>
        chance.Next(20) switch { 0 => DateTimeOffset.MinValue, 1 => DateTimeOffset.MaxValue, 2 => at.AddTicks(chance.Next()), _ => at };

    private static Knowledge Learnt(Random chance, Site site) => new(
        site.Zones.Where(_ => chance.Next(3) > 0).ToDictionary(z => z.Id, _ => Learned.Of(ZonePrior.Ordinary, RandomWorld.At(chance)) with
        {
            Model = ZoneModel.Of([.. Enumerable.Range(0, ZoneModel.Count).Select(_ => chance.NextDouble())]), Days = chance.Next(20), Rmse = chance.Next(2) == 0 ? double.NaN : chance.NextDouble(),
        }),
        new Outlook(RandomWorld.At(chance), [.. Enumerable.Range(0, chance.Next(4)).Select(_ => new OutlookHour(chance.NextDouble(), double.NaN, -chance.NextDouble(), 0))]));
}
