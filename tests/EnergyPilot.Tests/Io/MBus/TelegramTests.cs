using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Records of every kind. Clauses: EN 13757-3, data records and annex A; each record was composed by hand from its tables.</summary>
public sealed class TelegramTests
{
    [Fact]
    public void Digits_of_the_meter_are_digits_of_the_value()
    {
        // As a Multical 601 says it: 37351 kWh, 561.08 m³, 101.69 °C, 34.7 kW.
        One("04 06 E7 91 00 00").Number.ShouldBe(37_351_000);
        One("04 14 2C DB 00 00").Number.ShouldBe(561.08);
        One("02 59 B9 27").Number.ShouldBe(101.69);
        One("04 2D 5B 01 00 00").Number.ShouldBe(34_700);
    }

    [Theory]
    [InlineData("04 0E 01 00 00 00", MBusQuantity.Energy, MBusUnit.Joule, 1e6)]
    [InlineData("04 30 10 0E 00 00", MBusQuantity.Power, MBusUnit.Watt, 1)]
    [InlineData("02 44 02 00", MBusQuantity.VolumeFlow, MBusUnit.CubicMetrePerHour, 0.12)]
    [InlineData("02 4F 01 00", MBusQuantity.VolumeFlow, MBusUnit.CubicMetrePerHour, 36)]
    [InlineData("02 55 03 00", MBusQuantity.MassFlow, MBusUnit.KilogramPerHour, 300)]
    [InlineData("02 69 7B 00", MBusQuantity.Pressure, MBusUnit.Pascal, 123_000)]
    [InlineData("01 20 07", MBusQuantity.OnTime, MBusUnit.Second, 7)]
    [InlineData("01 25 02", MBusQuantity.OperatingTime, MBusUnit.Second, 120)]
    [InlineData("04 FB 01 02 00 00 00", MBusQuantity.Energy, MBusUnit.WattHour, 2e6)]
    [InlineData("04 FB 09 02 00 00 00", MBusQuantity.Energy, MBusUnit.Joule, 2e9)]
    [InlineData("04 FB 0D 01 00 00 00", MBusQuantity.Energy, MBusUnit.Joule, 4_186_800)]
    [InlineData("01 FB 1A 2F", MBusQuantity.RelativeHumidity, MBusUnit.Percent, 4.7)]
    [InlineData("02 FB 2E 88 13", MBusQuantity.Frequency, MBusUnit.Hertz, 500)]
    [InlineData("01 FB 20 64", MBusQuantity.Volume, MBusUnit.CubicMetre, 2.8316846592)]
    [InlineData("02 FB 59 E8 03", MBusQuantity.FlowTemperature, MBusUnit.Celsius, -12.222222222222221)]
    [InlineData("02 FD 48 0F 09", MBusQuantity.Voltage, MBusUnit.Volt, 231.9)]
    [InlineData("02 FD 59 39 30", MBusQuantity.Current, MBusUnit.Ampere, 12.345)]
    [InlineData("01 FD 31 02", MBusQuantity.TariffDuration, MBusUnit.Second, 120)]
    [InlineData("01 FD 6E 05", MBusQuantity.BatteryTime, MBusUnit.Month, 5)]
    [InlineData("01 FD 6D 05", MBusQuantity.BatteryTime, MBusUnit.Second, 432_000)]
    [InlineData("02 FD 74 0A 00", MBusQuantity.BatteryRemaining, MBusUnit.Second, 864_000)]
    [InlineData("02 FD 17 FF FF", MBusQuantity.ErrorFlags, MBusUnit.None, 65_535)]
    [InlineData("02 13 FE FF", MBusQuantity.Volume, MBusUnit.CubicMetre, -0.002)]
    [InlineData("0B 2B 56 34 F2", MBusQuantity.Power, MBusUnit.Watt, -23_456)]
    [InlineData("07 03 00 00 00 00 00 01 00 00", MBusQuantity.Energy, MBusUnit.WattHour, 1_099_511_627_776)]
    [InlineData("0D 06 C2 34 12", MBusQuantity.Energy, MBusUnit.WattHour, 1_234_000)]
    [InlineData("0D 06 D2 34 12", MBusQuantity.Energy, MBusUnit.WattHour, -1_234_000)]
    [InlineData("0D 06 E3 01 00 01", MBusQuantity.Energy, MBusUnit.WattHour, 65_537_000)]
    [InlineData("04 86 77 05 00 00 00", MBusQuantity.Energy, MBusUnit.WattHour, 50_000)]
    [InlineData("04 86 7D 05 00 00 00", MBusQuantity.Energy, MBusUnit.WattHour, 5_000_000)]
    public void Numbers_come_out_in_their_unit(string record, MBusQuantity quantity, MBusUnit unit, double value)
    {
        var read = One(record);
        (read.Quantity, read.Unit, read.Number, read.Kind, read.Fault).ShouldBe((quantity, unit, value, MBusValueKind.Number, MBusRecordFault.None));
        read.IsGood.ShouldBeTrue();
    }

    [Theory]
    [InlineData("04 86 3B 05 00 00 00", MBusModifiers.PositiveOnly)]
    [InlineData("04 86 3C 05 00 00 00", MBusModifiers.NegativeOnly)]
    [InlineData("04 AB FC 02 05 00 00 00", MBusModifiers.Phase2)]
    [InlineData("04 AB BC FC 03 05 00 00 00", MBusModifiers.NegativeOnly | MBusModifiers.Phase3)]
    [InlineData("04 93 48 05 00 00 00", MBusModifiers.UpperLimit)]
    [InlineData("04 93 41 05 00 00 00", MBusModifiers.LowerLimit | MBusModifiers.ExceedCount)]
    [InlineData("04 93 6C 05 00 00 00", MBusModifiers.UpperLimit | MBusModifiers.DuringExceed)]
    [InlineData("04 93 28 05 00 00 00", MBusModifiers.PerInputPulse)]
    [InlineData("04 93 22 05 00 00 00", MBusModifiers.Compound)]
    [InlineData("04 93 12 05 00 00 00", MBusModifiers.Average)]
    [InlineData("04 93 FF 21 05 00 00 00", MBusModifiers.ManufacturerSpecific)]
    [InlineData("04 93 3A 05 00 00 00", MBusModifiers.Uncorrected)]
    public void Modified_quantity_says_how(string record, MBusModifiers modifiers) => One(record).Modifiers.ShouldBe(modifiers);

    [Theory]
    [InlineData("00 93 15", MBusRecordFault.NoData)]
    [InlineData("04 93 16 05 00 00 00", MBusRecordFault.Overflow)]
    [InlineData("04 93 17 05 00 00 00", MBusRecordFault.Underflow)]
    [InlineData("04 93 18 05 00 00 00", MBusRecordFault.DataError)]
    [InlineData("00 93 02", MBusRecordFault.NotImplemented)]
    [InlineData("04 93 79 05 00 00 00", MBusRecordFault.Unsupported)]
    [InlineData("02 13 00 80", MBusRecordFault.Invalid)]
    [InlineData("0A 13 EE 1E", MBusRecordFault.Invalid)]
    [InlineData("05 13 00 00 C0 7F", MBusRecordFault.Invalid)]
    [InlineData("02 6C FF FF", MBusRecordFault.Invalid)]
    [InlineData("04 6D 80 00 21 11", MBusRecordFault.Invalid)]
    [InlineData("0A 6C 12 11", MBusRecordFault.Mismatch)]
    [InlineData("04 13 01 02 03", MBusRecordFault.Malformed)]
    [InlineData("04", MBusRecordFault.Malformed)]
    [InlineData("84 80 80 80 80 80 80 80 80 80 80 00 13 01 02 03 04", MBusRecordFault.Malformed)]
    [InlineData("01 93 BB BB BB BB BB BB BB BB BB BB 3B 01", MBusRecordFault.Malformed)]
    [InlineData("0D 13 FB 01", MBusRecordFault.Malformed)]
    [InlineData("3F 01", MBusRecordFault.Malformed)]
    [InlineData("02 7C 09 65 6D", MBusRecordFault.Malformed)]
    public void Value_that_is_none_says_why(string record, MBusRecordFault fault)
    {
        One(record).Fault.ShouldBe(fault);
        One(record).IsGood.ShouldBeFalse();
    }

    [Fact]
    public void Value_in_error_state_is_not_good() => One("34 13 01 00 00 00").IsGood.ShouldBeFalse();

    [Fact]
    public void Storage_tariff_and_subunit_are_collected_over_all_difes()
    {
        // Storage 1 + 2·(5 + 16·1) = 43, tariff 2 + 4·1 = 6, subunit 1 + 2·0 = 1.
        var record = One("D4 E5 11 06 01 00 00 00");
        (record.Function, record.Storage, record.Tariff, record.Subunit).ShouldBe((MBusFunction.Maximum, 43L, 6, 1));
    }

    [Theory]
    [InlineData("02 6C 3F 1C", MBusValueKind.Date, "2009-12-31T00:00:00")]
    [InlineData("04 6D 1E 2E 61 19", MBusValueKind.DateTime, "2011-09-01T14:30:00")]
    [InlineData("06 6D 0B 1E 0E 61 19 00", MBusValueKind.DateTime, "2011-09-01T14:30:11")]
    [InlineData("02 EC 7E 3F 1C", MBusValueKind.Date, "2009-12-31T00:00:00")]
    public void Dates_are_read(string record, MBusValueKind kind, string time)
    {
        One(record).Kind.ShouldBe(kind);
        One(record).Time.ToString("s").ShouldBe(time);
    }

    [Fact]
    public void Time_of_day_is_in_seconds() => (One("03 6D 0B 1E 0E").Kind, One("03 6D 0B 1E 0E").Number).ShouldBe((MBusValueKind.TimeOfDay, 52_211d));

    [Fact]
    public void Fillers_are_passed_over_and_the_rest_is_the_manufacturers()
    {
        var telegram = Read("72 78 56 34 12 2D 2C 01 04 07 00 00 00 2F 2F 01 13 05 2F 01 13 06 0F 2F 01");
        telegram.Records.Select(record => record.Kind).ShouldBe([MBusValueKind.Number, MBusValueKind.Number, MBusValueKind.ManufacturerData]);
        telegram.Records[2].Data.ToArray().ShouldBe([0x2F, 0x01]);
        telegram.MoreFollow.ShouldBeFalse();
        telegram.Header.Identity.ToString().ShouldBe("12345678.KAM.01.04");
    }

    [Fact]
    public void More_records_follow_is_noticed() => Read("78 01 13 05 1F").MoreFollow.ShouldBeTrue();

    [Fact]
    public void Global_readout_ends_without_a_record() => Read("78 01 13 05 7F").Records.Count.ShouldBe(1);

    [Fact]
    public void Short_header_has_no_identity()
    {
        var telegram = Read("7A 05 10 00 00 01 13 05");
        telegram.Header.ShouldBe(new MBusHeader(null, 5, 0x10, 0));
        telegram.Records.Count.ShouldBe(1);
    }

    [Fact]
    public void Most_significant_byte_first_is_read_so()
    {
        // As the second counter example of mode 2 (CI 76h): all numbers of several bytes turned round.
        var telegram = Read("76 12 34 56 78 2C 2D 01 04 07 00 00 00 04 13 00 00 31 15 0C 14 00 00 12 34");
        telegram.Header.Identity.ToString().ShouldBe("12345678.KAM.01.04");
        telegram.Records.Select(record => record.Number).ShouldBe([12.565, 12.34]);
    }

    [Theory]
    [InlineData("7A 05 00 10 05 AA BB CC DD EE FF 00 11 22 33 44 55 66 77 88 99", MBusEncryption.Aes)]
    [InlineData("72 78 56 34 12 2D 2C 01 04 07 00 10 02 AA BB CC DD EE FF 00 11", MBusEncryption.Des)]
    public void Encrypted_telegram_is_recognised_and_not_guessed(string application, MBusEncryption encryption)
    {
        Read(application).Encryption.ShouldBe(encryption);
        Read(application).Records.ShouldBeEmpty();
    }

    [Fact]
    public void Telegram_of_mode_five_that_is_in_the_clear_is_read() => Read("7A 05 00 10 05 2F 2F 01 13 05").Records.Count.ShouldBe(1);

    [Theory]
    [InlineData("")]
    [InlineData("70 08")]
    [InlineData("72 01 02")]
    [InlineData("73 01 02")]
    [InlineData("A0 01 02")]
    public void What_is_no_meter_data_is_refused(string application) => MBusTelegram.TryParse(Bytes(application), out _).ShouldBeFalse();

    [Fact]
    public void Names_of_quantities_are_stable_and_unique()
    {
        MBusQuantity.FlowTemperature.Name().ShouldBe("flow-temperature");
        var names = Enum.GetValues<MBusQuantity>().Select(quantity => quantity.Name()).ToList();
        names.Distinct().Count().ShouldBe(names.Count);
        foreach (var quantity in Enum.GetValues<MBusQuantity>())
            (MBusQuantityNames.TryParse(quantity.Name(), out var parsed), parsed).ShouldBe((true, quantity));
        MBusQuantityNames.TryParse("flowtemperature", out _).ShouldBeFalse();
    }

    [Fact]
    public void Manufacturer_is_three_letters()
    {
        MBusIdentity.CodeOf("KAM").ShouldBe((ushort)0x2C2D);
        new MBusIdentity(1, 0x2C2D, 1, MBusMedium.Heat).Manufacturer.ShouldBe("KAM");
    }

    private static MBusRecord One(string record) => Read("78" + record).Records.ShouldHaveSingleItem();

    private static MBusTelegram Read(string application)
    {
        MBusTelegram.TryParse(Bytes(application), out var telegram).ShouldBeTrue();
        return telegram;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
