using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>What a document shall mean after an edit, worked out on its nodes alone: the text that was edited must then mean the same.</summary>
internal static class NodeTree
{
    /// <summary>The child that a step leads to, and its number among its like; none when there is none.</summary>
    public static (Node? Child, int Index) Into(Node node, Step step)
    {
        if (node is MapNode map && step.IsKey)
            for (var i = 0; i < map.Entries.Length; i++)
                if (map.Entries[i].Key == step.Key) return (map.Entries[i].Value, i);
        return node is ListNode list && !step.IsKey && step.Index < list.Items.Length ? (list.Items[step.Index], step.Index) : (null, -1);
    }

    /// <summary>With this value at the end of the steps; nothing when they lead through what is no group.</summary>
    public static Node? Put(Node node, ReadOnlySpan<Step> steps, Node value)
    {
        if (steps.IsEmpty) return value;
        var (child, index) = Into(node, steps[0]);
        var inside = Put(child ?? Nothing, steps[1..], value);
        return (node, inside) switch
        {
            (_, null) => null,
            (MapNode map, _) when index >= 0 => map with { Entries = map.Entries.SetItem(index, map.Entries[index] with { Value = inside }) },
            (MapNode map, _) when steps[0].IsKey => map with { Entries = map.Entries.Add(new Entry(Mark.Start, steps[0].Key, inside)) },
            (ListNode list, _) when index >= 0 => list with { Items = list.Items.SetItem(index, inside) },
            (TextNode { Text: "" }, _) when steps[0].IsKey => new MapNode(Mark.Start, [new Entry(Mark.Start, steps[0].Key, inside)]),
            _ => null,
        };
    }

    /// <summary>Without what stands at the end of the steps, nor what is empty then; nothing when all of it goes.</summary>
    public static Node? Drop(Node node, ReadOnlySpan<Step> steps)
    {
        if (steps.IsEmpty) return null;
        var (child, index) = Into(node, steps[0]);
        if (child is null) return node;
        var inside = Drop(child, steps[1..]);
        return node switch
        {
            MapNode map when inside is null => map.Entries.Length == 1 ? null : map with { Entries = map.Entries.RemoveAt(index) },
            MapNode map => map with { Entries = map.Entries.SetItem(index, map.Entries[index] with { Value = inside }) },
            ListNode list when inside is null => list.Items.Length == 1 ? null : list with { Items = list.Items.RemoveAt(index) },
            ListNode list => list with { Items = list.Items.SetItem(index, inside) },
            _ => node,
        };
    }

    /// <summary>Whether two pieces say the same, wherever and however they are written.</summary>
    public static bool IsSame(Node? left, Node? right) => (left, right) switch
    {
        (TextNode a, TextNode b) => a.Text == b.Text,
        (ListNode a, ListNode b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(p => IsSame(p.First, p.Second)),
        (MapNode a, MapNode b) => a.Entries.Length == b.Entries.Length && a.Entries.Zip(b.Entries).All(p => p.First.Key == p.Second.Key && IsSame(p.First.Value, p.Second.Value)),
        _ => false,
    };

    public static readonly TextNode Nothing = new(Mark.Start, "");

    public static Node AsList(Node item) => new ListNode(Mark.Start, [item]);
}
