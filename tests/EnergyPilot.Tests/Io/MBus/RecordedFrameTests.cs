using System.Globalization;
using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Real frames of heat, water, gas, electricity and room meters decode as libmbus decodes them, but for what <see cref="Known"/> lists.</summary>
public sealed class RecordedFrameTests
{
    private static readonly Dictionary<string, MBusFunction> Functions = new()
    {
        ["Instantaneous value"] = MBusFunction.Instantaneous,
        ["Maximum value"] = MBusFunction.Maximum,
        ["Minimum value"] = MBusFunction.Minimum,
        ["Value during error state"] = MBusFunction.ErrorState,
        ["Actual value"] = MBusFunction.Instantaneous,
    };

    private static readonly Dictionary<string, MBusMedium> Media = new()
    {
        ["Breaker: Electricity"] = MBusMedium.Breaker,
        ["Cold water"] = MBusMedium.ColdWater,
        ["Electricity"] = MBusMedium.Electricity,
        ["Gas"] = MBusMedium.Gas,
        ["Heat / Cooling load meter"] = MBusMedium.HeatCooling,
        ["Heat Cost Allocator"] = MBusMedium.HeatCostAllocator,
        ["Heat: Inlet"] = MBusMedium.HeatInlet,
        ["Heat: Outlet"] = MBusMedium.Heat,
        ["Heat"] = MBusMedium.Heat,
        ["Oil"] = MBusMedium.Oil,
        ["Other"] = MBusMedium.Other,
        ["Warm water (30-90°C)"] = MBusMedium.WarmWater,
        ["Water"] = MBusMedium.Water,
    };

    // What the data says, per unit and quantity: ours.
    private static readonly Dictionary<(string Unit, string Quantity), (MBusUnit Unit, MBusQuantity Quantity)> Quantities = new()
    {
        [("Wh", "Energy")] = (MBusUnit.WattHour, MBusQuantity.Energy),
        [("kWh", "")] = (MBusUnit.WattHour, MBusQuantity.Energy),
        [("m^3", "Volume")] = (MBusUnit.CubicMetre, MBusQuantity.Volume),
        [("l", "")] = (MBusUnit.CubicMetre, MBusQuantity.Volume),
        [("-", "Time point (date)")] = (MBusUnit.None, MBusQuantity.Date),
        [("-", "Time point (date & time)")] = (MBusUnit.None, MBusQuantity.DateTime),
        [("W", "Power")] = (MBusUnit.Watt, MBusQuantity.Power),
        [("m^3/h", "Volume flow")] = (MBusUnit.CubicMetrePerHour, MBusQuantity.VolumeFlow),
        [("", "Fabrication No")] = (MBusUnit.None, MBusQuantity.FabricationNumber),
        [("°C", "Return temperature")] = (MBusUnit.Celsius, MBusQuantity.ReturnTemperature),
        [("°C", "Flow temperature")] = (MBusUnit.Celsius, MBusQuantity.FlowTemperature),
        [("°C", "External temperature")] = (MBusUnit.Celsius, MBusQuantity.ExternalTemperature),
        [("", "Manufacturer specific")] = (MBusUnit.None, MBusQuantity.ManufacturerSpecific),
        [("s", "Operating time")] = (MBusUnit.Second, MBusQuantity.OperatingTime),
        [("s", "On time")] = (MBusUnit.Second, MBusQuantity.OnTime),
        [("K", "Temperature difference")] = (MBusUnit.Kelvin, MBusQuantity.TemperatureDifference),
        [("", "Error flags")] = (MBusUnit.None, MBusQuantity.ErrorFlags),
        [("Units for H.C.A.", "H.C.A.")] = (MBusUnit.HeatCostUnit, MBusQuantity.HeatCostUnits),
        [("", "Software version")] = (MBusUnit.None, MBusQuantity.SoftwareVersion),
        [("s", "Averaging Duration")] = (MBusUnit.Second, MBusQuantity.AveragingDuration),
        [("V", "Voltage")] = (MBusUnit.Volt, MBusQuantity.Voltage),
        [("A", "Current")] = (MBusUnit.Ampere, MBusQuantity.Current),
        [("", "Firmware version")] = (MBusUnit.None, MBusQuantity.FirmwareVersion),
        [("Reserved", "Reserved")] = (MBusUnit.None, MBusQuantity.Reserved),
        [("", "Digital Input")] = (MBusUnit.None, MBusQuantity.DigitalInput),
        [("", "Parameter set identification")] = (MBusUnit.None, MBusQuantity.ParameterSet),
        [("", "Model / Version")] = (MBusUnit.None, MBusQuantity.Model),
        [("", "Customer location")] = (MBusUnit.None, MBusQuantity.CustomerLocation),
        [("s", "Actuality Duration")] = (MBusUnit.Second, MBusQuantity.ActualityDuration),
    };

    public static TheoryData<string> Names => [.. RecordedFrame.All.Select(frame => frame.Name)];

    [Fact]
    public void There_are_as_many_frames_as_were_recorded() => RecordedFrame.All.Count.ShouldBe(38);

    [Theory]
    [MemberData(nameof(Names))]
    public void Header_is_as_recorded(string name)
    {
        var frame = RecordedFrame.Named(name);
        var header = Read(frame).Header;
        var identity = header.Identity.ShouldNotBeNull();

        uint.Parse(frame.Header[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ShouldBe(identity.Number);
        Media[frame.Header[3]].ShouldBe(identity.Medium);
        Hex(frame.Header[5]).ShouldBe(header.Status);
        if (frame.Header[1].Length == 0)
        {
            // The fixed structure knows no manufacturer and no version.
            header.AccessNumber.ShouldBe((byte)Number(frame.Header[4]));
            return;
        }

        header.AccessNumber.ShouldBe((byte)Number(frame.Header[4]));
        identity.Manufacturer.ShouldBe(frame.Header[1]);
        identity.Version.ShouldBe((byte)Number(frame.Header[2]));
        header.Signature.ShouldBe((ushort)Hex(frame.Header[6]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_record_is_as_recorded(string name)
    {
        var frame = RecordedFrame.Named(name);
        var telegram = Read(frame);
        var expected = frame.Records.ToList();

        // "More records follow" is a property of the telegram here, and manufacturer data of no bytes are none.
        telegram.MoreFollow.ShouldBe(expected[^1][0] == "More records follow");
        if (expected[^1][0] is "More records follow" or "Manufacturer specific" && expected[^1][6].Length == 0)
            expected.RemoveAt(expected.Count - 1);

        telegram.Records.Count.ShouldBe(expected.Count);
        for (var i = 0; i < expected.Count; i++)
            Check(name, i, expected[i], telegram.Records[i]);
    }

    private static void Check(string name, int index, string[] expected, MBusRecord record)
    {
        var context = $"{name}, record {index}";
        if (expected[0] is "Manufacturer specific" or "More records follow")
        {
            record.Kind.ShouldBe(MBusValueKind.ManufacturerData, context);
            record.Data.ToArray().ShouldBe(Convert.FromHexString(expected[6].Replace(" ", "")), context);
            return;
        }

        record.Function.ShouldBe(Functions[expected[0]], context);
        record.Storage.ShouldBe((long)Number(expected[1]), context);
        record.Tariff.ShouldBe((int)Number(expected[2]), context);
        record.Subunit.ShouldBe((int)Number(expected[3]), context);
        if (Known.TryGetValue((name, index), out var ours))
            ours(record);
        else
            CheckValue(expected, record, context);
    }

    private static void CheckValue(string[] expected, MBusRecord record, string context)
    {
        var (unit, quantity, value) = (expected[4], expected[5], expected[6]);
        if (record.Quantity == MBusQuantity.Labelled)
            record.Label.ShouldBe(quantity, context);
        else
            (record.Unit, record.Quantity).ShouldBe(Quantities[(unit, quantity)], context);

        switch (record.Kind)
        {
            case MBusValueKind.Text:
                record.Text.ShouldBe(value, context);
                break;
            case MBusValueKind.Date:
                record.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldBe(value, context);
                break;
            case MBusValueKind.DateTime:
                record.Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture).ShouldBe(value, context);
                break;
            case MBusValueKind.Number:
                record.Number.ShouldBe(unit switch { "kWh" => 1000, "l" => 0.001, _ => 1 } * Number(value), 1.1e-6 + 1e-12 * Math.Abs(record.Number), context);
                break;
            default:
                // libmbus shows dates that are none: months and days of 0, and "1900-01-00" for a time that the meter marked as invalid (type F, bit 8).
                value.ShouldBeOneOf("2000-00-00", "1900-01-00T00:00:00Z");
                record.Fault.ShouldBe(MBusRecordFault.Invalid, context);
                break;
        }
    }

    /// <summary>
    /// Records that libmbus reads otherwise, because it knows no VIFE above 1Fh but the correction factors. Clause: EN 13757-3, table of combinable (orthogonal) VIFEs.
    /// </summary>
    private static readonly Dictionary<(string Name, int Index), Action<MBusRecord>> Known = new()
    {
        // E101 ufnn: 50h is the duration, in seconds, of the first exceed of the lower limit; 58h of the upper one. libmbus: a flow of 11 million m³/h.
        [("SEN_Pollustat", 12)] = record => Exceeded(record, MBusModifiers.LowerLimit, 11_582_321),
        [("SEN_Pollustat", 13)] = record => Exceeded(record, MBusModifiers.UpperLimit, 756),

        // E110 1f1b: 6Fh is the end of the last such event, as date and time. libmbus: temperatures of 41 million °C.
        [("landis+gyr_ultraheat_t230", 19)] = record => EndOfMaximum(record, MBusQuantity.Power, null),
        [("landis+gyr_ultraheat_t230", 20)] = record => EndOfMaximum(record, MBusQuantity.VolumeFlow, null),
        [("landis+gyr_ultraheat_t230", 21)] = record => EndOfMaximum(record, MBusQuantity.FlowTemperature, new DateTime(2011, 8, 26, 20, 50, 0)),
        [("landis+gyr_ultraheat_t230", 22)] = record => EndOfMaximum(record, MBusQuantity.ReturnTemperature, new DateTime(2011, 8, 9, 11, 43, 0)),

        // Annex A, type F: year 127 is "every year", so this is a due day that recurs and no point in time. libmbus: 2027.
        [("landis+gyr_ultraheat_t230", 32)] = record => (record.Quantity, record.Fault).ShouldBe((MBusQuantity.DateTime, MBusRecordFault.Invalid)),
    };

    private static void Exceeded(MBusRecord record, MBusModifiers limit, double seconds)
    {
        (record.Quantity, record.Unit, record.Number).ShouldBe((MBusQuantity.VolumeFlow, MBusUnit.Second, seconds));
        record.Modifiers.ShouldBe(limit | MBusModifiers.First | MBusModifiers.DurationOf);
    }

    private static void EndOfMaximum(MBusRecord record, MBusQuantity quantity, DateTime? time)
    {
        (record.Quantity, record.Modifiers).ShouldBe((quantity, MBusModifiers.EndOf | MBusModifiers.Last));
        record.Fault.ShouldBe(time is null ? MBusRecordFault.Invalid : MBusRecordFault.None);
        if (time is { } known)
            record.Time.ShouldBe(known);
    }

    private static MBusTelegram Read(RecordedFrame recorded)
    {
        var reader = new MBusFrameReader();
        reader.Append(recorded.Bytes).ShouldBe(recorded.Bytes.Length);
        reader.TryRead(out var frame).ShouldBeTrue();
        reader.Skipped.ShouldBe(0);
        frame.Kind.ShouldBe(MBusFrameKind.LongFrame);
        MBusTelegram.TryParse(frame.Application, out var telegram).ShouldBeTrue();
        telegram.Encryption.ShouldBe(MBusEncryption.None);
        return telegram;
    }

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
