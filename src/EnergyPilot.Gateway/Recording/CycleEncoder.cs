using System.Collections.Immutable;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// Turns cycles into bytes, each as what changed since the one before. What changed and what it is now stand in two columns: the
/// first is nearly the same in every cycle and all but vanishes when packed.
/// </summary>
internal sealed class CycleEncoder
{
    private readonly ByteSink kinds = new(), facts = new();
    private readonly List<PointState> points = [];
    private readonly Dictionary<PointId, int> index = [];
    private Reading?[] now = new Reading?[64];
    private long at, step;
    private ulong hash;
    private ImmutableArray<Override> overrides = [];
    private Knowledge knowledge = Knowledge.None;

    /// <summary>Cycles since the last batch was taken.</summary>
    public int Cycles { get; private set; }

    public int Size => kinds.Count + facts.Count;

    public void Append(Snapshot snapshot, ulong decision)
    {
        Cycles++;
        var added = Arrange(snapshot);
        var wishes = !snapshot.Overrides.AsSpan().SequenceEqual(overrides.AsSpan());
        var learned = !ReferenceEquals(snapshot.Knowledge, knowledge);
        facts.Byte((byte)((added < points.Count ? CycleParts.Points : 0) | (wishes ? CycleParts.Overrides : 0)
            | (wishes && snapshot.Overrides.Any(o => o.Priority != Priority.Operator) ? CycleParts.Priorities : 0)
            | (learned ? CycleParts.Knowledge : 0) | (decision != hash ? CycleParts.Decision : 0)));
        Time(snapshot.At.UtcTicks);
        if (added < points.Count) Names(added);
        if (wishes) Wishes(overrides = snapshot.Overrides);
        if (learned) facts.Block(JsonSerializer.SerializeToUtf8Bytes(knowledge = snapshot.Knowledge, RecordedJson.Default.Knowledge));
        if (decision != hash) facts.Word(hash = decision);
        Readings();
    }

    /// <summary>Everything since the last time, as one block; the next begins empty.</summary>
    public byte[] Take()
    {
        var batch = new ByteSink();
        batch.Number((ulong)Cycles);
        batch.Block(kinds.Written);
        batch.Block(facts.Written);
        kinds.Clear();
        facts.Clear();
        Cycles = 0;
        return batch.Written.ToArray();
    }

    private int Arrange(Snapshot snapshot)
    {
        var before = points.Count;
        Array.Clear(now);
        foreach (var (id, reading) in snapshot.Readings)
        {
            if (!index.TryGetValue(id, out var place))
            {
                index[id] = place = points.Count;
                points.Add(new PointState(id));
                if (place == now.Length) Array.Resize(ref now, 2 * place);
            }

            now[place] = reading;
        }

        return before;
    }

    // A steady beat is a zero: only its change is kept.
    private void Time(long ticks)
    {
        facts.Signed(ticks - at - step);
        (step, at) = (ticks - at, ticks);
    }

    private void Names(int from)
    {
        facts.Number((ulong)(points.Count - from));
        for (var i = from; i < points.Count; i++) facts.Text(points[i].Id.Name);
    }

    private void Wishes(ImmutableArray<Override> wishes)
    {
        facts.Number((ulong)wishes.Length);
        foreach (var wish in wishes)
        {
            facts.Signed(wish.Id);
            facts.Text(wish.Zone.Name);
            facts.Word(BitConverter.DoubleToUInt64Bits(wish.Setpoint.Degrees));
            facts.Text(wish.Owner);
            facts.Signed(wish.From.UtcTicks);
            facts.Signed(wish.Until.UtcTicks);
            facts.Text(wish.Note);
        }

        // Wishes of staff, as all were once, need none.
        if (!wishes.Any(o => o.Priority != Priority.Operator)) return;
        foreach (var wish in wishes) facts.Byte((byte)wish.Priority);
    }

    private void Readings()
    {
        var seen = at;
        for (var i = 0; i < points.Count; i++)
        {
            if (now[i] is { } reading) Reading(points[i], reading, ref seen);
            else if (points[i].IsThere)
            {
                points[i].IsThere = false;
                kinds.Byte((byte)PointChange.Gone);
            }
            else kinds.Byte((byte)PointChange.None);
        }
    }

    private void Reading(PointState point, Reading reading, ref long seen)
    {
        var before = point.Reading;
        var (form, whole) = BitConverter.DoubleToInt64Bits(reading.Value) == BitConverter.DoubleToInt64Bits(before.Value)
            ? (point.Form, point.Whole) : NumberForm.Find(reading.Value, point.Form);
        var time = reading.At == before.At ? PointChange.None : reading.At.UtcTicks == seen ? PointChange.SeenWithLast : PointChange.Seen;
        kinds.Byte((byte)(time
            | (form != point.Form ? PointChange.Form : whole != point.Whole ? PointChange.Value : 0)
            | (reading.Reliability != before.Reliability ? PointChange.Reliability : 0)
            | (point.IsThere ? 0 : PointChange.Back)));
        if (time == PointChange.Seen) facts.Signed((seen = reading.At.UtcTicks) - at);
        if (form != point.Form) facts.Byte((byte)form);
        if (form != point.Form || whole != point.Whole) Value(form, whole, form == point.Form ? point.Whole : 0);
        if (reading.Reliability != before.Reliability) facts.Byte((byte)reading.Reliability);
        (point.Reading, point.Form, point.Whole, point.IsThere) = (reading, form, whole, true);
    }

    private void Value(int form, long whole, long before)
    {
        if (form == NumberForm.Bits) facts.Word((ulong)whole);
        else facts.Signed(whole - before);
    }
}

/// <summary>What follows the time of a cycle.</summary>
[Flags]
internal enum CycleParts : byte
{
    Points = 1,
    Overrides = 2,
    Knowledge = 4,
    Decision = 8,

    /// <summary>After the overrides: the priority of each, where not all are the staff's.</summary>
    Priorities = 16,
}
