using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>A point of the log as the city knows it: a metric of a Sparkplug device.</summary>
/// <param name="Point">Its name in the log.</param>
/// <param name="Device">The zone ("zone-cp"), meter ("meter-gas"), "plant", or "field" for what belongs to none.</param>
/// <param name="Metric">Its name there: "temperature".</param>
/// <param name="Alias">Its number in this gateway's births.</param>
/// <param name="Kind">What it is in the words of the field.</param>
/// <param name="Quantity">What it measures; its values are in the canonical unit.</param>
/// <param name="Range">Plausible values.</param>
/// <param name="Cumulative">Whether it counts.</param>
internal sealed record UplinkPoint(
    PointId Point, string Device, string Metric, ulong Alias, PointKind Kind, Quantity Quantity, ValueRange Range, Accumulation Cumulative);

/// <summary>What a point is, in the classes and tags of those who read buildings by program.</summary>
/// <param name="Metric">The name of its metric.</param>
/// <param name="Brick">Its class in Brick 1.3.</param>
/// <param name="Haystack">Its tags in Project Haystack 4.</param>
internal sealed record PointKind(string Metric, string Brick, string Haystack)
{
    public static readonly PointKind
        Temperature = new("temperature", "Zone_Air_Temperature_Sensor", "zone air temp sensor point"),
        Humidity = new("humidity", "Zone_Air_Humidity_Sensor", "zone air humidity sensor point"),
        Co2 = new("co2", "CO2_Level_Sensor", "zone air co2 concentration sensor point"),
        Presence = new("presence", "Occupancy_Sensor", "zone occupied sensor point"),
        Window = new("window", "Contact_Sensor", "zone window contact sensor point"),
        Valve = new("valve", "Valve_Command", "zone heating valve cmd point"),
        Thermostat = new("thermostat", "Zone_Air_Temperature_Setpoint", "zone air temp thermostat sp point"),
        Setpoint = new("setpoint", "Zone_Air_Temperature_Setpoint", "zone air temp effective sp point"),
        Heat = new("heat", "Heating_Command", "zone heating cmd point"),
        Outdoor = new("outdoor/temperature", "Outside_Air_Temperature_Sensor", "outside air temp sensor point"),
        Release = new("boiler/release", "Enable_Command", "boiler enable cmd point"),
        BoilerSetpoint = new("boiler/setpoint", "Supply_Hot_Water_Temperature_Setpoint", "boiler hot water leaving temp sp point"),
        BoilerSupply = new("boiler/supply", "Hot_Water_Supply_Temperature_Sensor", "boiler hot water leaving temp sensor point"),
        BoilerReturn = new("boiler/return", "Return_Hot_Water_Temperature_Sensor", "boiler hot water entering temp sensor point"),
        Running = new("boiler/running", "On_Status", "boiler run sensor point"),
        Fault = new("boiler/fault", "Fault_Status", "boiler fault sensor point"),
        BoilerPower = new("boiler/power", "Thermal_Power_Sensor", "boiler thermal power sensor point"),
        Pump = new("pump", "Pump_On_Off_Status", "circuit hot water pump run cmd point"),
        MixingValve = new("mixing-valve", "Valve_Position_Command", "circuit hot water valve cmd point"),
        CircuitSupply = new("supply", "Hot_Water_Supply_Temperature_Sensor", "circuit hot water leaving temp sensor point"),
        CircuitReturn = new("return", "Return_Hot_Water_Temperature_Sensor", "circuit hot water entering temp sensor point"),
        CircuitSetpoint = new("setpoint", "Supply_Hot_Water_Temperature_Setpoint", "circuit hot water leaving temp sp point"),
        MeterPower = new("power", "Power_Sensor", "power sensor point"),
        Other = new("", "Point", "point");
}
