using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>A value and the spot where it was read.</summary>
internal sealed record Placed<T>(T Value, Spot Spot);

internal sealed class PlacedShape<T>(Shape<T> shape) : Shape<Placed<T>>
{
    public override Saying Expected => shape.Expected;
    public override Placed<T> Blank => new(shape.Blank, Fields.Blank().Here);
    public override Placed<T> Read(Spot spot) => new(shape.Read(spot), spot);
    public override JsonObject Schema() => shape.Schema();
}
