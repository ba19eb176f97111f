using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// The properties of a packet of MQTT 5.0, checked when they were read and kept as they were received.
/// Those of a delivered message are valid while it is handled; those from a <see cref="MqttPropertyList"/> for good.
/// </summary>
public readonly struct MqttProperties
{
    internal MqttProperties(ReadOnlySequence<byte> block) => Block = block;

    /// <summary>No properties.</summary>
    public static MqttProperties None => default;

    internal ReadOnlySequence<byte> Block { get; }

    /// <summary>Goes through all properties in their order.</summary>
    public Enumerator GetEnumerator() => new(Block);

    /// <summary>The value of a numeric property, or what holds when it is absent.</summary>
    public uint Number(MqttPropertyId id, uint otherwise)
    {
        foreach (var property in this)
            if (property.Id == id)
                return property.Number;
        return otherwise;
    }

    /// <summary>The value of a textual property; empty when it is absent.</summary>
    public string Text(MqttPropertyId id)
    {
        foreach (var property in this)
            if (property.Id == id)
                return MqttText.Of(property.Value);
        return "";
    }

    /// <summary>Whether the property is there.</summary>
    public bool Contains(MqttPropertyId id)
    {
        foreach (var property in this)
            if (property.Id == id)
                return true;
        return false;
    }

    internal static MqttProperties Read(ref MqttReader from, MqttPacketKind place)
    {
        var block = from.Take(from.VariableInteger());
        var reader = new MqttReader(block);
        var seen = 0ul;
        while (reader.HasMore)
        {
            var property = MqttProperty.Read(ref reader);
            if (!MqttPropertyTable.Fits(property.Id, place))
                reader.Fail(MqttMalformed.Property);
            else if ((seen >> (int)property.Id & 1) != 0 && !MqttPropertyTable.MayRepeat(property.Id, place))
                reader.Fail(MqttMalformed.PropertyRepeated);
            seen |= 1ul << (int)property.Id;
        }

        // §3.1.2.11.10: data without a method is a protocol error.
        if (Has(seen, MqttPropertyId.AuthenticationData) && !Has(seen, MqttPropertyId.AuthenticationMethod))
            reader.Fail(MqttMalformed.PropertyValue);
        if (!reader.IsGood)
            from.Fail(reader.Fault);
        return from.IsGood ? new MqttProperties(block) : default;
    }

    private static bool Has(ulong seen, MqttPropertyId id) => (seen >> (int)id & 1) != 0;

    /// <summary>Walks over the properties.</summary>
    public ref struct Enumerator
    {
        private MqttReader reader;

        internal Enumerator(ReadOnlySequence<byte> block) => reader = new MqttReader(block);

        /// <summary>The property at hand.</summary>
        public MqttProperty Current { get; private set; }

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            if (!reader.HasMore)
                return false;
            Current = MqttProperty.Read(ref reader);
            return reader.IsGood;
        }
    }
}
