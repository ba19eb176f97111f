using System.Buffers;
using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Sends stretches of the log: a message for each device that has samples in it, each sample with its sequence, then the node's word on what was sent.
/// A host that has counted as many knows that it has all.
/// </summary>
internal sealed class StretchSender(SparkplugEdge edge, Cursors cursors, Func<UplinkDirectory> directory, TimeProvider time)
{
    /// <summary>Samples in a message, some 15 kB; fewer when the broker takes no such messages.</summary>
    private const int Most = 500;

    private readonly Dictionary<string, List<(UplinkPoint Point, Sample Sample)>> byDevice = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> sequences = new();
    private readonly SparkplugDatum[] data = new SparkplugDatum[Most + 1];
    private int most = Most;
    private long furthest;

    /// <summary>The time of the values that the births told: what was measured before is history, also where it comes to the log after them.</summary>
    public DateTimeOffset Born { get; set; }

    /// <summary>The last sequence that may have gone out: known before it goes, for the answer may be here before the sending returns.</summary>
    public long Furthest => Interlocked.Read(ref furthest);

    /// <summary>A point stands in the log that the births do not name: they must be made anew.</summary>
    public bool HasStranger { get; private set; }

    /// <summary>Sends what follows <paramref name="after"/>, at most <paramref name="limit"/> samples and none beyond <paramref name="last"/>.</summary>
    public async ValueTask<Stretch> Send(long birth, long after, long last, int limit, Lane lane, CancellationToken stop)
    {
        var samples = cursors.ReadAfter(after, last, limit);
        // What was removed before it could be sent is a stretch without samples: the city must not wait for it.
        if (samples.IsEmpty) return last == long.MaxValue ? Stretch.Nothing(after) : await Tell(birth, new Stretch(SparkplugSent.Sent, after, last, 0), stop);
        Arrange(samples);
        if (HasStranger) return Stretch.Nothing(after);
        foreach (var (device, its) in byDevice)
            for (var from = 0; from < its.Count;)
            {
                var count = Math.Min(most, its.Count - from);
                var sent = await edge.Publish(birth, device, Message(device, its.Slice(from, count), lane), stop);
                if (sent == SparkplugSent.TooLarge && most > 1) most = Math.Max(most / 2, 1);
                else if (sent != SparkplugSent.Sent) return new Stretch(sent, after, after, 0);
                else from += count;
            }

        return await Tell(birth, new Stretch(SparkplugSent.Sent, after, samples[^1].Sequence, samples.Length), stop);
    }

    private async ValueTask<Stretch> Tell(long birth, Stretch stretch, CancellationToken stop)
    {
        if (Furthest < stretch.Through) Interlocked.Exchange(ref furthest, stretch.Through);
        var told = await edge.Publish(birth, "", Word(stretch), stop);
        return told == SparkplugSent.Sent ? stretch : new Stretch(told, stretch.After, stretch.After, 0);
    }

    private void Arrange(ImmutableArray<Sample> samples)
    {
        foreach (var its in byDevice.Values) its.Clear();
        var known = directory().Points;
        foreach (var sample in samples)
        {
            if (!known.TryGetValue(sample.Point, out var point))
            {
                HasStranger = true;
                return;
            }

            if (!byDevice.TryGetValue(point.Device, out var its)) byDevice[point.Device] = its = [];
            its.Add((point, sample));
        }

        HasStranger = false;
        // operational-behavior-data-publish-dbirth-order: by time within a message; of one point the log's order is that of time.
        foreach (var its in byDevice.Values) its.Sort((a, b) => (a.Sample.At, a.Sample.Sequence).CompareTo((b.Sample.At, b.Sample.Sequence)));
    }

    private ReadOnlyMemory<SparkplugDatum> Message(string device, List<(UplinkPoint Point, Sample Sample)> samples, Lane lane)
    {
        sequences.ResetWrittenCount();
        long before = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            var (point, sample) = samples[i];
            var (value, quality) = UplinkBirths.Value(point, sample.Value, sample.Quality);
            data[i] = new SparkplugDatum(point.Alias, value, UplinkBirths.Instant(sample.At)) { IsHistorical = lane == Lane.Late || sample.At < Born, Quality = quality };
            DeliverySequences.Write(sequences, before, sample.Sequence);
            before = sample.Sequence;
        }

        data[samples.Count] = new SparkplugDatum(directory().Sequences[device], SparkplugScalar.OfBytes(sequences.WrittenMemory), data[samples.Count - 1].At) { IsHistorical = lane == Lane.Late };
        return data.AsMemory(0, samples.Count + 1);
    }

    private ReadOnlyMemory<SparkplugDatum> Word(Stretch stretch)
    {
        var now = time.GetUtcNow();
        data[0] = new SparkplugDatum(UplinkNames.SentAfterAlias, SparkplugScalar.Of(stretch.After), now);
        data[1] = new SparkplugDatum(UplinkNames.SentThroughAlias, SparkplugScalar.Of(stretch.Through), now);
        data[2] = new SparkplugDatum(UplinkNames.SentCountAlias, SparkplugScalar.Of((long)stretch.Count), now);
        return data.AsMemory(0, 3);
    }
}

/// <summary>Whether samples are sent as they come, or afterwards.</summary>
internal enum Lane { Live, Late }
