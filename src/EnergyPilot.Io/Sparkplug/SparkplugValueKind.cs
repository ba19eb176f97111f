namespace EnergyPilot.Io.Sparkplug;

/// <summary>In which form a value lies on the wire. Several data types share a form; the values follow the schema's order.</summary>
#pragma warning disable CA1720 // The schema's own names.
public enum SparkplugValueKind
{
    /// <summary>No value, or a form that we do not know.</summary>
    None,

    /// <summary>A whole number in 32 bits.</summary>
    Int,

    /// <summary>A whole number in 64 bits.</summary>
    Long,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Any bytes, also arrays.</summary>
    Bytes,

    /// <summary>A table.</summary>
    DataSet,

    /// <summary>Metrics that belong together.</summary>
    Template,

    /// <summary>Properties of a property.</summary>
    PropertySet,

    /// <summary>A list of such sets.</summary>
    PropertySetList,
}
#pragma warning restore CA1720
