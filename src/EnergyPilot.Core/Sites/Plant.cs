using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>A heating circuit: a pump, perhaps a mixing valve, and the zones behind it.</summary>
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
    HeatingCurve Curve);

/// <summary>The boiler that feeds the circuits; its own regulation keeps the water at the setpoint and its own thermostat is the hard limit.</summary>
public sealed record Boiler
{
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
}

/// <summary>A meter, whatever it measures.</summary>
/// <param name="Index">The cumulative point: energy, or volume of gas or water.</param>
/// <param name="Power">Momentary power, where the meter tells it.</param>
/// <param name="KwhPerUnit">Energy of one canonical unit of the index: 1 for energy, the gross calorific value for gas [kWh/m³], 0 for water.</param>
/// <param name="EuroPerKwh">Price of that energy.</param>
/// <param name="GramsCo2PerKwh">Emissions of that energy.</param>
public sealed record Meter(
    string Id, string Name, Medium Medium, PointId Index, ImmutableArray<PointId> Power,
    double KwhPerUnit, double EuroPerKwh, double GramsCo2PerKwh);

/// <summary>What flows through a meter.</summary>
public enum Medium { Gas, Electricity, Heat, Water }
