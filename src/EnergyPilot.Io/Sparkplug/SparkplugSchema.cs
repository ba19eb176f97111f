namespace EnergyPilot.Io.Sparkplug;

/// <summary>Which field of which message holds what. Source: Sparkplug 3.0, Google Protocol Buffer schema.</summary>
internal static class SparkplugSchema
{
    /// <summary>Where the values of a metric begin; the other kinds of value follow in the same order.</summary>
    public const int MetricValue = 10;

    /// <summary>Where the values of a property or a template's parameter begin.</summary>
    public const int PropertyValue = 3;

    /// <summary>Where the values of a data set's cell begin.</summary>
    public const int CellValue = 1;

    public static SparkplugShape ShapeOf(SparkplugShape message, int field) => message switch
    {
        SparkplugShape.Payload => OfPayload(field),
        SparkplugShape.Metric => OfMetric(field),
        SparkplugShape.MetaData => OfMetaData(field),
        SparkplugShape.PropertySet => field switch { 1 => SparkplugShape.Text, 2 => SparkplugShape.PropertyValue, _ => SparkplugShape.Unknown },
        SparkplugShape.PropertyValue => OfProperty(field),
        SparkplugShape.PropertySetList => field == 1 ? SparkplugShape.PropertySet : SparkplugShape.Unknown,
        SparkplugShape.DataSet => OfDataSet(field),
        SparkplugShape.Row => field == 1 ? SparkplugShape.Cell : SparkplugShape.Unknown,
        SparkplugShape.Cell => OfBasicValue(field - CellValue),
        SparkplugShape.Template => OfTemplate(field),
        SparkplugShape.Parameter => OfParameter(field),
        _ => SparkplugShape.Unknown,
    };

    private static SparkplugShape OfPayload(int field) => field switch
    {
        1 or 3 => SparkplugShape.Number,
        2 => SparkplugShape.Metric,
        4 => SparkplugShape.Text,
        5 => SparkplugShape.Bytes,
        _ => SparkplugShape.Unknown,
    };

    private static SparkplugShape OfMetric(int field) => field switch
    {
        1 => SparkplugShape.Text,
        >= 2 and <= 7 => SparkplugShape.Number,
        8 => SparkplugShape.MetaData,
        9 => SparkplugShape.PropertySet,
        MetricValue + 6 => SparkplugShape.Bytes,
        MetricValue + 7 => SparkplugShape.DataSet,
        MetricValue + 8 => SparkplugShape.Template,
        _ => OfBasicValue(field - MetricValue),
    };

    private static SparkplugShape OfMetaData(int field) => field switch
    {
        1 or 3 or 4 => SparkplugShape.Number,
        2 or (>= 5 and <= 8) => SparkplugShape.Text,
        _ => SparkplugShape.Unknown,
    };

    private static SparkplugShape OfProperty(int field) => field switch
    {
        1 or 2 => SparkplugShape.Number,
        PropertyValue + 6 => SparkplugShape.PropertySet,
        PropertyValue + 7 => SparkplugShape.PropertySetList,
        _ => OfBasicValue(field - PropertyValue),
    };

    private static SparkplugShape OfDataSet(int field) => field switch
    {
        1 => SparkplugShape.Number,
        2 => SparkplugShape.Text,
        3 => SparkplugShape.NumberList,
        4 => SparkplugShape.Row,
        _ => SparkplugShape.Unknown,
    };

    private static SparkplugShape OfTemplate(int field) => field switch
    {
        1 or 4 => SparkplugShape.Text,
        2 => SparkplugShape.Metric,
        3 => SparkplugShape.Parameter,
        5 => SparkplugShape.Number,
        _ => SparkplugShape.Unknown,
    };

    private static SparkplugShape OfParameter(int field) => field switch
    {
        1 => SparkplugShape.Text,
        2 => SparkplugShape.Number,
        _ => OfBasicValue(field - PropertyValue),
    };

    private static SparkplugShape OfBasicValue(int place) => place switch
    {
        0 or 1 or 4 => SparkplugShape.Number,
        2 => SparkplugShape.Fixed32,
        3 => SparkplugShape.Fixed64,
        5 => SparkplugShape.Text,
        _ => SparkplugShape.Unknown,
    };
}
