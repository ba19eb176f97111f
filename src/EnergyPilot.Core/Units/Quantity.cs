namespace EnergyPilot.Core.Units;

/// <summary>
/// What kind of thing a number measures. Each has one canonical unit, in which every value inside EnergyPilot is kept
/// (named below); files may use any unit of the same quantity that <see cref="Unit"/> knows.
/// </summary>
public enum Quantity
{
    /// <summary>Temperature [°C].</summary>
    Temperature,

    /// <summary>Temperature difference [K].</summary>
    TemperatureDifference,

    /// <summary>Relative humidity [%RH].</summary>
    RelativeHumidity,

    /// <summary>Carbon dioxide in air [ppm].</summary>
    Concentration,

    /// <summary>Share of a range, an opening, a modulation [%].</summary>
    Ratio,

    /// <summary>Power [W].</summary>
    Power,

    /// <summary>Apparent power [VA].</summary>
    ApparentPower,

    /// <summary>Energy [kWh].</summary>
    Energy,

    /// <summary>Volume [m³].</summary>
    Volume,

    /// <summary>Volume flow [m³/h].</summary>
    VolumeFlow,

    /// <summary>Time span [s].</summary>
    Duration,

    /// <summary>Length [m].</summary>
    Length,

    /// <summary>Area [m²].</summary>
    Area,

    /// <summary>Angle [°].</summary>
    Angle,

    /// <summary>Electric potential [V].</summary>
    Voltage,

    /// <summary>Electric current [A].</summary>
    Current,

    /// <summary>Frequency [Hz].</summary>
    Frequency,

    /// <summary>Pressure [Pa].</summary>
    Pressure,

    /// <summary>Mass [kg].</summary>
    Mass,

    /// <summary>Illuminance [lx].</summary>
    Illuminance,

    /// <summary>Calorific value of a fuel, gross [kWh/m³].</summary>
    CalorificValue,

    /// <summary>Price of energy [€/kWh].</summary>
    EnergyPrice,

    /// <summary>Price of a volume [€/m³].</summary>
    VolumePrice,

    /// <summary>What something costs a year [€/y].</summary>
    YearlyPrice,

    /// <summary>Emissions of energy [g/kWh of CO2 equivalent].</summary>
    EmissionFactor,

    /// <summary>Thermal transmittance [W/(m²·K)].</summary>
    Transmittance,

    /// <summary>Thermal conductance of a wall as a whole [W/K].</summary>
    Conductance,

    /// <summary>Air changes of a room [1/h].</summary>
    AirChange,

    /// <summary>A plain number: power factor, count.</summary>
    Number,

    /// <summary>On or off, open or shut, present or not: 1 or 0.</summary>
    State,
}
