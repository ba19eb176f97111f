using System.Buffers;
using EnergyPilot.Io.Sparkplug;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Sparkplug;

public sealed class CodecTests
{
    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var written = RandomPayload.Next(new Random(seed));
            PayloadFacts.Read(written.Bytes()).ToString().ShouldBe(written.ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Values_of_every_type_are_read_back_as_numbers() =>
        Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), number =>
        {
            Number(SparkplugValue.Of((int)(sbyte)number), SparkplugType.Int8).ShouldBe((sbyte)number);
            Number(SparkplugValue.Of((int)(short)number), SparkplugType.Int16).ShouldBe((short)number);
            Number(SparkplugValue.Of(number), SparkplugType.Int32).ShouldBe(number);
            Number(SparkplugValue.Of((long)number << 20), SparkplugType.Int64).ShouldBe((long)number << 20);
            Number(SparkplugValue.Of((int)(byte)number), SparkplugType.UInt8).ShouldBe((byte)number);
            Number(SparkplugValue.Of((int)(ushort)number), SparkplugType.UInt16).ShouldBe((ushort)number);
            Number(SparkplugValue.Of((uint)number), SparkplugType.UInt32).ShouldBe((uint)number);
            Number(SparkplugValue.Of((float)number), SparkplugType.Float).ShouldBe((float)number);
            Number(SparkplugValue.Of(number / 3.0), SparkplugType.Double).ShouldBe(number / 3.0);
        }).QuickCheckThrowOnFailure();

    // Worked out by hand from the schema: tag = field number × 8 + wire type.
    [Fact]
    public void Values_lie_in_their_bytes()
    {
        Written(SparkplugType.Int8, SparkplugValue.Of(-1)).ShouldBe("2001 50FFFFFFFF0F");
        Written(SparkplugType.Int16, SparkplugValue.Of(-32768)).ShouldBe("2002 508080FEFF0F");
        Written(SparkplugType.Int32, SparkplugValue.Of(300)).ShouldBe("2003 50AC02");
        Written(SparkplugType.Int64, SparkplugValue.Of(-2L)).ShouldBe("2004 58FEFFFFFFFFFFFFFFFF01");
        Written(SparkplugType.UInt8, SparkplugValue.Of(255)).ShouldBe("2005 50FF01");
        Written(SparkplugType.UInt16, SparkplugValue.Of(0)).ShouldBe("2006 5000");
        Written(SparkplugType.UInt32, SparkplugValue.Of(uint.MaxValue)).ShouldBe("2007 50FFFFFFFF0F");
        Written(SparkplugType.UInt64, SparkplugValue.Of(ulong.MaxValue)).ShouldBe("2008 58FFFFFFFFFFFFFFFFFF01");
        Written(SparkplugType.Float, SparkplugValue.Of(19.5f)).ShouldBe("2009 6500009C41");
        Written(SparkplugType.Double, SparkplugValue.Of(21.5)).ShouldBe("200A 690000000000803540");
        Written(SparkplugType.Boolean, SparkplugValue.Of(false)).ShouldBe("200B 7000");
        Written(SparkplugType.String, SparkplugValue.OfText("é"u8)).ShouldBe("200C 7A02C3A9");
        Written(SparkplugType.DateTime, SparkplugValue.Of(DateTimeOffset.UnixEpoch.AddMilliseconds(300))).ShouldBe("200D 58AC02");
        Written(SparkplugType.Bytes, SparkplugValue.OfBytes([1, 2, 3])).ShouldBe("2011 820103010203");
        Written(SparkplugType.Int16Array, SparkplugValue.OfBytes([0xFE, 0xFF])).ShouldBe("2017 820102FEFF");
    }

    [Fact]
    public void Whole_payload_lies_in_its_bytes()
    {
        var payload = new PayloadFacts(300, 2, "u", "0102", new MetricFacts("a", SparkplugType.Int32, ValueFacts.None)
        {
            Alias = 3,
            Timestamp = 7,
            IsHistorical = true,
            IsTransient = true,
            IsNull = true,
            Description = "d",
            Size = 5,
            Properties = [new("engUnit", SparkplugType.String, new(SparkplugValueKind.Text, 0, "C2B043"))],
        });

        var head = "08AC02" + "1802" + "220175" + "2A020102";
        var properties = "0A07656E67556E6974" + "1207080C4203C2B043";
        var metric = "0A0161" + "1003" + "1807" + "2003" + "2801" + "3001" + "3801" + "4207080118054201" + "64" + "4A12" + properties;
        Convert.ToHexString(payload.Bytes()).ShouldBe(head + "122C" + metric);
    }

    [Fact]
    public void Short_integers_are_read_with_and_without_their_sign_extended()
    {
        Number(SparkplugValue.Of(0xFFFFFFA9), SparkplugType.Int16).ShouldBe(-87);
        Number(SparkplugValue.Of(0x0000FFA9u), SparkplugType.Int16).ShouldBe(-87);
        Number(SparkplugValue.Of(0xA9u), SparkplugType.Int8).ShouldBe(-87);
        Number(SparkplugValue.Of(4294967295L), SparkplugType.Int32).ShouldBe(-1);
        SparkplugValue.Of(0x0001FFA9u).TryInteger(SparkplugType.Int16, out _).ShouldBeFalse();
        SparkplugValue.Of(256).TryInteger(SparkplugType.UInt8, out _).ShouldBeFalse();
        SparkplugValue.Of(-1).TryInteger(SparkplugType.UInt16, out _).ShouldBeFalse();
    }

    [Fact]
    public void Unsigned_32_bits_are_read_from_both_places_that_senders_use()
    {
        Number(SparkplugValue.Of(4_000_000_000u), SparkplugType.UInt32).ShouldBe(4_000_000_000);
        Number(SparkplugValue.Of(4_000_000_000L), SparkplugType.UInt32).ShouldBe(4_000_000_000);
        SparkplugValue.Of(5_000_000_000L).TryInteger(SparkplugType.UInt32, out _).ShouldBeFalse();
    }

    [Fact]
    public void Value_of_another_form_is_no_number()
    {
        SparkplugValue.OfText("21.5"u8).TryNumber(SparkplugType.Double, out _).ShouldBeFalse();
        SparkplugValue.Of(21.5f).TryNumber(SparkplugType.Double, out _).ShouldBeFalse();
        SparkplugValue.Of(true).TryNumber(SparkplugType.Int8, out _).ShouldBeFalse();
        default(SparkplugValue).TryNumber(SparkplugType.Int8, out _).ShouldBeFalse();
        SparkplugValue.Of(1).TryBoolean(out _).ShouldBeFalse();
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_not_written()
    {
        var writer = new SparkplugWriter(new ArrayBufferWriter<byte>());

        Should.Throw<ArgumentException>(() => writer.Uuid([0xFF]));
        Should.Throw<ArgumentException>(() => writer.Metric(new SparkplugMetric { Name = [0xFF] }));
        Should.Throw<ArgumentException>(() => writer.Metric(new SparkplugMetric { Alias = 1, Value = SparkplugValue.OfText([0xC3]) }));
        Should.Throw<ArgumentException>(() => writer.Metric(new SparkplugMetric { Alias = 1, MetaData = new SparkplugMetaData { FileName = [0xC3] } }));
        Should.Throw<ArgumentException>(() => new SparkplugPropertyList().Add("a", SparkplugType.String, SparkplugValue.OfText([0xC3])));
    }

    [Fact]
    public void Size_of_a_metric_is_known_before_it_is_written()
    {
        var to = new ArrayBufferWriter<byte>();
        var metric = new SparkplugMetric { Alias = 300, Value = SparkplugValue.OfText(new byte[200]) };
        new SparkplugWriter(to).Metric(metric);

        SparkplugWriter.SizeOf(metric).ShouldBe(to.WrittenCount);
    }

    [Fact]
    public void Births_and_data_are_written_and_read_without_allocation()
    {
        var to = new ArrayBufferWriter<byte>(4096);
        var writer = new SparkplugWriter(to);
        var list = new SparkplugPropertyList().Add("engUnit", "°C").Add("engLow", 0).Add("engHigh", 40).Add(SparkplugQuality.Good);

        // Code that is compiled anew while the test runs allocates once; what a payload costs would show in every window.
        var least = long.MaxValue;
        for (var window = 0; window < 50 && least > 0; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                Round(to, writer, list);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    private static void Round(ArrayBufferWriter<byte> to, SparkplugWriter writer, SparkplugPropertyList properties)
    {
        to.ResetWrittenCount();
        writer.Timestamp(DateTimeOffset.UnixEpoch);
        writer.Sequence(7);
        for (var i = 0u; i < 20; i++)
            writer.Metric(new SparkplugMetric
            {
                Name = "zone/temperature"u8,
                Alias = i,
                Timestamp = 1000 + i,
                Type = SparkplugType.Double,
                Properties = properties.Properties,
                Value = SparkplugValue.Of(20.5),
            });
        if (SparkplugWalk.Through(to.WrittenSpan, SparkplugLimits.Command) != SparkplugFault.None)
            throw new InvalidOperationException("What was written is refused.");
    }

    private static double Number(SparkplugValue value, SparkplugType type) =>
        value.TryNumber(type, out var number) ? number : throw new InvalidOperationException($"Not a number of {type}.");

    /// <summary>The bytes of a metric "a" behind its name: type, then value.</summary>
    private static string Written(SparkplugType type, SparkplugValue value)
    {
        var to = new ArrayBufferWriter<byte>();
        new SparkplugWriter(to).Metric(new SparkplugMetric { Name = "a"u8, Type = type, Value = value });
        var hex = Convert.ToHexString(to.WrittenSpan);
        hex[..10].ShouldBe($"12{to.WrittenCount - 2:X2}0A0161");
        return $"{hex[10..14]} {hex[14..]}";
    }
}
