using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>A heating circuit: a pump, perhaps a mixing valve, and the zones behind it. Electric zones form a circuit too, one without water.</summary>
/// <param name="Id">Its name in the site file.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Pump">Circulation pump (state output).</param>
/// <param name="MixingValve">Three-way valve (ratio output, 0 % recirculates, 100 % takes boiler water); none when the circuit gets boiler water as it is.</param>
/// <param name="Supply">Supply temperature of the circuit.</param>
/// <param name="Return">Return temperature of the circuit.</param>
/// <param name="Curve">How warm the water shall be for which weather.</param>
public sealed record Circuit(
    CircuitId Id, string Name,
    ImmutableArray<PointId> Pump, ImmutableArray<PointId> MixingValve,
    ImmutableArray<PointId> Supply, ImmutableArray<PointId> Return,
    HeatingCurve Curve)
{
    /// <summary>What gives its heat to the rooms.</summary>
    public Emitter Emitter { get; init; }
}

/// <summary>What gives heat to the rooms of a circuit.</summary>
public enum Emitter
{
    /// <summary>Radiators with water (EN 442).</summary>
    Radiators,

    /// <summary>Pipes in the floor: cool water, and hours from valve to room.</summary>
    Floor,

    /// <summary>Panels or convectors that the zone's valve outputs switch; they never ask the boiler for heat.</summary>
    Electric,
}

/// <summary>
/// The heat source that feeds the circuits, a boiler in most schools; its own regulation keeps the water at the setpoint and
/// its own thermostat is the hard limit.
/// </summary>
public sealed record Boiler
{
    /// <summary>A school that only heats with electric panels has none: no outputs, no power.</summary>
    public static readonly Boiler None = new()
    {
        Name = "", NominalPower = new(0), MinimumPower = new(0), Release = [], Setpoint = [], Supply = [], Return = [], Running = [], Fault = [],
        MinimumOn = TimeSpan.Zero, MinimumOff = TimeSpan.Zero,
    };

    public HeatSourceKind Kind { get; init; }
    public required string Name { get; init; }
    public required Watts NominalPower { get; init; }
    public required Watts MinimumPower { get; init; }

    /// <summary>Allows the burner to run (state output); safe when on.</summary>
    public required ImmutableArray<PointId> Release { get; init; }

    /// <summary>Water temperature that the boiler shall hold; none when it only takes a release.</summary>
    public required ImmutableArray<PointId> Setpoint { get; init; }
    public required ImmutableArray<PointId> Supply { get; init; }
    public required ImmutableArray<PointId> Return { get; init; }

    /// <summary>Burner is running (state input).</summary>
    public required ImmutableArray<PointId> Running { get; init; }

    /// <summary>Boiler is locked out (state input).</summary>
    public required ImmutableArray<PointId> Fault { get; init; }

    /// <summary>Shortest time the release stays on, and off.</summary>
    public required TimeSpan MinimumOn { get; init; }
    public required TimeSpan MinimumOff { get; init; }

    /// <summary>The return shall not be warmer than this: a condition of the network, or what a boiler needs to condense; infinite when nobody asks for it.</summary>
    public Celsius ReturnLimit { get; init; } = new(double.PositiveInfinity);

    /// <summary>Subscribed power, which the hourly mean shall not exceed; infinite when there is none.</summary>
    public Watts PowerLimit { get; init; } = new(double.PositiveInfinity);

    /// <summary>Momentary heat power of the source, where something measures it.</summary>
    public ImmutableArray<PointId> Power { get; init; } = [];
}

/// <summary>What makes the heat.</summary>
public enum HeatSourceKind
{
    /// <summary>Burns gas, oil or wood.</summary>
    Boiler,

    /// <summary>A substation: a heat exchanger on the town's network.</summary>
    DistrictHeating,

    /// <summary>Electric, with a compressor that wants long runs.</summary>
    HeatPump,
}

/// <summary>A meter, whatever it measures.</summary>
/// <param name="Index">The cumulative point: energy, or volume of gas or water.</param>
/// <param name="Power">Momentary power, where the meter tells it.</param>
/// <param name="KwhPerUnit">Energy of one canonical unit of the index: 1 for energy, the gross calorific value for gas [kWh/m³], 0 for water.</param>
/// <param name="EuroPerKwh">Price of that energy.</param>
/// <param name="GramsCo2PerKwh">Emissions of that energy.</param>
public sealed record Meter(
    string Id, string Name, Medium Medium, PointId Index, ImmutableArray<PointId> Power,
    double KwhPerUnit, double EuroPerKwh, double GramsCo2PerKwh)
{
    /// <summary>What the contract costs a year whatever is used [€].</summary>
    public double EuroPerYear { get; init; }

    /// <summary>Price of a cubic metre of water [€/m³].</summary>
    public double EuroPerCubicMetre { get; init; }

    /// <summary>What one canonical unit of the index counts for: kWh, or m³ of water.</summary>
    public double AmountPerUnit => Medium == Medium.Water ? 1 : KwhPerUnit;

    /// <summary>What an amount costs by the site file, standing charge not included [€]; nothing where there is no price.</summary>
    /// <param name="amount">[kWh, or m³ of water]</param>
    public double? CostEuro(double amount) => (Medium == Medium.Water ? EuroPerCubicMetre : EuroPerKwh) is > 0 and var price && double.IsFinite(amount) ? amount * price : null;

    /// <summary>What an amount emits by the site file, CO2 equivalent [kg]; nothing where there is no factor.</summary>
    /// <param name="amount">[kWh]</param>
    public double? EmissionsKg(double amount) => Medium != Medium.Water && GramsCo2PerKwh > 0 && double.IsFinite(amount) ? amount * GramsCo2PerKwh / 1000 : null;
}

/// <summary>What flows through a meter.</summary>
public enum Medium { Gas, Electricity, Heat, Water }
