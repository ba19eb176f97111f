using System.Buffers;
using System.Text;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>Writes the payloads of an edge node, one at a time into one buffer that is kept.</summary>
internal sealed class SparkplugPen
{
    private static readonly SparkplugPropertyList Bad = new SparkplugPropertyList().Add(SparkplugQuality.Bad);
    private static readonly SparkplugPropertyList Good = new SparkplugPropertyList().Add(SparkplugQuality.Good);
    private static readonly SparkplugPropertyList Stale = new SparkplugPropertyList().Add(SparkplugQuality.Stale);

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly SparkplugWriter writer;
    private readonly bool typesInData;
    private byte[] scratch = new byte[64];
    private long[] order = [];

    public SparkplugPen(bool typesInData)
    {
        this.typesInData = typesInData;
        writer = new SparkplugWriter(buffer);
    }

    /// <summary>The payload, until the next one is begun.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    /// <summary>A death certificate: nothing but its number, and no place in the sequence (topics-ndeath-payload, topics-ndeath-seq).</summary>
    public static byte[] NodeDeath(byte number, DateTimeOffset now)
    {
        var pen = new SparkplugPen(typesInData: false);
        pen.writer.Timestamp(now);
        pen.Number(number, now);
        return pen.Written.ToArray();
    }

    public void NodeBirth(byte number, IEnumerable<SparkplugBirthMetric> metrics, DateTimeOffset now, byte sequence)
    {
        Begin(now);
        Metrics(metrics);
        Number(number, now);
        writer.Metric(new SparkplugMetric
        {
            // operational-behavior-data-commands-rebirth-name-aliases
            Name = Encoding.UTF8.GetBytes(SparkplugBirthCheck.Rebirth),
            Timestamp = SparkplugTime.Milliseconds(now),
            Type = SparkplugType.Boolean,
            Value = SparkplugValue.Of(false),
        });
        writer.Sequence(sequence);
    }

    public void DeviceBirth(IEnumerable<SparkplugBirthMetric> metrics, DateTimeOffset now, byte sequence)
    {
        Begin(now);
        Metrics(metrics);
        writer.Sequence(sequence);
    }

    public void DeviceDeath(DateTimeOffset now, byte sequence)
    {
        Begin(now);
        writer.Sequence(sequence);
    }

    /// <summary>Data in the order of their times; says which are not as born and writes nothing then.</summary>
    public bool TryData(SparkplugScope scope, ReadOnlySpan<SparkplugDatum> data, DateTimeOffset now, byte sequence, out string wrong)
    {
        wrong = "";
        Begin(now);
        Sort(data);
        for (var i = 0; i < data.Length && wrong.Length == 0; i++)
            wrong = Datum(scope, data[(int)(order[i] & ushort.MaxValue)]);
        writer.Sequence(sequence);
        return wrong.Length == 0;
    }

    private void Begin(DateTimeOffset now)
    {
        buffer.ResetWrittenCount();
        writer.Timestamp(now);
    }

    private void Number(byte number, DateTimeOffset now) => writer.Metric(new SparkplugMetric
    {
        Name = "bdSeq"u8,
        Timestamp = SparkplugTime.Milliseconds(now),
        Type = SparkplugType.Int64,
        Value = SparkplugValue.Of((long)number),
    });

    // operational-behavior-data-publish-nbirth-order, -dbirth-order: by time.
    private void Metrics(IEnumerable<SparkplugBirthMetric> metrics)
    {
        foreach (var metric in metrics.OrderBy(metric => metric.At))
        {
            var properties = new SparkplugPropertyList();
            foreach (var (name, property) in metric.Properties)
                properties.Add(name, property.Type, property.Value(ref scratch));
            metric.Value.TryAs(metric.Type, out var value);
            writer.Metric(new SparkplugMetric
            {
                Name = Encoding.UTF8.GetBytes(metric.Name),
                Alias = metric.Alias == 0 ? null : metric.Alias,
                Timestamp = SparkplugTime.Milliseconds(metric.At),
                Type = metric.Type,
                IsNull = value.IsNull,
                Properties = properties.Properties,
                Value = value.Value(ref scratch),
            });
        }
    }

    // The same for data. Keys are milliseconds and the place, so that equal times keep their order; sorted arrays of numbers allocate nothing.
    private void Sort(ReadOnlySpan<SparkplugDatum> data)
    {
        if (order.Length < data.Length)
            order = new long[Math.Max(64, data.Length * 2)];
        var isSorted = true;
        for (var i = 0; i < data.Length; i++)
        {
            order[i] = data[i].At.ToUnixTimeMilliseconds() << 16 | (uint)i;
            isSorted &= i == 0 || order[i - 1] < order[i];
        }

        if (!isSorted)
            order.AsSpan(0, data.Length).Sort();
    }

    private string Datum(SparkplugScope scope, in SparkplugDatum datum)
    {
        if (!scope.TryFind(datum.Alias, datum.Name, out var entry))
            return $"The birth of '{scope.Device}' has no metric '{datum.Name}' with the alias {datum.Alias}.";
        if (!datum.Value.TryAs(entry.Type, out var value))
            return $"The value {datum.Value} of '{entry.Name}' of '{scope.Device}' is no {entry.Type}.";
        if (datum.At < DateTimeOffset.UnixEpoch)
            return $"The value of '{entry.Name}' of '{scope.Device}' is from before 1970.";
        writer.Metric(new SparkplugMetric
        {
            // payloads-alias-data-cmd-requirement, payloads-metric-datatype-not-req
            Name = entry.Alias == 0 ? entry.Utf8 : [],
            Alias = entry.Alias == 0 ? null : entry.Alias,
            Timestamp = SparkplugTime.Milliseconds(datum.At),
            Type = typesInData ? entry.Type : SparkplugType.Unknown,
            IsHistorical = datum.IsHistorical,
            IsNull = value.IsNull,
            Properties = datum.Quality is { } quality ? Of(quality).Properties : default,
            Value = value.Value(ref scratch),
        });
        return "";
    }

    private static SparkplugPropertyList Of(SparkplugQuality quality) => quality switch
    {
        SparkplugQuality.Bad => Bad,
        SparkplugQuality.Stale => Stale,
        _ => Good,
    };
}
