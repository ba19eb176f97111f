using System.Buffers;
using System.Text;
using EnergyPilot.Io.Delivery;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>A sample as it arrived.</summary>
/// <param name="Point">The name that the gateway's log has for it; said in the birth.</param>
/// <param name="Value">Its value; not a number when it came as null.</param>
internal readonly record struct CitySample(long Sequence, string Point, long AtMilliseconds, double Value, bool IsHistorical);

/// <summary>What a message calls for.</summary>
internal enum Told { Nothing, Acknowledge, Rebirth }

/// <summary>A city's picture of one edge node.</summary>
internal sealed class NodeStandIn
{
    private readonly Dictionary<ulong, (string Device, string Name, string Point)> aliases = [];
    private readonly Dictionary<string, ulong> own = new(StringComparer.Ordinal);
    private readonly long[] sequences = new long[4096];
    private readonly Dictionary<string, StoredLog> logs = new(StringComparer.Ordinal);
    private StoredLog stored = new();
    private readonly Dictionary<string, long> lastLive = new(StringComparer.Ordinal);
    private byte next;
    private long since;
    private bool isBorn, hasAsked;

    /// <summary>Called for each sample that is new.</summary>
    public Action<CitySample> New { get; init; } = _ => { };

    /// <summary>The log that the samples are from.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Every sample of the present log by its sequence; one that came again replaces the one before.</summary>
    public Dictionary<long, CitySample> Samples => stored.Samples;

    /// <summary>The samples of a log.</summary>
    public IReadOnlyDictionary<long, CitySample> SamplesOf(string log) => logs.TryGetValue(log, out var found) ? found.Samples : new Dictionary<long, CitySample>();

    /// <summary>Samples that came again.</summary>
    public long Again { get; private set; }

    /// <summary>Samples that came again and said something else, other than another time.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Births of the node.</summary>
    public int Births { get; private set; }

    /// <summary>Live samples that came after a younger one of their point.</summary>
    public long Disordered { get; private set; }

    /// <summary>Messages that were missing by their sequence number.</summary>
    public int Gaps { get; private set; }

    /// <summary>Everything up to here is stored.</summary>
    public long StoredThrough => stored.Ranges.Through;

    /// <summary>The value of each other metric that was told, by device and name.</summary>
    public Dictionary<(string Device, string Name), SparkplugScalar> Last { get; } = [];

    public Told Take(string verb, string device, in SparkplugPayload payload)
    {
        if (verb == "NDEATH")
        {
            isBorn = false;
            return Told.Nothing;
        }

        if (verb == "NBIRTH") Begin();
        if (!isBorn) return AskOnce();
        if (payload.Sequence != next)
        {
            Gaps++;
            isBorn = false;
            return AskOnce();
        }

        next++;
        if (verb is "NBIRTH" or "DBIRTH") return Born(device, payload);
        return verb is "NDATA" or "DDATA" ? Data(payload) : Told.Nothing;
    }

    /// <summary>What tells the node up to where everything is stored.</summary>
    public byte[] Acknowledgement(DateTimeOffset at) =>
        Command([("", own[DeliveryMetrics.Log], SparkplugScalar.Of(Log)), ("", own[DeliveryMetrics.StoredThrough], SparkplugScalar.Of(StoredThrough))], at);

    public static byte[] Command(IReadOnlyList<(string Name, ulong Alias, SparkplugScalar Value)> metrics, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new SparkplugWriter(buffer);
        var scratch = Array.Empty<byte>();
        writer.Timestamp(at);
        foreach (var (name, alias, value) in metrics)
            writer.Metric(new SparkplugMetric
            {
                Name = Encoding.UTF8.GetBytes(name), Alias = alias == 0 ? null : alias, Timestamp = SparkplugTime.Milliseconds(at), Type = name.Length > 0 ? value.Type : SparkplugType.Unknown, IsNull = value.IsNull, Value = value.Value(ref scratch),
            });
        return buffer.WrittenSpan.ToArray();
    }

    private Told AskOnce()
    {
        if (hasAsked) return Told.Nothing;
        hasAsked = true;
        return Told.Rebirth;
    }

    private void Begin()
    {
        (isBorn, hasAsked, next, since) = (true, false, 0, 0);
        aliases.Clear();
        own.Clear();
        Births++;
    }

    private Told Born(string device, in SparkplugPayload payload)
    {
        foreach (var metric in payload.Metrics)
        {
            var name = Encoding.UTF8.GetString(metric.Name);
            var point = metric.Properties.TryFind("point"u8, out var said) ? Encoding.UTF8.GetString(said.Value.Bytes) : "";
            if (metric.Alias is { } alias) aliases[alias] = (device, name, point);
            if (device.Length == 0 && metric.Alias is { } its) own[name] = its;
            if (metric.IsNull) Last[(device, name)] = SparkplugScalar.None;
            else if (SparkplugScalar.TryRead(metric.Type, metric.Value, out var value)) Last[(device, name)] = value;
        }

        if (device.Length > 0 || !Last[("", DeliveryMetrics.Log)].TryText(out var log)) return Told.Nothing;
        if (!logs.TryGetValue(log, out var known)) logs[log] = known = new();
        (Log, stored) = (log, known);
        // What came before an uplink was set up, or was acknowledged by another city, is never sent: waiting for it would be for ever.
        if (Last.TryGetValue(("", DeliveryMetrics.StoredThrough), out var believed) && believed.TryInteger(out var through)) stored.Ranges.Add(0, through);
        return Told.Acknowledge;
    }

    private Told Data(in SparkplugPayload payload)
    {
        var count = 0;
        long after = -1, through = -1, samples = -1;
        foreach (var metric in payload.Metrics)
        {
            var (device, name, _) = aliases[metric.Alias ?? 0];
            if (name == DeliveryMetrics.Sequences && !DeliverySequences.TryRead(metric.Value.Bytes, sequences, out count)) throw new InvalidDataException("Sequences cannot be read.");
            if (device.Length == 0 && metric.Value.TryInteger(SparkplugType.Int64, out var number))
                _ = name switch
                {
                    DeliveryMetrics.SentAfter => after = number,
                    DeliveryMetrics.SentThrough => through = number,
                    DeliveryMetrics.SentCount => samples = number,
                    _ => 0,
                };
        }

        var i = 0;
        foreach (var metric in payload.Metrics)
        {
            var (device, name, point) = aliases[metric.Alias ?? 0];
            if (point.Length > 0 && i < count) Keep(sequences[i++], point, metric);
            else if (point.Length == 0 && name != DeliveryMetrics.Sequences) Note(device, name, metric);
        }

        since += count;
        if (i != count) throw new InvalidDataException($"{count} sequences and {i} samples.");
        if (through < 0) return Told.Nothing;
        if (since == samples) stored.Ranges.Add(after, through);
        since = 0;
        return Told.Acknowledge;
    }

    private void Keep(long sequence, string point, in SparkplugMetric metric)
    {
        var value = metric.IsNull ? double.NaN : metric.Value.TryBoolean(out var state) ? (state ? 1 : 0) : metric.Value.TryNumber(SparkplugType.Double, out var number) ? number : throw new InvalidDataException($"{point} is no number.");
        var sample = new CitySample(sequence, point, (long)(metric.Timestamp ?? 0), value, metric.IsHistorical);
        if (Samples.TryGetValue(sequence, out var before))
        {
            Again++;
            if (before.Point != sample.Point || !before.Value.Equals(sample.Value)) Contradictions++;
        }
        else New(sample);

        if (sample.IsHistorical) lastLive.Remove(point);
        else if (lastLive.TryGetValue(point, out var last) && last >= sequence) Disordered++;
        else lastLive[point] = sequence;

        Samples[sequence] = sample;
    }

    private void Note(string device, string name, in SparkplugMetric metric)
    {
        if (Last.TryGetValue((device, name), out var before) && SparkplugScalar.TryRead(before.Type == SparkplugType.Unknown ? SparkplugType.String : before.Type, metric.Value, out var value)) Last[(device, name)] = value;
    }
}

/// <summary>What has arrived of one log.</summary>
internal sealed class StoredLog
{
    public SequenceRanges Ranges { get; } = new(0);

    public Dictionary<long, CitySample> Samples { get; } = [];
}
