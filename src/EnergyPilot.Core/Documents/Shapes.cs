using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Documents;

/// <summary>The shapes that files are made of.</summary>
internal static class Shapes
{
    /// <summary>Text for people.</summary>
    public static readonly Shape<string> Text = new TextShape($"a text", ".", text => text.Trim().Length > 0);

    /// <summary>A name that other places refer to.</summary>
    public static readonly Shape<string> Id = new TextShape(
        $"a name of small letters, digits and single hyphens, for example \"gas-meter\"", IdPattern, IsId);

    /// <summary>What an <see cref="Id"/> looks like.</summary>
    public const string IdPattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    private const int LongestId = 40;

    /// <summary>A text of a certain form.</summary>
    public static Shape<string> TextLike(Saying expected, string pattern, Func<string, bool> fits) => new TextShape(expected, pattern, fits);

    /// <summary>A number with a unit of this quantity, in its canonical unit; not a number when it could not be read.</summary>
    public static Shape<double> Quantity(Quantity quantity, double low, double high) => new QuantityShape(quantity, new(low, high));

    /// <summary>A plain number.</summary>
    public static Shape<double> Number(double low, double high) => new QuantityShape(Units.Quantity.Number, new(low, high));

    public static Shape<Celsius> Celsius(double low, double high) => Quantity(Units.Quantity.Temperature, low, high).As(t => t.Celsius);

    public static Shape<Kelvin> Kelvin(double low, double high) => Quantity(Units.Quantity.TemperatureDifference, low, high).As(d => d.Kelvin);

    public static Shape<Watts> Power(double low, double high) => Quantity(Units.Quantity.Power, low, high).As(p => p.Watts);

    public static Shape<SquareMetres> Area(double low, double high) => Quantity(Units.Quantity.Area, low, high).As(a => a.SquareMetres);

    public static Shape<Metres> Length(double low, double high) => Quantity(Units.Quantity.Length, low, high).As(l => l.Metres);

    /// <summary>A time span; zero when it could not be read.</summary>
    public static Shape<TimeSpan> Duration(TimeSpan low, TimeSpan high) =>
        Quantity(Units.Quantity.Duration, low.TotalSeconds, high.TotalSeconds).As(Span);

    private static TimeSpan Span(double seconds) => double.IsNaN(seconds) ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds);

    /// <summary>A whole number, decimal or as 0x… in hexadecimal digits; zero when it could not be read.</summary>
    public static Shape<ulong> Whole(ulong low, ulong high) => new WholeShape(low, high);

    /// <summary>One word of an enumeration; its first when it could not be read.</summary>
    public static Shape<TEnum> Choice<TEnum>() where TEnum : struct, Enum => new ChoiceShape<TEnum>([.. Enum.GetValues<TEnum>()]);

    /// <summary>One word of these.</summary>
    public static Shape<TEnum> Choice<TEnum>(params ReadOnlySpan<TEnum> among) where TEnum : struct, Enum => new ChoiceShape<TEnum>([.. among]);

    /// <summary>The name of something that stands elsewhere.</summary>
    /// <param name="what">What is referred to, with its article: "a circuit".</param>
    /// <param name="known">What there is to refer to.</param>
    /// <param name="blank">What stands in when there is no such thing.</param>
    public static Shape<T> Reference<T>(Saying what, IReadOnlyDictionary<string, T> known, T blank) => new ReferenceShape<T>(what, known, blank);

    /// <summary>One, or a list of them.</summary>
    public static Shape<ImmutableArray<T>> OneOrMore<T>(Shape<T> one) => new OneOrMoreShape<T>(one);

    /// <summary>A list, also with a single item or none.</summary>
    public static Shape<ImmutableArray<T>> List<T>(Shape<T> item) => new ListShape<T>(item);

    /// <summary>A value together with its place, for checks that can only be made later.</summary>
    public static Shape<Placed<T>> Placed<T>(Shape<T> shape) => new PlacedShape<T>(shape);

    /// <summary>A group of keys that makes up one record.</summary>
    public static Shape<T> Record<T>(Func<Fields, T> read) => new RecordShape<T>(read);

    /// <summary>A map from names, chosen by the author, to what they name.</summary>
    public static Shape<ImmutableArray<T>> Named<T>(Saying what, Func<string, Fields, T> read) => new NamedShape<T>(what, Id, id => Record(fields => read(id, fields)));

    /// <summary>A map from names of a certain form to values.</summary>
    public static Shape<ImmutableArray<T>> Map<T>(Saying what, Shape<string> key, Func<string, Shape<T>> value) => new NamedShape<T>(what, key, value);

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && !text.StartsWith('-') && !text.EndsWith('-')
        && !text.Contains("--", StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
