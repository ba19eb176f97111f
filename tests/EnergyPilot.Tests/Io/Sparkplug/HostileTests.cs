using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>What others send, by mistake or on purpose.</summary>
public sealed class HostileTests
{
    [Theory]
    [InlineData("08", SparkplugFault.Truncated)]
    [InlineData("0880", SparkplugFault.Truncated)]
    [InlineData("12050A01", SparkplugFault.Truncated)]
    [InlineData("2AFFFFFFFF0F00", SparkplugFault.Truncated)]
    [InlineData("2AFFFFFFFFFFFFFFFFFF0100", SparkplugFault.Truncated)]
    [InlineData("0880808080808080808002", SparkplugFault.VariableInteger)]
    [InlineData("088080808080808080808001", SparkplugFault.VariableInteger)]
    [InlineData("0001", SparkplugFault.FieldNumber)]
    [InlineData("808080801001", SparkplugFault.FieldNumber)]
    [InlineData("0B0C", SparkplugFault.WireType)]
    [InlineData("0F", SparkplugFault.WireType)]
    [InlineData("0A00", SparkplugFault.WireType)]
    [InlineData("1202080A", SparkplugFault.WireType)]
    [InlineData("2201FF", SparkplugFault.Text)]
    [InlineData("12030A01C3", SparkplugFault.Text)]
    public void Bytes_that_are_no_payload_are_refused_with_the_reason(string hex, SparkplugFault expected) =>
        SparkplugWalk.Through(Convert.FromHexString(hex), SparkplugLimits.Command).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("3001")]
    [InlineData("32020102")]
    [InlineData("3D01020304")]
    [InlineData("390102030405060708")]
    [InlineData("1205D20A020102")]
    [InlineData("12059A0102FFFF")]
    public void Unknown_fields_and_extensions_are_skipped(string hex) =>
        SparkplugWalk.Through(Convert.FromHexString(hex), SparkplugLimits.Command).ShouldBe(SparkplugFault.None);

    [Fact]
    public void Payload_at_its_limit_is_taken_and_one_byte_more_refused()
    {
        var bytes = SparkplugBytes.Message(5, new byte[98]);

        SparkplugWalk.Through(bytes, new(100, 1, 4)).ShouldBe(SparkplugFault.None);
        SparkplugWalk.Through(bytes, new(99, 1, 4)).ShouldBe(SparkplugFault.TooLarge);
    }

    [Fact]
    public void Metrics_are_counted_with_those_inside_templates()
    {
        byte[] metric = SparkplugBytes.Message(2);
        byte[] three = [.. metric, .. SparkplugBytes.Message(2, SparkplugBytes.Message(18, metric))];

        SparkplugWalk.Through(three, new(100, 3, 8)).ShouldBe(SparkplugFault.None);
        SparkplugWalk.Through(three, new(100, 2, 8)).ShouldBe(SparkplugFault.TooManyMetrics);
    }

    [Theory]
    [InlineData(7, SparkplugFault.None)]
    [InlineData(8, SparkplugFault.TooDeep)]
    [InlineData(10_000, SparkplugFault.TooDeep)]
    public void Templates_within_templates_end_at_the_depth_that_is_allowed(int levels, SparkplugFault expected)
    {
        var bytes = SparkplugBytes.Message(2);
        for (var level = 0; level < levels; level++)
            bytes = SparkplugBytes.Message(2, SparkplugBytes.Message(18, bytes));

        SparkplugWalk.Through(bytes, SparkplugLimits.Command with { MaxDepth = 15 }).ShouldBe(expected);
    }

    [Fact]
    public void Properties_within_properties_end_at_the_depth_that_is_allowed()
    {
        byte[] set = [];
        for (var level = 0; level < 1000; level++)
            set = [.. SparkplugBytes.Message(1, 0x61), .. SparkplugBytes.Message(2, SparkplugBytes.Message(9, set))];

        SparkplugWalk.Through(SparkplugBytes.Message(2, SparkplugBytes.Message(9, set)), SparkplugLimits.Command with { MaxDepth = int.MaxValue })
            .ShouldBe(SparkplugFault.TooDeep);
    }

    [Fact]
    public void Of_several_values_the_last_counts_as_in_every_reader()
    {
        var metric = PayloadFacts.Read(SparkplugBytes.Message(2, [.. SparkplugBytes.Number(10, 5), .. SparkplugBytes.Message(15, 0x61)])).Metrics[0];

        metric.Value.ShouldBe(new(SparkplugValueKind.Text, 0, "61"));
    }

    [Fact]
    public void Datatype_that_does_not_exist_costs_its_metric_only()
    {
        var bytes = SparkplugBytes.Message(2, [.. SparkplugBytes.Number(4, 99), .. SparkplugBytes.Number(10, 5)]);

        SparkplugPayload.TryParse(bytes, SparkplugLimits.Command, out var payload, out _).ShouldBeTrue();
        foreach (var metric in payload.Metrics)
            metric.Value.TryNumber(metric.Type, out _).ShouldBeFalse();
        payload.MetricCount.ShouldBe(1);
    }

    [Fact]
    public void Keys_may_all_stand_before_the_values_or_between_them()
    {
        byte[] key = SparkplugBytes.Message(1, 0x61), other = SparkplugBytes.Message(1, 0x62);
        byte[] one = SparkplugBytes.Message(2, [8, 3, 24, 1]), two = SparkplugBytes.Message(2, [8, 3, 24, 2]);

        Properties([.. key, .. other, .. one, .. two]).ShouldBe(Properties([.. key, .. one, .. other, .. two]));
        Properties([.. key, .. other, .. one, .. two]).ShouldContain("b Int32");
    }

    [Fact]
    public void Types_of_columns_are_read_packed_too()
    {
        byte[] table = [.. SparkplugBytes.Number(1, 2), .. SparkplugBytes.Message(2, 0x61), .. SparkplugBytes.Message(2, 0x62), .. SparkplugBytes.Message(3, 10, 12)];

        SparkplugPayload.TryParse(SparkplugBytes.Message(2, SparkplugBytes.Message(17, table)), SparkplugLimits.Command, out var payload, out _).ShouldBeTrue();
        foreach (var metric in payload.Metrics)
            metric.Value.DataSet.ColumnType(1).ShouldBe(SparkplugType.String);
    }

    private static string Properties(byte[] set) =>
        string.Join(",", PayloadFacts.Read(SparkplugBytes.Message(2, SparkplugBytes.Message(9, set))).Metrics[0].Properties.AsEnumerable());
}
