namespace EnergyPilot.Core.Planning;

/// <summary>What makes the heat, as far as a plan needs to know.</summary>
public enum PlantKind
{
    /// <summary>Its efficiency falls as the return gets warmer.</summary>
    CondensingBoiler,

    /// <summary>Heat is bought as heat.</summary>
    District,

    /// <summary>Its efficiency falls with the supply temperature of the hottest zone and with cold weather.</summary>
    HeatPump,
}

/// <summary>The heat source of the zones that are planned together.</summary>
/// <param name="Kind">Which curve its efficiency follows.</param>
/// <param name="CapacityW">Most heat it gives [W]; infinite when it limits nothing.</param>
/// <param name="PowerLimitW">Most energy it may draw [W]: subscribed heat, gas input, or electricity; infinite for none.</param>
/// <param name="Efficiency">
/// Heat per energy at small load (boiler on gross calorific value 0.93, district 1); of a heat pump the fraction of Carnot's efficiency that it reaches (0.45).
/// </param>
/// <param name="HighestSupply">[°C]; what a zone's radiators emit at most follows from it.</param>
public sealed record PlannedPlant(PlantKind Kind, double CapacityW, double PowerLimitW, double Efficiency, double HighestSupply)
{
    /// <summary>A gas boiler without limits.</summary>
    public static readonly PlannedPlant Boiler = new(PlantKind.CondensingBoiler, double.PositiveInfinity, double.PositiveInfinity, 0.93, 75);
}
