namespace EnergyPilot.Simulation.Physics;

/// <summary>Heating water at about 60 °C. Flows are carried as heat capacity flows, mass flow × specific heat, in W/K.</summary>
internal static class Water
{
    public const double HeatCapacityWhPerLitreK = 1.143;
}
