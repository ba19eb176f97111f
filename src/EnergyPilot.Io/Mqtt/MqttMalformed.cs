namespace EnergyPilot.Io.Mqtt;

/// <summary>Why bytes are not a packet that the specification allows.</summary>
internal enum MqttMalformed
{
    None,

    /// <summary>The kind of packet is 0, or one that this version does not have.</summary>
    Kind,

    /// <summary>Reserved flags are set, or cleared where they must be set.</summary>
    Flags,

    /// <summary>A variable byte integer has more than four bytes or more than it needs.</summary>
    VariableInteger,

    /// <summary>The packet is longer than what was agreed to.</summary>
    TooLarge,

    /// <summary>The packet ends in the middle of a field.</summary>
    Truncated,

    /// <summary>Bytes follow the last field.</summary>
    Trailing,

    /// <summary>Text is not UTF-8 or contains U+0000.</summary>
    Text,

    /// <summary>QoS 3, or a duplicate of QoS 0.</summary>
    Qos,

    /// <summary>The packet identifier is 0.</summary>
    PacketIdentifier,

    /// <summary>A topic name is empty or has wildcards.</summary>
    Topic,

    /// <summary>A topic filter is empty or its wildcards stand where they must not.</summary>
    Filter,

    /// <summary>A list that needs an entry has none.</summary>
    Empty,

    /// <summary>An unknown property, or one that this packet does not have.</summary>
    Property,

    /// <summary>A property that may stand once stands twice.</summary>
    PropertyRepeated,

    /// <summary>A property has a value that it must not have.</summary>
    PropertyValue,

    /// <summary>A reason code that this packet does not have.</summary>
    Reason,

    /// <summary>Another protocol's name in CONNECT.</summary>
    ProtocolName,

    /// <summary>A protocol level other than 4 and 5.</summary>
    ProtocolLevel,
}
