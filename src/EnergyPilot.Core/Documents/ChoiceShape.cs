using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>One word among a few.</summary>
internal sealed class ChoiceShape<TEnum>(ImmutableArray<TEnum> among) : Shape<TEnum> where TEnum : struct, Enum
{
    private IEnumerable<string> Names => among.Select(Words<TEnum>.Of);

    public override Saying Expected => $"one of {string.Join(", ", Names)}";
    public override TEnum Blank => among[0];

    public override TEnum Read(Spot spot)
    {
        if (spot.Node is not TextNode text)
            spot.Unexpected(Expected);
        else if (Words<TEnum>.TryFind(text.Text, out var value) && among.Contains(value))
            return value;
        else
            spot.Unexpected(Expected, Nearest.To(text.Text, Names));
        return Blank;
    }

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Names.Select(n => JsonValue.Create(n))]) };
}
