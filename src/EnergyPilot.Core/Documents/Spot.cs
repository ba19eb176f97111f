using System.Globalization;

namespace EnergyPilot.Core.Documents;

/// <summary>A piece of a document in its place: the node, the path that leads there, and where to say what is wrong with it.</summary>
internal sealed record Spot(Node Node, string Path, Findings Findings)
{
    public Spot Into(string key, Node node) => new(node, Path.Length == 0 ? key : $"{Path}.{key}", Findings);

    public Spot Into(int index, Node node) => new(node, string.Create(CultureInfo.InvariantCulture, $"{Path}[{index}]"), Findings);

    public void Wrong(Saying found, Saying expected, string nearest = "") => Findings.Wrong(Node.Mark, Path, found, expected, nearest);

    /// <summary>The node as it stands is not what was expected.</summary>
    public void Unexpected(Saying expected, string nearest = "") => Wrong(Node.Described, expected, nearest);

    public void Warn(Saying found, Saying expected) => Findings.Warn(Node.Mark, Path, found, expected);
}
