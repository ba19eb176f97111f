using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace EnergyPilot.Core.Units;

/// <summary>
/// A unit that a file may use: its symbol, what it measures, and how it becomes the canonical unit of
/// <see cref="Units.Quantity"/>: canonical = value · <paramref name="Factor"/> + <paramref name="Offset"/>.
/// </summary>
public sealed record Unit(string Symbol, Quantity Quantity, double Factor, double Offset = 0)
{
    /// <summary>All known units; the first of each quantity is its canonical one.</summary>
    public static readonly IReadOnlyList<Unit> All =
    [
        new("°C", Quantity.Temperature, 1),
        new("°F", Quantity.Temperature, 5.0 / 9, -32 * 5.0 / 9),
        new("m°C", Quantity.Temperature, 1e-3),
        new("K", Quantity.TemperatureDifference, 1),
        new("%RH", Quantity.RelativeHumidity, 1),
        new("m%RH", Quantity.RelativeHumidity, 1e-3),
        new("ppm", Quantity.Concentration, 1),
        new("%vol", Quantity.Concentration, 1e4),
        new("%", Quantity.Ratio, 1),
        new("W", Quantity.Power, 1),
        new("kW", Quantity.Power, 1e3),
        new("MW", Quantity.Power, 1e6),
        new("VA", Quantity.ApparentPower, 1),
        new("kVA", Quantity.ApparentPower, 1e3),
        new("kWh", Quantity.Energy, 1),
        new("Wh", Quantity.Energy, 1e-3),
        new("MWh", Quantity.Energy, 1e3),
        new("MJ", Quantity.Energy, 1 / 3.6),
        new("GJ", Quantity.Energy, 1e3 / 3.6),
        new("m³", Quantity.Volume, 1),
        new("m3", Quantity.Volume, 1),
        new("l", Quantity.Volume, 1e-3),
        new("L", Quantity.Volume, 1e-3),
        new("m³/h", Quantity.VolumeFlow, 1),
        new("m3/h", Quantity.VolumeFlow, 1),
        new("l/h", Quantity.VolumeFlow, 1e-3),
        new("l/s", Quantity.VolumeFlow, 3.6),
        new("s", Quantity.Duration, 1),
        new("ms", Quantity.Duration, 1e-3),
        new("min", Quantity.Duration, 60),
        new("h", Quantity.Duration, 3600),
        new("d", Quantity.Duration, 86400),
        new("y", Quantity.Duration, 366 * 86400),
        new("m", Quantity.Length, 1),
        new("cm", Quantity.Length, 1e-2),
        new("mm", Quantity.Length, 1e-3),
        new("m²", Quantity.Area, 1),
        new("m2", Quantity.Area, 1),
        new("°", Quantity.Angle, 1),
        new("V", Quantity.Voltage, 1),
        new("mV", Quantity.Voltage, 1e-3),
        new("A", Quantity.Current, 1),
        new("mA", Quantity.Current, 1e-3),
        new("Hz", Quantity.Frequency, 1),
        new("Pa", Quantity.Pressure, 1),
        new("hPa", Quantity.Pressure, 1e2),
        new("kPa", Quantity.Pressure, 1e3),
        new("bar", Quantity.Pressure, 1e5),
        new("kg", Quantity.Mass, 1),
        new("t", Quantity.Mass, 1e3),
        new("lx", Quantity.Illuminance, 1),
        new("kWh/m³", Quantity.CalorificValue, 1),
        new("€/kWh", Quantity.EnergyPrice, 1),
        new("€/MWh", Quantity.EnergyPrice, 1e-3),
        new("€/m³", Quantity.VolumePrice, 1),
        new("€/y", Quantity.YearlyPrice, 1),
        new("g/kWh", Quantity.EmissionFactor, 1),
        new("W/m²K", Quantity.Transmittance, 1),
        new("W/K", Quantity.Conductance, 1),
        new("1/h", Quantity.AirChange, 1),
        new("", Quantity.Number, 1),
    ];

    private static readonly FrozenDictionary<string, Unit> BySymbol = All.ToFrozenDictionary(u => u.Symbol, StringComparer.Ordinal);
    private static readonly FrozenDictionary<Quantity, Unit> ByQuantity = All.GroupBy(u => u.Quantity).ToFrozenDictionary(g => g.Key, g => g.First());

    /// <summary>The unit with this symbol, exactly as written (m and M differ).</summary>
    public static bool TryFind(string symbol, [NotNullWhen(true)] out Unit? unit) => BySymbol.TryGetValue(symbol, out unit);

    /// <summary>The unit in which values of this quantity are kept; a state has none and is written "".</summary>
    public static Unit Canonical(Quantity quantity) => ByQuantity.TryGetValue(quantity, out var unit) ? unit : new Unit("", quantity, 1);

    /// <summary>A value in this unit as a value in the canonical unit.</summary>
    public double ToCanonical(double value) => value * Factor + Offset;

    /// <summary>A value in the canonical unit as a value in this unit.</summary>
    public double FromCanonical(double value) => (value - Offset) / Factor;
}
