using EnergyPilot.Io.MBus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>What a virtual meter sends is what a master reads.</summary>
public sealed class RecordWriterTests
{
    private static readonly (MBusQuantity Quantity, MBusUnit Unit, int Least, int Most)[] Numbers =
    [
        (MBusQuantity.Energy, MBusUnit.WattHour, -3, 4), (MBusQuantity.Energy, MBusUnit.Joule, 0, 9), (MBusQuantity.Volume, MBusUnit.CubicMetre, -6, 1),
        (MBusQuantity.Power, MBusUnit.Watt, -3, 6), (MBusQuantity.VolumeFlow, MBusUnit.CubicMetrePerHour, -6, 1),
        (MBusQuantity.FlowTemperature, MBusUnit.Celsius, -3, 0), (MBusQuantity.TemperatureDifference, MBusUnit.Kelvin, -3, 0),
        (MBusQuantity.Pressure, MBusUnit.Pascal, 2, 5), (MBusQuantity.RelativeHumidity, MBusUnit.Percent, -1, 0), (MBusQuantity.OnTime, MBusUnit.Second, 0, 0),
        (MBusQuantity.Voltage, MBusUnit.Volt, -9, 6), (MBusQuantity.Current, MBusUnit.Ampere, -12, 3), (MBusQuantity.HeatCostUnits, MBusUnit.HeatCostUnit, 0, 0),
        (MBusQuantity.ReactivePower, MBusUnit.Var, 0, 3), (MBusQuantity.Frequency, MBusUnit.Hertz, -3, 0),
    ];

    private static readonly (MBusCoding Coding, long Most)[] Codings =
    [
        (MBusCoding.OneByte, 127), (MBusCoding.TwoBytes, 32_767), (MBusCoding.ThreeBytes, 8_388_607), (MBusCoding.FourBytes, int.MaxValue),
        // Beyond fifteen digits a double does not come back from its decimal form as it was.
        (MBusCoding.SixBytes, (1L << 47) - 1), (MBusCoding.EightBytes, 999_999_999_999_999),
        (MBusCoding.Bcd2, 9), (MBusCoding.Bcd4, 999), (MBusCoding.Bcd6, 99_999), (MBusCoding.Bcd8, 9_999_999), (MBusCoding.Bcd12, 99_999_999_999),
    ];

    [Fact]
    public void What_was_written_is_read() => Prop.ForAll(Outputs().ToArbitrary(), output =>
    {
        var record = WrittenAndRead(output);
        return (record.Quantity, record.Unit, record.Function, record.Storage, record.Tariff, record.Subunit, record.Number, record.Fault, record.Modifiers)
            == (output.Quantity, output.Unit, output.Function, output.Storage, output.Tariff, output.Subunit, output.Number, MBusRecordFault.None, MBusModifiers.None);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(MBusCoding.Date)]
    [InlineData(MBusCoding.DateTime)]
    [InlineData(MBusCoding.DateTimeSecond)]
    public void Times_that_were_written_are_read(MBusCoding coding) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seconds =>
    {
        var time = new DateTime(2000, 1, 1).AddSeconds(seconds);
        time = coding switch
        {
            MBusCoding.Date => time.Date,
            MBusCoding.DateTime => time.AddSeconds(-time.Second),
            _ => time,
        };
        var quantity = coding == MBusCoding.Date ? MBusQuantity.Date : MBusQuantity.DateTime;
        return WrittenAndRead(new MBusOutput(quantity, MBusUnit.None, coding, 0) { Time = time }).Time == time;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_that_was_written_is_read() =>
        WrittenAndRead(new MBusOutput(MBusQuantity.CustomerLocation, MBusUnit.None, MBusCoding.Text, 0) { Text = "École, sous-sol" }).Text.ShouldBe("École, sous-sol");

    [Fact]
    public void Real_numbers_keep_their_precision() =>
        WrittenAndRead(new MBusOutput(MBusQuantity.Power, MBusUnit.Watt, MBusCoding.Real, 3) { Number = -170.75 }).Number.ShouldBe(-170.75, 1e-4);

    [Theory]
    [InlineData(MBusCoding.OneByte, -128)]
    [InlineData(MBusCoding.OneByte, 128)]
    [InlineData(MBusCoding.Bcd2, 100)]
    [InlineData(MBusCoding.Bcd2, -10)]
    [InlineData(MBusCoding.EightBytes, double.NaN)]
    [InlineData(MBusCoding.EightBytes, 1e300)]
    [InlineData(MBusCoding.Date, 1)]
    public void What_cannot_be_sent_is_refused(MBusCoding coding, double number) =>
        MBusRecordWriter.TryWrite(new MBusOutput(MBusQuantity.FlowTemperature, MBusUnit.Celsius, coding, 0) { Number = number }, new byte[64], out _).ShouldBeFalse();

    [Fact]
    public void Resolution_without_a_code_is_refused() =>
        MBusRecordWriter.TryWrite(new MBusOutput(MBusQuantity.FlowTemperature, MBusUnit.Celsius, MBusCoding.TwoBytes, 1), new byte[64], out _).ShouldBeFalse();

    private static Gen<MBusOutput> Outputs() =>
        from number in Gen.Elements(Numbers)
        from coding in Gen.Elements(Codings)
        from exponent in Gen.Choose(number.Least, number.Most)
        from digits in Gen.OneOf(UpTo(coding.Most), Gen.Choose(0, 9).Select(small => (long)small))
        from sign in Gen.Elements(-1, 1)
        from function in Gen.Choose(0, 3)
        from storage in Gen.OneOf(UpTo(3), UpTo((1L << 41) - 1))
        from tariff in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, (1 << 20) - 1))
        from subunit in Gen.OneOf(Gen.Choose(0, 1), Gen.Choose(0, 1023))
        select new MBusOutput(number.Quantity, number.Unit, coding.Coding, exponent)
        {
            // The nearest double to the decimal, as a person would write it.
            Number = double.Parse($"{sign * digits}e{exponent}", System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture),
            Function = (MBusFunction)function,
            Storage = storage,
            Tariff = tariff,
            Subunit = subunit,
        };

    private static Gen<long> UpTo(long most) =>
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select ((long)high << 31 | (uint)low) % (most + 1);

    private static MBusRecord WrittenAndRead(MBusOutput output)
    {
        var bytes = new byte[MBusFrame.MaxApplication];
        bytes[0] = 0x78;
        MBusRecordWriter.TryWrite(output, bytes.AsSpan(1), out var length).ShouldBeTrue($"{output}");
        MBusTelegram.TryParse(bytes.AsSpan(0, 1 + length), out var telegram).ShouldBeTrue();
        return telegram.Records.ShouldHaveSingleItem();
    }
}
