using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Units;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Devices;

public sealed class RegisterCodecLaws
{
    private static readonly Unit[] Units = [Unit.Canonical(Quantity.Power), new("kW", Quantity.Power, 1e3), new("Wh", Quantity.Energy, 1e-3), new("°F", Quantity.Temperature, 5.0 / 9, -32 * 5.0 / 9)];

    /// <summary>Whole numbers of 64 bits are exact up to 2^53 in a double; a device index beyond 10^15 does not exist.</summary>
    private const ulong LargestExact = 1UL << 50;

    [Fact]
    public void Encode_undoes_decode_for_whole_numbers_of_every_format_and_order() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Whole.ToArbitrary(), t =>
        {
            var back = new ushort[t.Words.Length];
            RegisterCodec.Encode(t.Encoding, RegisterCodec.Decode(t.Encoding, t.Words), back);
            return back.AsSpan().SequenceEqual(t.Words);
        }));

    [Fact]
    public void Decode_undoes_encode_for_floats_of_every_order() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            ArbMap.Default.ArbFor<float>().Filter(float.IsFinite), Orders.ToArbitrary(), Gen.Elements(RegisterFormat.F32, RegisterFormat.F64).ToArbitrary(), (value, order, format) =>
            {
                var encoding = new RegisterEncoding(format, order, 1, 0, Units[0], []);
                var words = new ushort[format.Words()];
                RegisterCodec.Encode(encoding, value, words);
                return RegisterCodec.Decode(encoding, words).Equals((double)value);
            }));

    [Theory]
    [InlineData(WordOrder.Big, new ushort[] { 0x0102, 0x0304 })]
    [InlineData(WordOrder.Little, new ushort[] { 0x0304, 0x0102 })]
    [InlineData(WordOrder.BigByteSwapped, new ushort[] { 0x0201, 0x0403 })]
    [InlineData(WordOrder.LittleByteSwapped, new ushort[] { 0x0403, 0x0201 })]
    public void Orders_are_ABCD_CDAB_BADC_and_DCBA(WordOrder order, ushort[] words) =>
        RegisterCodec.Decode(Plain(RegisterFormat.U32) with { Order = order }, words).ShouldBe(0x01020304);

    [Theory]
    [InlineData(RegisterFormat.U16, 65536)]
    [InlineData(RegisterFormat.U16, -1)]
    [InlineData(RegisterFormat.I16, 32768)]
    [InlineData(RegisterFormat.U32, 4294967296)]
    [InlineData(RegisterFormat.I32, -2147483649)]
    [InlineData(RegisterFormat.U64, -1)]
    [InlineData(RegisterFormat.I64, 1e19)]
    [InlineData(RegisterFormat.F32, 1e39)]
    [InlineData(RegisterFormat.U16, double.PositiveInfinity)]
    [InlineData(RegisterFormat.U16, double.NaN)]
    public void What_does_not_fit_throws_and_never_wraps_round(RegisterFormat format, double value) =>
        Should.Throw<OverflowException>(() => RegisterCodec.Encode(Plain(format), value, new ushort[4]));

    [Fact]
    public void No_value_is_written_as_the_pattern_that_means_it()
    {
        var words = new ushort[1];
        RegisterCodec.Encode(Plain(RegisterFormat.I16) with { NotAvailable = [0x8000, 0x7FFF] }, double.NaN, words);
        words[0].ShouldBe((ushort)0x8000);
    }

    [Theory]
    [InlineData(0, 1, 0xA5F1, 1)]
    [InlineData(3, 1, 0xA5F7, 0)]
    [InlineData(4, 8, 0xA5F1, 0x5F)]
    [InlineData(12, 4, 0xA5F1, 0xA)]
    [InlineData(0, 16, 0xA5F1, 0xA5F1)]
    public void Bits_of_a_shared_register_are_read_and_written_alone(int first, int count, ushort register, double value)
    {
        var encoding = Plain(RegisterFormat.U16) with { Bits = new BitRange(first, count) };
        RegisterCodec.Decode(encoding, [register]).ShouldBe(value);
        ushort[] words = [(ushort)~register];
        RegisterCodec.Encode(encoding, value, words);
        RegisterCodec.Decode(encoding, words).ShouldBe(value);
        var others = (ushort)~encoding.Bits.Mask;
        ((ushort)(words[0] & others)).ShouldBe((ushort)(~register & others));
        Should.Throw<OverflowException>(() => RegisterCodec.Encode(encoding, 1 << count, words));
    }

    [Fact]
    public void Too_few_registers_are_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => RegisterCodec.Decode(Plain(RegisterFormat.U32), new ushort[1]));

    [Fact]
    public void A_device_that_counts_in_another_unit_is_read_in_the_canonical_one() =>
        RegisterCodec.Decode(Plain(RegisterFormat.I16) with { Unit = new Unit("°F", Quantity.Temperature, 5.0 / 9, -32 * 5.0 / 9), Scale = 0.1 }, [680]).ShouldBe(20, 1e-9);

    private static readonly Gen<WordOrder> Orders = Gen.Elements(Enum.GetValues<WordOrder>());

    private static readonly Gen<(RegisterEncoding Encoding, ushort[] Words)> Whole =
        from format in Gen.Elements(RegisterFormat.U16, RegisterFormat.I16, RegisterFormat.U32, RegisterFormat.I32, RegisterFormat.U64, RegisterFormat.I64)
        from order in Orders
        from scale in Gen.Elements(1.0, 0.1, 0.01, 10, 0.00390625)
        from offset in Gen.Elements(0.0, -40, 273)
        from unit in Gen.Elements(Units)
        from raw in ArbMap.Default.GeneratorFor<ulong>().Select(r => r & (LargestExact - 1))
        select (new RegisterEncoding(format, order, scale, offset, unit, []), Words(format, order, raw));

    /// <summary>The words of a raw number, written down independently of the codec.</summary>
    private static ushort[] Words(RegisterFormat format, WordOrder order, ulong raw)
    {
        var words = Enumerable.Range(0, format.Words()).Select(i => (ushort)(raw >> (16 * i))).ToList();
        if (order is WordOrder.Big or WordOrder.BigByteSwapped) words.Reverse();
        return [.. order is WordOrder.BigByteSwapped or WordOrder.LittleByteSwapped ? words.Select(w => (ushort)(w << 8 | w >> 8)) : words];
    }

    private static RegisterEncoding Plain(RegisterFormat format) => new(format, WordOrder.Big, 1, 0, Unit.Canonical(Quantity.Number), ImmutableArray<ulong>.Empty);
}
