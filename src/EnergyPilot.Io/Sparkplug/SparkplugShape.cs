namespace EnergyPilot.Io.Sparkplug;

/// <summary>What a field of the schema holds: a scalar, or one of the schema's messages (from <see cref="Payload"/> on).</summary>
internal enum SparkplugShape
{
    /// <summary>Not in the schema, or an extension: skipped.</summary>
    Unknown,
    Number,
    NumberList,
    Fixed32,
    Fixed64,
    Text,
    Bytes,
    Payload,
    Metric,
    MetaData,
    PropertySet,
    PropertyValue,
    PropertySetList,
    DataSet,
    Row,
    Cell,
    Template,
    Parameter,
}
