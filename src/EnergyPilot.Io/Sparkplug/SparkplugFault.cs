namespace EnergyPilot.Io.Sparkplug;

/// <summary>Why bytes are not a payload that we take.</summary>
public enum SparkplugFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The payload has more bytes than the limits allow.</summary>
    TooLarge,

    /// <summary>More metrics than the limits allow, those inside templates included.</summary>
    TooManyMetrics,

    /// <summary>Messages within messages, deeper than the limits allow.</summary>
    TooDeep,

    /// <summary>The bytes end in the middle of a field.</summary>
    Truncated,

    /// <summary>A number has more bits than 64.</summary>
    VariableInteger,

    /// <summary>A field has the number 0, or one above 2^29 − 1.</summary>
    FieldNumber,

    /// <summary>A field has a form on the wire that it must not have, or one that does not exist.</summary>
    WireType,

    /// <summary>Text is not UTF-8.</summary>
    Text,

    /// <summary>The sequence number is above 255.</summary>
    Sequence,

    /// <summary>A property set has not as many keys as values.</summary>
    PropertySet,

    /// <summary>A data set's numbers of columns, types and values per row differ.</summary>
    DataSet,
}
