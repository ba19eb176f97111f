using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Simulation;

/// <summary>What the electricity meter sees: pumps, boiler or heat pump, electric heating, lights where people are, and what never sleeps (fridges, network).</summary>
internal sealed class BuildingElectricity(School school)
{
    private const double AlwaysOnW = 450;
    private double otherKWh;

    public double KWh => otherKWh + school.Boiler.ElectricityKWh + school.PanelElectricityKWh + school.Circuits.Sum(c => c.PumpElectricityKWh);

    public double PowerW { get; private set; }

    /// <summary>Counts one minute; called after the physics has taken it.</summary>
    public void Minute()
    {
        var lights = 0.0;
        var use = school.Use;
        for (var zone = 0; zone < school.ZoneCount; zone++)
        {
            var parameters = school.Parameters.Zones[zone];
            lights += use[zone].Lights * parameters.LightsWPerM2 * parameters.FloorAreaM2;
        }

        var pumps = 0.0;
        for (var i = 0; i < school.Circuits.Count; i++)
            pumps += school.Circuits[i].PumpOn ? school.Parameters.Circuits[i].PumpW : 0;
        otherKWh += (AlwaysOnW + lights) / 60_000;
        PowerW = AlwaysOnW + lights + pumps + school.Boiler.ElectricityW + school.PanelElectricityW;
    }
}
