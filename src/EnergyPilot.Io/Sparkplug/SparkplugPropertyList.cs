using System.Buffers;
using System.Text;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Puts the properties of a metric together: once per point, then every birth only copies them.
/// What the specification forbids throws.
/// </summary>
public sealed class SparkplugPropertyList
{
    /// <summary>The key that the specification reserves for <see cref="SparkplugQuality"/>.</summary>
    public const string Quality = "Quality";

    private readonly ArrayBufferWriter<byte> block = new(64);

    /// <summary>The properties so far; what is added later is not among them.</summary>
    public SparkplugProperties Properties => new(block.WrittenSpan);

    /// <summary>Adds a value of that type.</summary>
    public SparkplugPropertyList Add(string key, SparkplugType type, SparkplugValue value)
    {
        // payloads-metric-propertyvalue-type-value: basic types, sets and lists of sets.
        if (!IsOfProperties(type) || !value.Fits(type))
            throw new ArgumentException($"A property cannot be a {type} in the form {value.Kind}.", nameof(value));
        Write(key, new SparkplugProperty { Type = type, Value = value });
        return this;
    }

    /// <summary>Adds text.</summary>
    public SparkplugPropertyList Add(string key, string text) => Add(key, SparkplugType.String, SparkplugValue.OfText(Encoding.UTF8.GetBytes(text)));

    /// <summary>Adds a number.</summary>
    public SparkplugPropertyList Add(string key, double number) => Add(key, SparkplugType.Double, SparkplugValue.Of(number));

    /// <summary>Adds the quality under the key that the specification reserves for it.</summary>
    public SparkplugPropertyList Add(SparkplugQuality quality) =>
        quality is SparkplugQuality.Bad or SparkplugQuality.Good or SparkplugQuality.Stale
            ? Add(Quality, SparkplugType.Int32, SparkplugValue.Of((int)quality))
            : throw new ArgumentOutOfRangeException(nameof(quality), quality, "A quality is 0, 192 or 500.");

    /// <summary>Adds a property that has no value now.</summary>
    public SparkplugPropertyList AddNull(string key, SparkplugType type)
    {
        if (!IsOfProperties(type))
            throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of properties.");
        Write(key, new SparkplugProperty { Type = type, IsNull = true });
        return this;
    }

    private static bool IsOfProperties(SparkplugType type) =>
        type is (>= SparkplugType.Int8 and <= SparkplugType.Text) or SparkplugType.PropertySet or SparkplugType.PropertySetList;

    private void Write(string key, SparkplugProperty property)
    {
        var name = Encoding.UTF8.GetBytes(key);
        var value = ProtobufWriter.Counting;
        property.Write(ref value);
        var whole = ProtobufWriter.Counting;
        Write(ref whole, name, property, value.Length);
        var writer = new ProtobufWriter(block.GetSpan(whole.Length));
        Write(ref writer, name, property, value.Length);
        block.Advance(writer.Length);
    }

    private static void Write(ref ProtobufWriter to, ReadOnlySpan<byte> key, in SparkplugProperty property, int length)
    {
        to.Bytes(1, key);
        to.Head(2, length);
        property.Write(ref to);
    }
}
