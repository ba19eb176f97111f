using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>A list of values of one shape.</summary>
internal sealed class ListShape<T>(Shape<T> item) : Shape<ImmutableArray<T>>
{
    public override Saying Expected => $"a list, each item {item.Expected}";
    public override ImmutableArray<T> Blank => [];

    public override ImmutableArray<T> Read(Spot spot)
    {
        if (spot.Node is ListNode list) return [.. list.Items.Select((node, index) => item.Read(spot.Into(index, node)))];
        spot.Unexpected(Expected);
        return Blank;
    }

    public override JsonObject Schema() => new() { ["type"] = "array", ["items"] = item.Schema() };
}

/// <summary>One value, or a list of at least one.</summary>
internal sealed class OneOrMoreShape<T>(Shape<T> one) : Shape<ImmutableArray<T>>
{
    public override Saying Expected => $"{one.Expected}, or a list of them";
    public override ImmutableArray<T> Blank => [];

    public override ImmutableArray<T> Read(Spot spot)
    {
        if (spot.Node is TextNode) return [one.Read(spot)];
        if (spot.Node is ListNode { Items.IsEmpty: false } list) return [.. list.Items.Select((node, index) => one.Read(spot.Into(index, node)))];
        spot.Wrong(spot.Node is ListNode ? $"an empty list" : spot.Node.Described, Expected);
        return Blank;
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(one.Schema(), new JsonObject { ["type"] = "array", ["items"] = one.Schema(), ["minItems"] = 1 }),
    };
}
