using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>The buildings of the bench.</summary>
internal static class Buildings
{
    private static readonly string[] Everything = ["a", "a2", "b0", "b", "b-study", "c", "c3", "d", "prior", "legal", "e", "e-on", "f"];
    private static readonly string[] Usual = ["b", "c3", "d", "e"];

    // In the renovated building the radiators are half as large again as they need be: 54 °C carry the coldest day.
    private static readonly HeatingCurve HeatPump = HeatingCurve.Radiators with { DesignSupply = new Celsius(54), Highest = new Celsius(55), Boost = new Kelvin(5) };

    public static IReadOnlyList<Building> All { get; } =
    [
        new("base", "Base: the study's school", StudySchool.Variant(StudyBuilding.Base), Everything),
        new("cold", "Cold winter, 3 K below", StudySchool.Variant(StudyBuilding.Cold), Usual),
        new("heavy", "Heavy: deep mass twice as large", StudySchool.Variant(StudyBuilding.Heavy), Usual),
        new("renovated", "Renovated: 0.5 to 0.7 of the heat loss", StudySchool.Variant(StudyBuilding.Renovated), Usual),
        new("weak", "Radiators 0.7, cold winter", StudySchool.Variant(StudyBuilding.WeakRadiators), Usual),
        new("floor", "Floor heating", StudySchool.Variant(StudyBuilding.FloorHeating), Usual) { Curve = HeatingCurve.Floor },
        new("district", "District heating, subscribed power", StudySchool.Variant(StudyBuilding.DistrictHeating), Usual)
        {
            Tariff = Tariff.District,
            Source = HeatSourceKind.DistrictHeating,
        },
        new("heatpump", "Heat pump, renovated, hourly prices", StudySchool.Variant(StudyBuilding.HeatPump), Usual)
        {
            Tariff = Tariff.Dynamic,
            Source = HeatSourceKind.HeatPump,
            Curve = HeatPump,
        },
    ];
}
