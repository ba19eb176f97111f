using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Web;

/// <summary>The school in numbers: temperatures, heat, air, outputs, boiler and meters, as every page shows them to anybody. Presence is left out.</summary>
internal static class SchoolMetrics
{
    public static void Write(MetricsText text, CycleRecord record)
    {
        Zones(text, record);
        Plant(text, record);
        Meters(text, record);
    }

    private static void Zones(MetricsText text, CycleRecord record)
    {
        text.Family("energypilot_zone_temperature_celsius", "gauge", "Room temperature; missing while nobody can say.");
        foreach (var demand in record.Decision.Demands) Line(text, "energypilot_zone_temperature_celsius", [("zone", demand.Zone.Name)], demand.Room);
        text.Family("energypilot_zone_target_celsius", "gauge", "The temperature that the control holds.");
        foreach (var target in record.Decision.Targets) text.Line("energypilot_zone_target_celsius", [("zone", target.Zone.Name)], target.Setpoint.Degrees);
        text.Family("energypilot_zone_heat_ratio", "gauge", "Heat asked for, from 0 to 1.");
        foreach (var demand in record.Decision.Demands) text.Line("energypilot_zone_heat_ratio", [("zone", demand.Zone.Name)], demand.Heat.Value);
        text.Family("energypilot_zone_co2_ppm", "gauge", "Carbon dioxide, where it is measured.");
        foreach (var zone in record.Site.Zones) Line(text, "energypilot_zone_co2_ppm", [("zone", zone.Id.Name)], record.Snapshot.Mean(zone.Points.Co2));
        text.Family("energypilot_zone_valve", "gauge", "What the control sends to a zone's valves: states 1 and 0, positions 0 to 100.");
        foreach (var zone in record.Site.Zones)
            foreach (var output in record.Decision.Outputs.Where(o => zone.Points.Valve.Contains(o.Point)))
                text.Line("energypilot_zone_valve", [("zone", zone.Id.Name), ("point", output.Point.Name)], output.Value);
    }

    private static void Plant(MetricsText text, CycleRecord record)
    {
        var (boiler, snapshot) = (record.Site.Boiler, record.Snapshot);
        text.Family("energypilot_outdoor_temperature_celsius", "gauge", "Outdoor air.");
        Line(text, "energypilot_outdoor_temperature_celsius", [], snapshot.MedianAir(record.Site.Outdoor));
        text.Family("energypilot_boiler_released", "gauge", "1 while the boiler is asked to run.");
        foreach (var output in record.Decision.Outputs.Where(o => boiler.Release.Contains(o.Point)).Take(1)) text.Line("energypilot_boiler_released", [], output.Value);
        text.Family("energypilot_boiler_running", "gauge", "1 while the boiler says that it burns.");
        Line(text, "energypilot_boiler_running", [], snapshot.Mean(boiler.Running));
        text.Family("energypilot_boiler_fault", "gauge", "1 while the boiler is locked out.");
        Line(text, "energypilot_boiler_fault", [], snapshot.Mean(boiler.Fault));
        text.Family("energypilot_water_temperature_celsius", "gauge", "Heating water by place and direction.");
        Line(text, "energypilot_water_temperature_celsius", [("place", "boiler"), ("direction", "supply")], snapshot.Mean(boiler.Supply));
        Line(text, "energypilot_water_temperature_celsius", [("place", "boiler"), ("direction", "return")], snapshot.Mean(boiler.Return));
        foreach (var circuit in record.Site.Circuits)
        {
            Line(text, "energypilot_water_temperature_celsius", [("place", circuit.Id.Name), ("direction", "supply")], snapshot.Mean(circuit.Supply));
            Line(text, "energypilot_water_temperature_celsius", [("place", circuit.Id.Name), ("direction", "return")], snapshot.Mean(circuit.Return));
        }
    }

    private static void Meters(MetricsText text, CycleRecord record)
    {
        text.Family("energypilot_meter_index_total", "counter", "What a meter has counted: kWh of energy, m³ of gas and water.");
        foreach (var meter in record.Site.Meters)
            Line(text, "energypilot_meter_index_total", [("meter", meter.Id), ("medium", meter.Medium.ToString().ToLowerInvariant()), ("unit", UnitOf(record, meter.Index))], record.Snapshot.Of(meter.Index));
        text.Family("energypilot_meter_power_watts", "gauge", "Momentary power, where a meter tells it.");
        foreach (var meter in record.Site.Meters) Line(text, "energypilot_meter_power_watts", [("meter", meter.Id)], record.Snapshot.Mean(meter.Power));
    }

    private static string UnitOf(CycleRecord record, PointId point) => record.Site.Points.TryGetValue(point, out var known) ? Unit.Canonical(known.Type.Quantity).Symbol : "";

    // What cannot be trusted is missing, not zero.
    private static void Line(MetricsText text, string name, ReadOnlySpan<(string, string)> labels, Reading reading)
    {
        if (reading.IsReliable) text.Line(name, labels, reading.Value);
    }
}
