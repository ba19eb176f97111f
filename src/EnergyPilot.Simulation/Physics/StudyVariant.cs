using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Simulation.Physics;

/// <summary>The study's building and what may be different about it; one thing at a time.</summary>
public enum StudyBuilding
{
    /// <summary>As the study has it: gas boiler, radiators, typical winter.</summary>
    Base,

    /// <summary>Three kelvin colder.</summary>
    Cold,

    /// <summary>Twice the deep mass.</summary>
    Heavy,

    /// <summary>Half the loss through walls and glass, seven tenths of the infiltration, the same radiators.</summary>
    Renovated,

    /// <summary>Seven tenths of the radiators, in the cold winter.</summary>
    WeakRadiators,

    /// <summary>Heated floors on a condensing boiler with cool water.</summary>
    FloorHeating,

    /// <summary>District heating with a subscribed power that a common morning start exceeds.</summary>
    DistrictHeating,

    /// <summary>An air-to-water heat pump in the renovated building, radiators at 55 °C at most.</summary>
    HeatPump,
}

/// <summary>A variant of the study's building: parameters for a <see cref="School"/>, and its winter.</summary>
public sealed record StudyVariant(StudyBuilding Building, SchoolParameters School, WeatherVariant Weather)
{
    /// <summary>Subscribed power: counted, never enforced; infinite when there is no such contract.</summary>
    public double PowerLimitW { get; init; } = double.PositiveInfinity;

    /// <summary>The warmest water that makes sense for heat source and emitters.</summary>
    public double HighestSupplyC { get; init; } = 75.0;
}
