using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>Reads everything that a payload offers. Takes no notes, so that what it allocates is the reader's.</summary>
internal static class SparkplugWalk
{
    public static SparkplugFault Through(ReadOnlySpan<byte> bytes, SparkplugLimits limits)
    {
        if (!SparkplugPayload.TryParse(bytes, limits, out var payload, out var fault))
            return fault;
        var seen = Metrics(payload.Metrics);
        if (seen > payload.MetricCount || payload.MetricCount > limits.MaxMetrics)
            throw new InvalidOperationException($"{seen} metrics, {payload.MetricCount} counted: {Convert.ToHexString(bytes)}");
        return fault;
    }

    private static int Metrics(SparkplugMetrics metrics)
    {
        var count = 0;
        foreach (var metric in metrics)
        {
            _ = metric.MetaData.FileName.Length;
            Properties(metric.Properties);
            _ = metric.Properties.TryFind("Quality"u8, out _);
            count += 1 + Value(metric.Value, metric.Type);
        }

        return count;
    }

    private static int Value(SparkplugValue value, SparkplugType type)
    {
        _ = value.TryNumber(type, out _) | value.TryBoolean(out _) | value.TryTime(out _) | value.TryUuid(out _) | value.Fits(type);
        Properties(value.Properties);
        foreach (var set in value.PropertySets)
            Properties(set);
        Table(value.DataSet);
        var template = value.Template;
        foreach (var parameter in template.Parameters)
            Value(parameter.Value, parameter.Type);
        return Metrics(template.Metrics);
    }

    private static void Properties(SparkplugProperties properties)
    {
        foreach (var property in properties)
            Value(property.Value, property.Type);
    }

    private static void Table(SparkplugDataSet table)
    {
        for (var column = 0; column < table.ColumnCount; column++)
            _ = table.ColumnName(column).Length + (int)table.ColumnType(column);
        foreach (var row in table.Rows)
        {
            var cells = 0;
            foreach (var cell in row)
                cells += cell.Kind > SparkplugValueKind.Text ? table.ColumnCount + 1 : 1;
            if (cells != table.ColumnCount)
                throw new InvalidOperationException($"{cells} cells in {table.ColumnCount} columns.");
        }
    }
}
