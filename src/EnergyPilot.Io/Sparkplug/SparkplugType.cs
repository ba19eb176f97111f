namespace EnergyPilot.Io.Sparkplug;

/// <summary>What a value is. Source: Sparkplug 3.0, data types; the values are theirs.</summary>
#pragma warning disable CA1720 // The specification's own names.
public enum SparkplugType
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>−128 to 127.</summary>
    Int8 = 1,

    /// <summary>−32 768 to 32 767.</summary>
    Int16 = 2,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 3,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 4,

    /// <summary>0 to 255.</summary>
    UInt8 = 5,

    /// <summary>0 to 65 535.</summary>
    UInt16 = 6,

    /// <summary>Unsigned, 32 bits. Eclipse Tahu up to 1.0.3 for JavaScript reads none that is sent as specified; UInt64 is read by all.</summary>
    UInt32 = 7,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 8,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float = 9,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double = 10,

    /// <summary>True or false.</summary>
    Boolean = 11,

    /// <summary>UTF-8.</summary>
    String = 12,

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    DateTime = 13,

    /// <summary>UTF-8, long.</summary>
    Text = 14,

    /// <summary>A UUID as text.</summary>
    Uuid = 15,

    /// <summary>A table.</summary>
    DataSet = 16,

    /// <summary>Any bytes.</summary>
    Bytes = 17,

    /// <summary>The bytes of a file.</summary>
    File = 18,

    /// <summary>Metrics that belong together.</summary>
    Template = 19,

    /// <summary>Of properties only: a set of properties.</summary>
    PropertySet = 20,

    /// <summary>Of properties only: a list of sets.</summary>
    PropertySetList = 21,

    /// <summary>As bytes, one each.</summary>
    Int8Array = 22,

    /// <summary>As bytes, two each, little endian.</summary>
    Int16Array = 23,

    /// <summary>As bytes, four each, little endian.</summary>
    Int32Array = 24,

    /// <summary>As bytes, eight each, little endian.</summary>
    Int64Array = 25,

    /// <summary>As bytes, one each.</summary>
    UInt8Array = 26,

    /// <summary>As bytes, two each, little endian.</summary>
    UInt16Array = 27,

    /// <summary>As bytes, four each, little endian.</summary>
    UInt32Array = 28,

    /// <summary>As bytes, eight each, little endian.</summary>
    UInt64Array = 29,

    /// <summary>As bytes, four each, little endian.</summary>
    FloatArray = 30,

    /// <summary>As bytes, eight each, little endian.</summary>
    DoubleArray = 31,

    /// <summary>As bytes: the count (four, little endian), then bits.</summary>
    BooleanArray = 32,

    /// <summary>As bytes: texts, each ended by a zero.</summary>
    StringArray = 33,

    /// <summary>As bytes, eight each, little endian: milliseconds since 1970-01-01 UTC.</summary>
    DateTimeArray = 34,
}
#pragma warning restore CA1720
