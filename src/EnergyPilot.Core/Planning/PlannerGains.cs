using EnergyPilot.Core.Forecasts;

namespace EnergyPilot.Core.Planning;

/// <summary>Where planning gains something that heating late and hard does not.</summary>
public enum PlannerGains
{
    /// <summary>A boiler at one price: rules do as well.</summary>
    Nothing,

    /// <summary>Efficiency falls with the supply temperature.</summary>
    HeatPump,

    /// <summary>Drawn power is limited below what the zones could take.</summary>
    PowerLimit,

    /// <summary>Hours differ in price or emissions.</summary>
    Tariff,
}

/// <summary>Finds out where planning gains.</summary>
public static class PlannerGainsOf
{
    // Less than five percent between hours is not worth an hour of heat stored in walls.
    private const double WorthShifting = 1.05;

    public static PlannerGains Request(PlanRequest request)
    {
        if (request.Plant.Kind == PlantKind.HeatPump) return PlannerGains.HeatPump;
        if (request.Plant.PowerLimitW * request.Plant.Efficiency < request.Zones.Sum(z => z.NominalW * z.HighestEmission)) return PlannerGains.PowerLimit;
        var known = request.Outlook.Hours.Select(hour => Weight(request.Goal, hour)).Where(w => w > 0).ToArray();
        return known.Length > 0 && known.Max() > WorthShifting * known.Min() ? PlannerGains.Tariff : PlannerGains.Nothing;
    }

    private static double Weight(PlanGoal goal, OutlookHour hour) => goal switch
    {
        PlanGoal.Cost => hour.EuroPerKwh,
        PlanGoal.Co2 => hour.GramsCo2PerKwh,
        _ => double.NaN,
    };
}
