using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.MBus;

namespace EnergyPilot.Gateway.Field;

/// <summary>Between the words of device and site files and those of the M-Bus.</summary>
internal static class MBusUnits
{
    public static MBusQuantity QuantityOf(MeterRecord record) => record switch
    {
        MeterRecord.Energy => MBusQuantity.Energy,
        MeterRecord.Volume => MBusQuantity.Volume,
        MeterRecord.Mass => MBusQuantity.Mass,
        MeterRecord.Power => MBusQuantity.Power,
        MeterRecord.VolumeFlow => MBusQuantity.VolumeFlow,
        MeterRecord.FlowTemperature => MBusQuantity.FlowTemperature,
        MeterRecord.ReturnTemperature => MBusQuantity.ReturnTemperature,
        MeterRecord.TemperatureDifference => MBusQuantity.TemperatureDifference,
        MeterRecord.ExternalTemperature => MBusQuantity.ExternalTemperature,
        MeterRecord.Pressure => MBusQuantity.Pressure,
        MeterRecord.RelativeHumidity => MBusQuantity.RelativeHumidity,
        MeterRecord.Voltage => MBusQuantity.Voltage,
        MeterRecord.Current => MBusQuantity.Current,
        MeterRecord.OnTime => MBusQuantity.OnTime,
        MeterRecord.OperatingTime => MBusQuantity.OperatingTime,
        MeterRecord.ErrorFlags => MBusQuantity.ErrorFlags,
        _ => throw new ArgumentOutOfRangeException(nameof(record), record, "Not a record of meters."),
    };

    /// <summary>A record's number in the canonical unit of what the device file says it measures; not a number when it measures something else.</summary>
    public static double ToCanonical(in MBusRecord record, Quantity quantity) => record.Kind != MBusValueKind.Number ? double.NaN : (quantity, record.Unit) switch
    {
        (Quantity.Energy, MBusUnit.WattHour) => record.Number / 1e3,
        (Quantity.Energy, MBusUnit.Joule) => record.Number / 3.6e6,
        (Quantity.Volume, MBusUnit.CubicMetre) => record.Number,
        (Quantity.Mass, MBusUnit.Kilogram) => record.Number,
        (Quantity.Power, MBusUnit.Watt) => record.Number,
        (Quantity.VolumeFlow, MBusUnit.CubicMetrePerHour) => record.Number,
        (Quantity.Temperature, MBusUnit.Celsius) => record.Number,
        (Quantity.TemperatureDifference, MBusUnit.Kelvin) => record.Number,
        (Quantity.Pressure, MBusUnit.Pascal) => record.Number,
        (Quantity.RelativeHumidity, MBusUnit.Percent) => record.Number,
        (Quantity.Voltage, MBusUnit.Volt) => record.Number,
        (Quantity.Current, MBusUnit.Ampere) => record.Number,
        (Quantity.Duration, MBusUnit.Second) => record.Number,
        (Quantity.Number, _) => record.Number,
        _ => double.NaN,
    };

    /// <summary>An address as site files write it: "12", the label's "67004142", or a scan's "67004142.KAM.08.0C".</summary>
    public static MBusAddress AddressOf(string text)
    {
        var parts = text.Split('.');
        if (text.Length < 8) return MBusAddress.Primary(int.Parse(text, CultureInfo.InvariantCulture));
        var number = Hex(parts[0]);
        return MBusAddress.Secondary(parts.Length == 1
            ? MBusIdentity.ByNumber(number)
            : new MBusIdentity(number, MBusIdentity.CodeOf(parts[1]), (byte)Hex(parts[2]), (MBusMedium)Hex(parts[3])));
    }

    private static uint Hex(string digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
