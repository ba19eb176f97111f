using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>A property as plain facts; a nested set stands in <see cref="Nested"/>.</summary>
internal sealed record PropertyFacts(string Key, SparkplugType Type, ValueFacts Value, params PropertyFacts[] Nested)
{
    public static PropertyFacts[] All(SparkplugProperties properties)
    {
        var all = new List<PropertyFacts>();
        foreach (var property in properties)
            all.Add(property.Value.Kind == SparkplugValueKind.PropertySet
                ? new(Encoding.UTF8.GetString(property.Key), property.Type, ValueFacts.None, All(property.Value.Properties))
                : new(Encoding.UTF8.GetString(property.Key), property.Type, ValueFacts.Of(property.Value)));
        return [.. all];
    }

    public static SparkplugPropertyList List(PropertyFacts[] properties)
    {
        var list = new SparkplugPropertyList();
        foreach (var (key, type, value, nested) in properties)
            _ = type == SparkplugType.PropertySet ? list.Add(key, type, SparkplugValue.Of(List(nested).Properties))
                : value == ValueFacts.None ? list.AddNull(key, type)
                : list.Add(key, type, value.Value());
        return list;
    }

    public override string ToString() => $"{Key} {Type} {Value} ({string.Join("; ", Nested.AsEnumerable())})";
}
