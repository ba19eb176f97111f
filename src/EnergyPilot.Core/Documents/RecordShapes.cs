using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>A group of known keys; <paramref name="read"/> is the only description of them, for reading and for the schema.</summary>
internal sealed class RecordShape<T>(Func<Fields, T> read) : Shape<T>
{
    public override Saying Expected => $"a group of keys";
    public override T Blank => read(Fields.Blank());

    public override T Read(Spot spot)
    {
        if (spot.Node is MapNode map)
        {
            var fields = Fields.Of(spot, map);
            var value = read(fields);
            fields.ReportUnknownKeys();
            return value;
        }

        spot.Unexpected(Expected);
        return Blank;
    }

    public override JsonObject Schema()
    {
        var fields = Fields.Blank();
        read(fields);
        return fields.Schema();
    }
}

/// <summary>A map whose keys the author chooses, each a name of the form <paramref name="key"/>.</summary>
internal sealed class NamedShape<T>(Saying what, Shape<string> key, Func<string, Shape<T>> value) : Shape<ImmutableArray<T>>
{
    public override Saying Expected => $"{what}, each under its name";
    public override ImmutableArray<T> Blank => [];

    public override ImmutableArray<T> Read(Spot spot)
    {
        if (spot.Node is MapNode map) return [.. map.Entries.Select(entry => ReadEntry(spot, entry))];
        spot.Unexpected(Expected);
        return Blank;
    }

    private T ReadEntry(Spot spot, Entry entry)
    {
        var inside = spot.Into(entry.Key, entry.Value);
        var name = key.Read(inside with { Node = new TextNode(entry.Mark, entry.Key) });
        return value(name).Read(inside);
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object", ["propertyNames"] = key.Schema(), ["additionalProperties"] = value("").Schema(),
    };
}
