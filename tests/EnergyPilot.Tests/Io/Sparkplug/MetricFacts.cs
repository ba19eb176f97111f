using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>A metric as plain facts.</summary>
internal sealed record MetricFacts(string Name, SparkplugType Type, ValueFacts Value)
{
    public ulong? Alias { get; init; }

    public ulong? Timestamp { get; init; }

    public bool IsHistorical { get; init; }

    public bool IsTransient { get; init; }

    public bool IsNull { get; init; }

    public string Description { get; init; } = "";

    public ulong? Size { get; init; }

    public PropertyFacts[] Properties { get; init; } = [];

    public static MetricFacts[] All(SparkplugMetrics metrics)
    {
        var all = new List<MetricFacts>();
        foreach (var metric in metrics)
            all.Add(Of(metric));
        return [.. all];
    }

    public void Write(SparkplugWriter to)
    {
        var metric = new SparkplugMetric
        {
            Name = Encoding.UTF8.GetBytes(Name),
            Alias = Alias,
            Timestamp = Timestamp,
            Type = Type,
            IsHistorical = IsHistorical,
            IsTransient = IsTransient,
            IsNull = IsNull,
            MetaData = new SparkplugMetaData { Size = Size, Description = Encoding.UTF8.GetBytes(Description), IsMultiPart = Size is not null },
            Properties = PropertyFacts.List(Properties).Properties,
            Value = Value.Value(),
        };
        to.Metric(metric);
    }

    public override string ToString() =>
        $"  {Name}[{Alias}] {Type} {Value} at {Timestamp} {IsHistorical} {IsTransient} {IsNull} '{Description}' {Size} {{{string.Join("; ", Properties.AsEnumerable())}}}";

    private static MetricFacts Of(in SparkplugMetric metric)
    {
        metric.MetaData.IsMultiPart.ShouldBe(metric.MetaData.Size is not null);
        return new(Encoding.UTF8.GetString(metric.Name), metric.Type, ValueFacts.Of(metric.Value))
        {
            Alias = metric.Alias,
            Timestamp = metric.Timestamp,
            IsHistorical = metric.IsHistorical,
            IsTransient = metric.IsTransient,
            IsNull = metric.IsNull,
            Description = Encoding.UTF8.GetString(metric.MetaData.Description),
            Size = metric.MetaData.Size,
            Properties = PropertyFacts.All(metric.Properties),
        };
    }
}
