namespace EnergyPilot.Core.Planning;

/// <summary>How much energy a plant takes for its heat, and the convex form in which the planner sees it.</summary>
internal static class HeatSource
{
    // The study's figures per half hour: 1.02·e, and 0.14·e² for the warmer return of a condensing boiler.
    public const double PerSlice = 1.02, Condensing = 0.14;

    /// <summary>The room that water and efficiency are reckoned for where it is not a certain one [°C].</summary>
    public const double Room = 20;

    // Keeps the plan unique where efficiency does not bend.
    public const double Straight = 0.02;

    // Between supply and condenser, outdoor air and evaporator together [K]; a heat pump's efficiency is not trusted beyond.
    private const double Approach = 8, MostCop = 8;
    private const double Kelvin = 273.15;

    // Water loses 5 K on its way to the radiators and is 3 % warmer than the mean excess asks for.
    private const double Loss = 5, Margin = 1.03, NominalExcess = 50, Exponent = 1.3;

    /// <summary>Flow temperature that makes radiators emit e in a room [°C].</summary>
    public static double Supply(double emission, double room) =>
        room + NominalExcess * Margin * Math.Pow(Math.Max(emission, 0), 1 / Exponent) + Loss;

    /// <summary>What radiators emit at most at a flow temperature.</summary>
    public static double Emission(double supply, double room) =>
        Math.Pow(Math.Max(supply - Loss - room, 0) / (NominalExcess * Margin), Exponent);

    /// <summary>Share of the time that a valve is open so that its radiators emit e on average.</summary>
    public static double Duty(double emission, double supply, double room)
    {
        var full = Math.Pow(Math.Max(supply - Loss - room, 0) / NominalExcess, Exponent);
        return emission <= 0 ? 0 : emission >= full ? 1 : emission / full;
    }

    /// <summary>Energy per heat at an outdoor temperature and the emission of the hottest zone (heat pump) or of the zone itself (boiler).</summary>
    public static double EnergyPerHeat(PlannedPlant plant, double outdoor, double emission) => plant.Kind switch
    {
        PlantKind.HeatPump => 1 / Cop(plant, outdoor, Supply(emission, Room)),
        PlantKind.CondensingBoiler => (1 + Condensing / PerSlice * emission) / plant.Efficiency,
        _ => 1 / plant.Efficiency,
    };

    /// <summary>Most heat in this weather [W]: an air-to-water heat pump is named at 7 °C (EN 14511) and loses some 2 % of that per kelvin below.</summary>
    public static double Capacity(PlannedPlant plant, double outdoor) =>
        plant.Kind == PlantKind.HeatPump ? plant.CapacityW * Math.Clamp(1 + 0.02 * (outdoor - 7), 0.5, 1.2) : plant.CapacityW;

    /// <summary>Heat with the energy, money and emissions that it takes.</summary>
    public static PlanTotals Totals(PlannedPlant plant, EnergyPrice price, double outdoor, double heatKwh, double emission)
    {
        var energy = heatKwh * EnergyPerHeat(plant, outdoor, emission);
        return new PlanTotals(heatKwh, energy, energy * price.EuroPerKwh, energy * price.GramsCo2PerKwh);
    }

    /// <summary>
    /// A heat pump's energy per heat as a + b·m of the hottest emission m: the chord from a quarter of the highest emission to the highest,
    /// where nearly all heat is made. b ≥ 0 because hotter water never costs less.
    /// </summary>
    public static (double Fixed, double PerEmission) Chord(PlannedPlant plant, double outdoor, double highest)
    {
        var (low, high) = (EnergyPerHeat(plant, outdoor, highest / 4), EnergyPerHeat(plant, outdoor, highest));
        var slope = highest > 0 ? Math.Max((high - low) / (0.75 * highest), 0) : 0;
        return (Math.Max(low - slope * highest / 4, 0), slope);
    }

    // Carnot's efficiency between condenser and evaporator times what the machine reaches of it.
    private static double Cop(PlannedPlant plant, double outdoor, double supply) =>
        Math.Clamp(plant.Efficiency * (supply + Kelvin) / Math.Max(supply - outdoor + Approach, 1), 1, MostCop);
}
