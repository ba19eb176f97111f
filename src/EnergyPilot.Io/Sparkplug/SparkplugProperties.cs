namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// A set of properties, kept as it lies on the wire. Those that are received are valid as long as their payload is,
/// those from a <see cref="SparkplugPropertyList"/> for good.
/// </summary>
public readonly ref struct SparkplugProperties
{
    internal SparkplugProperties(ReadOnlySpan<byte> block) => Block = block;

    internal ReadOnlySpan<byte> Block { get; }

    /// <summary>Goes through all properties in their order.</summary>
    public Enumerator GetEnumerator() => new(Block);

    /// <summary>The first property of that name; false when there is none.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, out SparkplugProperty property)
    {
        foreach (var candidate in this)
            if (candidate.Key.SequenceEqual(key))
            {
                property = candidate;
                return true;
            }

        property = default;
        return false;
    }

    /// <summary>Walks over the properties. Keys and values are two lists on the wire, side by side or mixed: each has its own reader.</summary>
    public ref struct Enumerator
    {
        private const int Key = 1;
        private const int Value = 2;

        private ProtobufReader keys;
        private ProtobufReader values;

        internal Enumerator(ReadOnlySpan<byte> block)
        {
            keys = new ProtobufReader(block);
            values = new ProtobufReader(block);
        }

        /// <summary>The property at hand.</summary>
        public readonly SparkplugProperty Current => SparkplugProperty.Read(keys.Bytes, values.Bytes);

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => Find(ref keys, Key) && Find(ref values, Value);

        private static bool Find(ref ProtobufReader reader, int field)
        {
            while (reader.TryRead())
                if (reader.Field == field)
                    return true;
            return false;
        }
    }
}
