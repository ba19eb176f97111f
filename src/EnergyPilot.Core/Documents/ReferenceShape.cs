using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>The name of something that stands elsewhere in the document, or in another file.</summary>
internal sealed class ReferenceShape<T>(Saying what, IReadOnlyDictionary<string, T> known, T blank) : Shape<T>
{
    private const int Listed = 8;

    public override Saying Expected => $"the name of {what}";
    public override T Blank => blank;

    public override T Read(Spot spot)
    {
        if (spot.Node is not TextNode text)
            spot.Unexpected(Expected);
        else if (known.TryGetValue(text.Text, out var found))
            return found;
        else
            spot.Unexpected(known.Count is 0 or > Listed ? Expected : $"{Expected}: {string.Join(", ", known.Keys)}", Nearest.To(text.Text, known.Keys));
        return blank;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Shapes.IdPattern };
}
