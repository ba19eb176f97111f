using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>Values that change their type stay the same value, or do not change.</summary>
public sealed class ScalarTests
{
    [Theory]
    [InlineData(SparkplugType.Int8, -128, 127)]
    [InlineData(SparkplugType.Int16, -32768, 32767)]
    [InlineData(SparkplugType.Int32, int.MinValue, int.MaxValue)]
    [InlineData(SparkplugType.Int64, long.MinValue, long.MaxValue)]
    [InlineData(SparkplugType.UInt8, 0, 255)]
    [InlineData(SparkplugType.UInt16, 0, 65535)]
    [InlineData(SparkplugType.UInt32, 0, uint.MaxValue)]
    [InlineData(SparkplugType.UInt64, 0, long.MaxValue)]
    public void Whole_numbers_fit_to_the_last_one_and_cross_the_wire(SparkplugType type, long least, long most)
    {
        foreach (var value in new[] { least, 0, most })
        {
            SparkplugScalar.Of(value).TryAs(type, out var scalar).ShouldBeTrue();
            byte[] scratch = [];
            SparkplugScalar.TryRead(type, scalar.Value(ref scratch), out var read).ShouldBeTrue();
            (read.Type, read.TryInteger(out var number), number).ShouldBe((type, true, value));
        }

        if (least > long.MinValue)
            SparkplugScalar.Of(least - 1).TryAs(type, out _).ShouldBeFalse();
        if (most < long.MaxValue)
            SparkplugScalar.Of(most + 1).TryAs(type, out _).ShouldBeFalse();
    }

    [Fact]
    public void Other_kinds_keep_their_kind()
    {
        Converts(SparkplugScalar.Of(ulong.MaxValue), SparkplugType.Int64).ShouldBeFalse();
        Converts(SparkplugScalar.Of(0.5), SparkplugType.Int32).ShouldBeFalse();
        Converts(SparkplugScalar.Of(true), SparkplugType.Int32).ShouldBeFalse();
        Converts(SparkplugScalar.Of(1), SparkplugType.Boolean).ShouldBeFalse();
        Converts(SparkplugScalar.Of(1L), SparkplugType.DateTime).ShouldBeFalse();
        Converts(SparkplugScalar.Of("x"), SparkplugType.Uuid).ShouldBeFalse();
        Converts(SparkplugScalar.Of("x"), SparkplugType.Bytes).ShouldBeFalse();
        Converts(SparkplugScalar.Of("6f9619ff-8b86-d011-b42d-00c04fc964ff"), SparkplugType.Uuid).ShouldBeTrue();
        Converts(SparkplugScalar.OfBytes(new byte[8]), SparkplugType.DoubleArray).ShouldBeTrue();
        Converts(SparkplugScalar.Of(ulong.MaxValue), SparkplugType.Double).ShouldBeTrue();
        Converts(SparkplugScalar.None, SparkplugType.Boolean).ShouldBeTrue();
    }

    [Fact]
    public void Values_come_back_from_the_wire()
    {
        var at = new DateTimeOffset(2026, 1, 12, 7, 30, 0, 123, TimeSpan.Zero);
        foreach (var scalar in new[] { SparkplugScalar.Of(-0.1), SparkplugScalar.Of(19.5f), SparkplugScalar.Of(true), SparkplugScalar.Of("salle é"), SparkplugScalar.Of(""), SparkplugScalar.Of(at), SparkplugScalar.Of(ulong.MaxValue) })
        {
            byte[] scratch = [];
            SparkplugScalar.TryRead(scalar.Type, scalar.Value(ref scratch), out var read).ShouldBeTrue();
            read.ShouldBe(scalar);
        }

        SparkplugScalar.Of(at).TryTime(out var instant).ShouldBeTrue();
        instant.ShouldBe(at);
        $"{SparkplugScalar.None} {SparkplugScalar.Of(1.5)} {SparkplugScalar.Of(-3)} {SparkplugScalar.OfBytes(new byte[2])}".ShouldBe("null 1.5 -3 2 bytes");
    }

    private static bool Converts(SparkplugScalar value, SparkplugType type) => value.TryAs(type, out _);
}
