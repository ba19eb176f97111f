using System.Diagnostics.CodeAnalysis;
using System.Text;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>What a birth said of the node or of one device, as far as data and commands need it.</summary>
internal sealed class SparkplugScope
{
    private readonly Dictionary<ulong, SparkplugEntry> byAlias = [];
    private readonly Dictionary<string, SparkplugEntry> byName = new(StringComparer.Ordinal);

    public SparkplugScope(string device, MqttTopic data, IEnumerable<SparkplugBirthMetric> metrics)
    {
        (Device, Data) = (device, data);
        foreach (var metric in metrics)
        {
            var entry = new SparkplugEntry(metric.Name, Encoding.UTF8.GetBytes(metric.Name), metric.Alias, metric.Type);
            byName.Add(metric.Name, entry);
            if (metric.Alias != 0)
                byAlias.Add(metric.Alias, entry);
        }
    }

    /// <summary>Empty for the node.</summary>
    public string Device { get; }

    public MqttTopic Data { get; }

    public bool TryFind(ulong alias, string name, [NotNullWhen(true)] out SparkplugEntry? entry) =>
        alias != 0 ? byAlias.TryGetValue(alias, out entry) : byName.TryGetValue(name, out entry);

    /// <summary>An alias that another part of the node has too; 0 when there is none.</summary>
    public ulong SharedAlias(SparkplugScope other)
    {
        foreach (var alias in byAlias.Keys)
            if (other.byAlias.ContainsKey(alias))
                return alias;
        return 0;
    }
}

/// <summary>A metric that was born.</summary>
internal sealed record SparkplugEntry(string Name, byte[] Utf8, ulong Alias, SparkplugType Type);
