using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.MBus;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>M-Bus meters and their records in the words of device and site files.</summary>
internal static class MBusText
{
    /// <summary>"energy, storage 1, tariff 2": the keys of the device file that select this record.</summary>
    public static string Name(in MBusRecord record)
    {
        List<string> parts = [record.Label is { } label ? $"{record.Quantity.Name()} \"{label}\"" : record.Quantity.Name()];
        if (record.Function != MBusFunction.Instantaneous) parts.Add(FileWords.Of((RecordFunction)record.Function));
        if (record.Storage != 0) parts.Add($"storage {record.Storage}");
        if (record.Tariff != 0) parts.Add($"tariff {record.Tariff}");
        if (record.Subunit != 0) parts.Add($"subunit {record.Subunit}");
        if (record.Modifiers != MBusModifiers.None) parts.Add($"({record.Modifiers})");
        return string.Join(", ", parts);
    }

    public static (string Value, string Unit) Value(in MBusRecord record) => record.Kind switch
    {
        MBusValueKind.Number => Number(record),
        MBusValueKind.Date => (record.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ""),
        MBusValueKind.DateTime => (record.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ""),
        MBusValueKind.TimeOfDay => (TimeSpan.FromSeconds(Math.Clamp(record.Number, 0, 86_400)).ToString("c", CultureInfo.InvariantCulture), ""),
        MBusValueKind.Text => (new string([.. (record.Text ?? "").Select(c => char.IsControl(c) ? '?' : c)]), ""),
        MBusValueKind.Bytes => (Convert.ToHexString(record.Data.Span), ""),
        _ => (ValueText.None, ""),
    };

    /// <summary>The points of a model that this record is.</summary>
    public static IEnumerable<string> Points(DeviceType model, MBusRecord record) =>
        model.Points.Where(p => p.Where is RecordSelector where && MBusBus.IsMeant(where, record)).Select(p => p.Name);

    /// <summary>The models all of whose records the meter has, those that explain most of it first.</summary>
    public static string Fitting(ImmutableArray<DeviceType> models, MBusTelegram telegram)
    {
        var fitting = models.Where(m => m.Points.All(p => p.Where is RecordSelector where && telegram.Records.Any(r => r.IsGood && MBusBus.IsMeant(where, r) && double.IsFinite(MBusUnits.ToCanonical(r, p.Quantity)))))
            .OrderByDescending(m => IsMaker(m, telegram.Header)).ThenByDescending(m => m.Points.Length).Select(m => m.Id).Take(4).ToArray();
        return fitting.Length > 0 ? string.Join(", ", fitting) : "none";
    }

    public static string Medium(MBusIdentity identity) => Enum.IsDefined(identity.Medium) ? FileWords.Of(identity.Medium) : $"medium {(int)identity.Medium:X2}";

    // The three letters of a maker are mostly the first of its name.
    private static bool IsMaker(DeviceType model, MBusHeader header) =>
        header.Identity is { } identity && model.Maker.StartsWith(identity.Manufacturer, StringComparison.OrdinalIgnoreCase);

    private static (string Value, string Unit) Number(in MBusRecord record) => record.Unit switch
    {
        MBusUnit.WattHour or MBusUnit.Joule => (ValueText.Number(MBusUnits.ToCanonical(record, Quantity.Energy)), "kWh"),
        _ => (ValueText.Number(record.Number), Symbol(record.Unit)),
    };

    private static string Symbol(MBusUnit unit) => unit switch
    {
        MBusUnit.None => "", MBusUnit.VarHour => "varh", MBusUnit.VoltAmpereHour => "VAh", MBusUnit.Watt => "W", MBusUnit.Var => "var", MBusUnit.VoltAmpere => "VA",
        MBusUnit.CubicMetre => "m³", MBusUnit.CubicMetrePerHour => "m³/h", MBusUnit.Kilogram => "kg", MBusUnit.KilogramPerHour => "kg/h", MBusUnit.Celsius => "°C",
        MBusUnit.Kelvin => "K", MBusUnit.Pascal => "Pa", MBusUnit.Percent => "%", MBusUnit.Volt => "V", MBusUnit.Ampere => "A", MBusUnit.Hertz => "Hz", MBusUnit.Degree => "°",
        MBusUnit.Second => "s", MBusUnit.Baud => "Bd", MBusUnit.DecibelMilliwatt => "dBm",
        _ => FileWords.Of(unit),
    };
}
