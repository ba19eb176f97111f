using System.Collections.Immutable;
using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Planning;

/// <summary>Whether a request makes sense. A plan from nonsense would be obeyed; no plan at all leaves the rules in charge.</summary>
internal static class RequestCheck
{
    private const int MostZones = 200, MostSteps = 96;

    // Three standard deviations above the prior, the box of learning, stay below a fortieth of this [1/h, K/h].
    private const double FastestExchange = 200, StrongestSource = 2000;

    public static bool Passes(PlanRequest request) =>
        !request.Zones.IsDefault && request.Zones.Length <= MostZones
        && !request.Outlook.Hours.IsDefault
        && Passes(request.Steps)
        && Passes(request.Plant)
        && request.Otherwise.Outdoor is >= -80 and <= 80
        && request.Otherwise.EuroPerKwh is >= 0 and <= 1e6 && request.Otherwise.GramsCo2PerKwh is >= 0 and <= 1e9
        && double.IsFinite(request.Place.LatitudeDeg) && double.IsFinite(request.Place.LongitudeDeg)
        && request.At.Year is > 1900 and < 9000
        && request.Zones.All(Passes);

    private static bool Passes(ImmutableArray<TimeSpan> steps) =>
        !steps.IsDefaultOrEmpty && steps.Length <= MostSteps
        && steps.All(step => step > TimeSpan.Zero && step <= TimeSpan.FromHours(4) && step.Ticks % Ahead.Slice.Ticks == 0);

    private static bool Passes(PlannedPlant plant) =>
        Enum.IsDefined(plant.Kind) && plant.CapacityW >= 0 && plant.PowerLimitW >= 0
        && plant.Efficiency is >= 0.05 and <= 10 && plant.HighestSupply is >= 25 and <= 110;

    private static bool Passes(PlannedZone zone) =>
        Passes(zone.Model)
        && Passes(zone.State.Air) && Passes(zone.State.Fast) && Passes(zone.State.Deep)
        && zone.RadiatorExcess is >= -100 and <= 150 && zone.RadiatorHours is >= 0 and <= 24 && zone.Disturbance is >= -50 and <= 50
        && zone.NominalW is >= 1 and <= 1e9 && zone.HighestEmission is >= 0 and <= 3
        && Passes(zone.Floor) && !zone.Uses.IsDefault && zone.Uses.All(Passes);

    private static bool Passes(PlannedUse use) =>
        Passes(use.Lowest) && !double.IsNaN(use.Highest) && use.People is >= 0 and <= 10;

    private static bool Passes(double degrees) => degrees is >= -80 and <= 120;

    private static bool Passes(ZoneModel model) =>
        new[] { model.AirToFast, model.AirToOutdoor, model.FastToAir, model.FastToDeep, model.DeepToFast, model.DeepToOutdoor }.All(rate => rate is >= 0 and <= FastestExchange)
        && new[] { model.Heating, model.SunEast, model.SunSouth, model.SunWest, model.People }.All(gain => gain is >= 0 and <= StrongestSource);
}
