using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>Tables and templates: we read them, others write them.</summary>
public sealed class TableTests
{
    [Fact]
    public void Table_is_read_column_by_column_and_row_by_row()
    {
        SparkplugPayload.TryParse(Convert.FromHexString(TahuSamples.DataSet), SparkplugLimits.Command, out var payload, out _).ShouldBeTrue();
        var metrics = payload.Metrics;
        metrics.MoveNext().ShouldBeTrue();
        var table = metrics.Current.Value.DataSet;

        (table.ColumnCount, table.RowCount).ShouldBe((2, 2));
        Encoding.UTF8.GetString(table.ColumnName(1)).ShouldBe("room");
        (table.ColumnType(0), table.ColumnType(1), table.ColumnType(2)).ShouldBe((SparkplugType.Double, SparkplugType.String, SparkplugType.Unknown));
        var cells = new List<string>();
        foreach (var row in table.Rows)
            foreach (var cell in row)
                cells.Add(cell.TryNumber(SparkplugType.Double, out var number) ? $"{number}" : Encoding.UTF8.GetString(cell.Bytes));
        cells.ShouldBe(["21.5", "CP", "-0.5", "CE1"]);
    }

    [Fact]
    public void Template_is_read_with_its_members_and_parameters()
    {
        SparkplugPayload.TryParse(Convert.FromHexString(TahuSamples.Template), SparkplugLimits.Command, out var payload, out _).ShouldBeTrue();
        payload.MetricCount.ShouldBe(4);
        var metrics = payload.Metrics;
        metrics.MoveNext().ShouldBeTrue();
        var template = metrics.Current.Value.Template;

        Encoding.UTF8.GetString(template.Version).ShouldBe("v1");
        Encoding.UTF8.GetString(template.Reference).ShouldBe("Zone");
        template.IsDefinition.ShouldBeFalse();
        var members = template.Metrics;
        members.MoveNext().ShouldBeTrue();
        members.Current.Value.TryNumber(SparkplugType.Float, out var temperature).ShouldBeTrue();
        temperature.ShouldBe(19.5);
        members.MoveNext().ShouldBeTrue();
        members.Current.Value.Template.IsDefinition.ShouldBeTrue();
        MetricFacts.All(members.Current.Value.Template.Metrics).ShouldHaveSingleItem().Name.ShouldBe("n");
        var parameters = new List<string>();
        foreach (var parameter in template.Parameters)
            parameters.Add($"{Encoding.UTF8.GetString(parameter.Key)} {parameter.Type}");
        parameters.ShouldBe(["area Double", "label String"]);
    }
}
