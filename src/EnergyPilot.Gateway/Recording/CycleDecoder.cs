using System.Collections.Immutable;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Recording;

/// <summary>One recorded cycle: what was known, and a fingerprint of what was decided (<see cref="DecisionHash"/>).</summary>
internal sealed record RecordedCycle(Snapshot Snapshot, ulong Decision);

/// <summary>Reads what a <see cref="CycleEncoder"/> wrote, batch by batch.</summary>
internal sealed class CycleDecoder
{
    private readonly List<PointState> points = [];
    private long at, step;
    private ulong hash;
    private ImmutableArray<Override> overrides = [];
    private Knowledge knowledge = Knowledge.None;

    /// <summary>Whether something did not make sense; what was read before it holds.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The cycles of one batch, as far as it can be read.</summary>
    public IEnumerable<RecordedCycle> Read(byte[] batch)
    {
        var whole = new ByteSource(batch);
        var count = whole.Number();
        ByteSource kinds = new(whole.Block()), facts = new(whole.Block());
        for (ulong n = 0; n < count && !IsBroken; n++)
        {
            var cycle = Cycle(kinds, facts);
            IsBroken |= whole.IsBroken || kinds.IsBroken || facts.IsBroken;
            if (!IsBroken) yield return cycle;
        }
    }

    private RecordedCycle Cycle(ByteSource kinds, ByteSource facts)
    {
        var parts = (CycleParts)facts.Byte();
        step = unchecked(step + facts.Signed());
        at = unchecked(at + step);
        if (parts.HasFlag(CycleParts.Points))
            for (var n = facts.Count(); n > 0 && !facts.IsBroken; n--) points.Add(new PointState(new PointId(facts.Text())));
        if (parts.HasFlag(CycleParts.Overrides)) overrides = Wishes(facts, parts);
        if (parts.HasFlag(CycleParts.Knowledge)) Learned(facts.Block());
        if (parts.HasFlag(CycleParts.Decision)) hash = facts.Word();
        Readings(kinds, facts);
        var readings = new Dictionary<PointId, Reading>(points.Count);
        foreach (var point in points)
            if (point.IsThere) readings[point.Id] = point.Reading;
        return new RecordedCycle(new Snapshot(Instant(at), readings, overrides) { Knowledge = knowledge }, hash);
    }

    private ImmutableArray<Override> Wishes(ByteSource facts, CycleParts parts)
    {
        var wishes = ImmutableArray.CreateBuilder<Override>();
        for (var n = facts.Count(); n > 0 && !facts.IsBroken; n--)
            wishes.Add(new Override(
                facts.Signed(), new ZoneId(facts.Text()), new(BitConverter.UInt64BitsToDouble(facts.Word())), facts.Text(),
                Instant(facts.Signed()), Instant(facts.Signed()), facts.Text()));
        if (parts.HasFlag(CycleParts.Priorities))
            for (var i = 0; i < wishes.Count; i++) wishes[i] = wishes[i] with { Priority = (Priority)facts.Byte() };
        return wishes.ToImmutable();
    }

    private void Learned(ReadOnlyMemory<byte> json)
    {
        try
        {
            knowledge = JsonSerializer.Deserialize(json.Span, RecordedJson.Default.Knowledge) ?? Knowledge.None;
        }
        catch (JsonException)
        {
            IsBroken = true;
        }
    }

    private void Readings(ByteSource kinds, ByteSource facts)
    {
        var seen = at;
        for (var i = 0; i < points.Count && !kinds.IsBroken && !facts.IsBroken; i++)
        {
            var change = (PointChange)kinds.Byte();
            if (change == PointChange.Gone) points[i].IsThere = false;
            else if (change != PointChange.None) Reading(points[i], change, facts, ref seen);
        }
    }

    private void Reading(PointState point, PointChange change, ByteSource facts, ref long seen)
    {
        point.IsThere = true;
        var (value, reliability, time) = point.Reading;
        if (change.HasFlag(PointChange.Seen)) seen = unchecked(at + facts.Signed());
        if ((change & (PointChange.Seen | PointChange.SeenWithLast)) != 0) time = Instant(seen);
        if (change.HasFlag(PointChange.Form))
        {
            (point.Form, point.Whole) = (facts.Byte(), 0);
            if (point.Form >= NumberForm.Count) facts.Broken<int>();
        }

        if ((change & (PointChange.Form | PointChange.Value)) != 0)
        {
            point.Whole = point.Form == NumberForm.Bits ? (long)facts.Word() : unchecked(point.Whole + facts.Signed());
            value = facts.IsBroken ? 0 : NumberForm.Of(point.Form, point.Whole);
        }

        if (change.HasFlag(PointChange.Reliability)) reliability = (Reliability)facts.Byte();
        point.Reading = new Reading(value, reliability, time);
    }

    private DateTimeOffset Instant(long ticks)
    {
        if (ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks) return new DateTimeOffset(ticks, TimeSpan.Zero);
        IsBroken = true;
        return DateTimeOffset.MinValue;
    }
}
