using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Web.School;

/// <summary>A floor of the school as somebody drew it, rebuilt from what we allow: shapes and texts without colours, script, styles and addresses.</summary>
/// <param name="Name">The title of the drawing; empty when it has none.</param>
/// <param name="ViewBox">Left, top, width and height of the drawing.</param>
/// <param name="Elements">What it is made of, in the order of drawing.</param>
internal sealed record FloorPlan(string Name, string ViewBox, ImmutableArray<PlanElement> Elements)
{
    /// <summary>The zones that stand in it, in the order of drawing.</summary>
    public ImmutableArray<string> Zones { get; } = [.. Elements.SelectMany(e => e.AndWithin).Where(e => e.Zone.Length > 0).Select(e => e.Zone).Distinct()];
}

/// <summary>A group, shape or text of a plan.</summary>
/// <param name="Zone">The zone that it is; empty for what only belongs to the building.</param>
public sealed record PlanElement(string Name, string Zone, ImmutableArray<KeyValuePair<string, string>> Attributes, ImmutableArray<PlanElement> Children, string Text)
{
    public IEnumerable<PlanElement> AndWithin => Children.SelectMany(c => c.AndWithin).Prepend(this);

    /// <summary>A text of nothing but a degree sign is where the temperature shall stand.</summary>
    public bool IsTemperature => Name == "text" && Text == "°";

    public string this[string attribute] => Attributes.FirstOrDefault(a => a.Key == attribute).Value ?? "";
}
