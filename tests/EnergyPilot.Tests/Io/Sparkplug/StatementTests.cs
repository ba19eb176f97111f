using System.Buffers;
using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>What Sparkplug 3.0 asks of a payload alone. Each name begins with the statement's id, without "tck-id-".</summary>
public sealed class StatementTests
{
    [Fact]
    [Statement("payloads-timestamp-in-UTC")]
    public void Payloads_timestamp_in_UTC__local_time_is_written_as_the_same_instant()
    {
        var to = new ArrayBufferWriter<byte>();
        new SparkplugWriter(to).Timestamp(new DateTimeOffset(2027, 1, 11, 6, 0, 0, TimeSpan.FromHours(1)));

        PayloadFacts.Read(to.WrittenSpan).Timestamp.ShouldBe((ulong)new DateTimeOffset(2027, 1, 11, 5, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
    }

    [Fact]
    [Statement("payloads-metric-timestamp-in-UTC")]
    public void Payloads_metric_timestamp_in_UTC__local_time_becomes_the_same_instant()
    {
        var summer = new DateTimeOffset(2027, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));

        SparkplugTime.TryRead(SparkplugTime.Milliseconds(summer), out var read).ShouldBeTrue();
        read.ShouldBe(summer);
        read.Offset.ShouldBe(TimeSpan.Zero);
        SparkplugTime.TryRead(ulong.MaxValue, out _).ShouldBeFalse();
        Should.Throw<OverflowException>(() => SparkplugTime.Milliseconds(DateTimeOffset.UnixEpoch.AddSeconds(-1)));
    }

    [Fact]
    [Statement("payloads-name-requirement")]
    public void Payloads_name_requirement__metric_with_neither_name_nor_alias_is_not_written() =>
        Refused(new MetricFacts("", SparkplugType.Int32, new(SparkplugValueKind.Int, 1, "")));

    [Fact]
    [Statement("payloads-metric-datatype-value")]
    public void Payloads_metric_datatype_value__unknown_datatypes_are_not_written()
    {
        Refused(new MetricFacts("a", (SparkplugType)35, ValueFacts.None));
        Refused(new MetricFacts("a", SparkplugType.PropertySet, ValueFacts.None));
    }

    [Fact]
    [Statement("payloads-metric-datatype-value-type")]
    public void Payloads_metric_datatype_value_type__datatype_is_an_unsigned_32_bit_integer_in_field_4()
    {
        PayloadFacts.Read(SparkplugBytes.Message(2, SparkplugBytes.Number(4, 9))).Metrics[0].Type.ShouldBe(SparkplugType.Float);
        new PayloadFacts(null, null, "", "", new MetricFacts("a", SparkplugType.Float, ValueFacts.None) { IsNull = true }).Bytes().ShouldBe(
            SparkplugBytes.Message(2, [.. SparkplugBytes.Message(1, "a"u8.ToArray()), .. SparkplugBytes.Number(4, 9), .. SparkplugBytes.Number(7, 1)]));
    }

    [Fact]
    [Statement("payloads-metric-datatype-not-req")]
    public void Payloads_metric_datatype_not_req__data_without_datatype_is_written_and_read()
    {
        var data = new PayloadFacts(1, 1, "", "", new MetricFacts("", SparkplugType.Unknown, new(SparkplugValueKind.Double, 0, "")) { Alias = 0 });

        PayloadFacts.Read(data.Bytes()).ToString().ShouldBe(data.ToString());
    }

    [Fact]
    [Statement("operational-behavior-data-publish-nbirth-values", "operational-behavior-data-publish-dbirth-values")]
    public void Operational_behavior_data_publish_nbirth_values__null_has_no_value()
    {
        Refused(new MetricFacts("a", SparkplugType.Int32, new(SparkplugValueKind.Int, 1, "")) { IsNull = true });

        var told = SparkplugBytes.Message(2, [.. SparkplugBytes.Number(7, 1), .. SparkplugBytes.Number(10, 5)]);
        PayloadFacts.Read(told).Metrics[0].Value.ShouldBe(ValueFacts.None);
    }

    [Theory]
    [InlineData(SparkplugType.Int8, 128)]
    [InlineData(SparkplugType.UInt8, 256)]
    [InlineData(SparkplugType.UInt16, -1)]
    [InlineData(SparkplugType.Boolean, 1)]
    public void Value_that_is_not_of_its_datatype_is_not_written(SparkplugType type, int value) =>
        Refused(new MetricFacts("a", type, new(SparkplugValueKind.Int, (uint)value, "")));

    [Fact]
    [Statement("payloads-propertyset-keys-array-size")]
    public void Payloads_propertyset_keys_array_size__set_with_more_keys_than_values_is_refused() =>
        Fault(Metric(SparkplugBytes.Message(9, SparkplugBytes.Message(1, 0x61)))).ShouldBe(SparkplugFault.PropertySet);

    [Fact]
    [Statement("payloads-propertyset-values-array-size")]
    public void Payloads_propertyset_values_array_size__set_with_more_values_than_keys_is_refused() =>
        Fault(Metric(SparkplugBytes.Message(9, SparkplugBytes.Message(2, SparkplugBytes.Number(1, 3))))).ShouldBe(SparkplugFault.PropertySet);

    [Fact]
    [Statement("payloads-metric-propertyvalue-type-req")]
    public void Payloads_metric_propertyvalue_type_req__every_property_has_its_type()
    {
        var list = new SparkplugPropertyList().Add("a", 1).Add("b", "text").AddNull("c", SparkplugType.Int32);

        PropertyFacts.All(list.Properties).Select(property => property.Type).ShouldBe([SparkplugType.Double, SparkplugType.String, SparkplugType.Int32]);
    }

    [Fact]
    [Statement("payloads-metric-propertyvalue-type-value")]
    public void Payloads_metric_propertyvalue_type_value__types_of_metrics_only_are_refused()
    {
        Should.Throw<ArgumentException>(() => new SparkplugPropertyList().Add("a", SparkplugType.Bytes, SparkplugValue.OfBytes([1])));
        Should.Throw<ArgumentException>(() => new SparkplugPropertyList().AddNull("a", SparkplugType.Unknown));
        Should.Throw<ArgumentException>(() => new SparkplugPropertyList().AddNull("a", (SparkplugType)35));
    }

    [Theory]
    [InlineData(SparkplugQuality.Bad, "1800")]
    [InlineData(SparkplugQuality.Good, "18C001")]
    [InlineData(SparkplugQuality.Stale, "18F403")]
    [Statement("payloads-propertyset-quality-value-type", "payloads-propertyset-quality-value-value")]
    public void Payloads_propertyset_quality_value_type_and_value__quality_is_an_Int32_in_int_value(SparkplugQuality quality, string value)
    {
        var metric = new PayloadFacts(null, null, "", "", new MetricFacts("a", SparkplugType.Unknown, ValueFacts.None)
        {
            Properties = PropertyFacts.All(new SparkplugPropertyList().Add(quality).Properties),
        });

        var key = Convert.ToHexString(Encoding.UTF8.GetBytes("Quality"));
        Convert.ToHexString(metric.Bytes()).ShouldEndWith($"0A07{key}12{2 + value.Length / 2:X2}0803{value}");
    }

    [Fact]
    [Statement("payloads-propertyset-quality-value-value")]
    public void Payloads_propertyset_quality_value_value__other_codes_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SparkplugPropertyList().Add((SparkplugQuality)1));

    [Fact]
    [Statement("payloads-sequence-num-req-nbirth")]
    public void Payloads_sequence_num_req_nbirth__number_above_255_is_refused()
    {
        Fault(SparkplugBytes.Number(3, 255)).ShouldBe(SparkplugFault.None);
        Fault(SparkplugBytes.Number(3, 256)).ShouldBe(SparkplugFault.Sequence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [Statement("payloads-dataset-column-size")]
    public void Payloads_dataset_column_size__table_must_have_the_columns_that_it_says(ulong columns) =>
        Fault(Table(columns, names: 2, types: 2, cells: 2)).ShouldBe(SparkplugFault.DataSet);

    [Fact]
    [Statement("payloads-dataset-column-num-headers")]
    public void Payloads_dataset_column_num_headers__table_with_another_number_of_names_is_refused() =>
        Fault(Table(2, names: 1, types: 2, cells: 2)).ShouldBe(SparkplugFault.DataSet);

    [Fact]
    [Statement("payloads-dataset-types-num")]
    public void Payloads_dataset_types_num__table_with_another_number_of_types_is_refused() =>
        Fault(Table(2, names: 2, types: 3, cells: 2)).ShouldBe(SparkplugFault.DataSet);

    [Fact]
    [Statement("payloads-dataset-parameter-type-req")]
    public void Payloads_dataset_parameter_type_req__table_without_types_is_refused() =>
        Fault(Table(2, names: 2, types: 0, cells: 2)).ShouldBe(SparkplugFault.DataSet);

    [Fact]
    public void Row_with_another_number_of_values_is_refused()
    {
        Fault(Table(2, names: 2, types: 2, cells: 1)).ShouldBe(SparkplugFault.DataSet);
        Fault(Table(2, names: 2, types: 2, cells: 2)).ShouldBe(SparkplugFault.None);
    }

    private static byte[] Table(ulong columns, int names, int types, int cells) =>
        Metric(SparkplugBytes.Message(17,
        [
            .. SparkplugBytes.Number(1, columns),
            .. SparkplugBytes.Message(4, [.. Enumerable.Repeat(SparkplugBytes.Message(1, SparkplugBytes.Number(1, 5)), cells).SelectMany(bytes => bytes)]),
            .. Enumerable.Repeat(SparkplugBytes.Message(2, 0x63), names).SelectMany(bytes => bytes),
            .. Enumerable.Repeat(SparkplugBytes.Number(3, 3), types).SelectMany(bytes => bytes),
        ]));

    private static byte[] Metric(byte[] content) => SparkplugBytes.Message(2, content);

    private static SparkplugFault Fault(byte[] bytes) => SparkplugWalk.Through(bytes, SparkplugLimits.Command);

    private static void Refused(MetricFacts metric) =>
        Should.Throw<ArgumentException>(() => new PayloadFacts(null, null, "", "", metric).Bytes());
}
