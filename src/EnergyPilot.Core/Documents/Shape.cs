using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>
/// What one value of a document looks like: how it is read, and how JSON Schema says the same. Both come from one
/// description, so that an editor and the gateway can never disagree.
/// </summary>
internal abstract class Shape<T>
{
    /// <summary>The value in words, with an example: "a temperature in °C, for example \"19 °C\"".</summary>
    public abstract Saying Expected { get; }

    /// <summary>
    /// What stands in for a value that could not be read: not a number, an empty text, an empty list. Later checks compare
    /// so that it never fails, so that one mistake is reported once.
    /// </summary>
    public abstract T Blank { get; }

    /// <summary>The value; or what is wrong with it is reported, and <see cref="Blank"/> returned.</summary>
    public abstract T Read(Spot spot);

    public abstract JsonObject Schema();

    /// <summary>The same value as something else; <paramref name="make"/> must bear <see cref="Blank"/>.</summary>
    public Shape<TOther> As<TOther>(Func<T, TOther> make) => new Converted<TOther>(this, make);

    private sealed class Converted<TOther>(Shape<T> shape, Func<T, TOther> make) : Shape<TOther>
    {
        public override Saying Expected => shape.Expected;
        public override TOther Blank => make(shape.Blank);
        public override TOther Read(Spot spot) => make(shape.Read(spot));
        public override JsonObject Schema() => shape.Schema();
    }
}
