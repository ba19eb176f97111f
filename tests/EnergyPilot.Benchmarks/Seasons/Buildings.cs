using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>The buildings of the bench.</summary>
internal static class Buildings
{
    private static readonly string[] Everything = ["a", "a2", "b0", "b", "b-study", "c", "c3", "d", "prior", "legal", "e", "f"];
    private static readonly string[] Usual = ["b", "c3", "d", "e"];

    public static IReadOnlyList<Building> All { get; } =
    [
        new("base", "Base: the study's school", StudySchool.Parameters(), Everything),
        new("cold", "Cold winter, 3 K below", StudySchool.Parameters(), Usual) { Weather = WeatherVariant.ColdWinter },
        new("heavy", "Heavy: deep mass twice as large", With(zone => zone with { DeepCapacityJPerM2K = 2 * zone.DeepCapacityJPerM2K }), Usual),
        new("renovated", "Renovated: windows and walls half, infiltration 0.7", With(Renovated), Usual),
        new("weak", "Radiators 0.7, cold winter", With(zone => zone with { RadiatorNominalW = 0.7 * zone.RadiatorNominalW }), Usual) { Weather = WeatherVariant.ColdWinter },
    ];

    private static ZoneParameters Renovated(ZoneParameters zone) => zone with
    {
        WindowUWPerM2K = 0.5 * zone.WindowUWPerM2K,
        OpaqueUaWPerK = 0.5 * zone.OpaqueUaWPerK,
        InfiltrationPerHour = 0.7 * zone.InfiltrationPerHour,
    };

    private static SchoolParameters With(Func<ZoneParameters, ZoneParameters> change)
    {
        var school = StudySchool.Parameters();
        return school with { Zones = [.. school.Zones.Select(change)] };
    }
}
