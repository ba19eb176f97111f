namespace EnergyPilot.Simulation.Physics;

/// <summary>Refuses a school that the equations cannot carry, before the first step.</summary>
internal static class SchoolCheck
{
    public static void Check(SchoolParameters school, PupilPlan people)
    {
        Demand(school.Zones.Count > 0, "A school has at least one zone.");
        Demand(school.Circuits.Count > 0, "A school has at least one circuit.");
        Demand(people.ZoneCount == school.Zones.Count, $"The pupil plan is for {people.ZoneCount} zones, the school has {school.Zones.Count}.");
        foreach (var zone in school.Zones)
            CheckZone(zone, school);
        foreach (var wall in school.Walls)
            Demand(IsZone(wall.ZoneA, school) && IsZone(wall.ZoneB, school) && wall.ZoneA != wall.ZoneB && wall.UaWPerK >= 0.0,
                $"The wall between zones {wall.ZoneA} and {wall.ZoneB} joins no two zones.");
        foreach (var circuit in school.Circuits)
            Demand(circuit.PipeCapacityJPerK > 0.0 && circuit.MixingStroke > TimeSpan.Zero, $"Circuit {circuit.Name}: pipe capacity and stroke are above zero.");
        Demand(school.Boiler.WaterCapacityJPerK > 0.0 && school.Boiler.MinimumW >= 0.0 && school.Boiler.NominalW > 0.0 && school.Boiler.MinimumW <= school.Boiler.NominalW,
            "The heat source's water capacity and power are above zero, and its minimum is not above its nominal power.");
        Demand(school.Radiators.ValveStroke > TimeSpan.Zero, "The valves' stroke time is above zero.");
    }

    private static void CheckZone(ZoneParameters zone, SchoolParameters school)
    {
        var circuits = school.Circuits.Count;
        Demand(zone.Circuit >= 0 && zone.Circuit < circuits, $"Zone {zone.Name} names circuit {zone.Circuit} of {circuits}.");
        Demand(zone.VolumeM3 > 0.0 && zone.FurnitureFactor > 0.0 && zone.FastCapacityJPerM2K > 0.0 && zone.DeepCapacityJPerM2K > 0.0,
            $"Zone {zone.Name}: area, height and capacities are above zero.");
        Demand(zone.RadiatorNominalW >= 0.0 && zone.OpaqueUaWPerK >= 0.0 && zone.InfiltrationPerHour >= 0.0,
            $"Zone {zone.Name}: radiator, opaque loss and infiltration are not below zero.");
        Demand(zone.Thermostat.BandK > 0.0 && zone.Thermostat.Lag > TimeSpan.Zero, $"Zone {zone.Name}: band and lag of the thermostat are above zero.");
        Demand(school.Circuits[zone.Circuit].Emitter != Core.Sites.Emitter.Floor || zone.RadiatorNominalW <= FloorHeating.MostWPerM2 * zone.FloorAreaM2,
            $"Zone {zone.Name}: a heated floor gives at most {FloorHeating.MostWPerM2:0} W/m².");
    }

    private static bool IsZone(int zone, SchoolParameters school) => zone >= 0 && zone < school.Zones.Count;

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new ArgumentException(otherwise);
    }
}
