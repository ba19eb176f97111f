using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using ThermalState = EnergyPilot.Core.Learning.ZoneState;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>What a zone's learned model means in figures that a caretaker can check with a thermometer.</summary>
/// <param name="LossKPerHour">How fast it cools without heating in frost, over three hours [K/h].</param>
/// <param name="WarmKPerHour">How fast it warms up with that water, over two hours [K/h].</param>
/// <param name="Water">The water for that.</param>
/// <param name="Monday">How long it takes after a cold weekend until a thermometer shows comfort; walls that are still cold do not count.</param>
internal sealed record LearnedFigures(double LossKPerHour, double WarmKPerHour, Celsius Water, Climb Monday)
{
    /// <summary>The weather of the cold weekend [°C].</summary>
    public const double ColdOutdoor = -5;

    private const double Frost = 0, LossHours = 3, WarmHours = 2, WeekendHours = 62, Water60 = 60, StepHours = 0.25;

    public static LearnedFigures Of(Zone zone, Circuit circuit, Learned learned)
    {
        var model = learned.Model;
        var comfort = zone.Setpoints.Comfort.Degrees;
        var warm = Settled(model, comfort, Frost);
        var cold = Settled(model, zone.Setpoints.Reduced.Degrees, Frost);
        var emitter = circuit.Emitter switch
        {
            Emitter.Floor => EmitterResponse.Floor,
            Emitter.Electric => EmitterResponse.Electric,
            _ => EmitterResponse.Radiators,
        };
        var water = Math.Min(Water60, circuit.Curve.Highest.Degrees);
        var emission = RadiatorEstimate.Emission(Math.Max(emitter.Share * (water - cold.Air) - emitter.Drop, 0));
        var supply = (circuit.Curve.Supply(new Celsius(ColdOutdoor), zone.Setpoints.Comfort) + circuit.Curve.Boost).Within(circuit.Curve.Lowest, circuit.Curve.Highest);
        return new LearnedFigures(
            (warm.Air - model.Step(warm, Drive(Frost, 0), LossHours).Air) / LossHours,
            (model.Step(cold, Drive(Frost, emission), WarmHours).Air - cold.Air) / WarmHours,
            new Celsius(water),
            OptimalStart.Of(model, AfterWeekend(model, zone), ColdOutdoor, supply.Degrees, comfort, emitter, feltBelow: double.PositiveInfinity));
    }

    // From the end of Friday's lessons to Monday morning; where it gets colder than the absence setpoint, it is held there.
    private static ThermalState AfterWeekend(ZoneModel model, Zone zone)
    {
        var state = Settled(model, zone.Setpoints.Comfort.Degrees, ColdOutdoor);
        for (var hours = 0.0; hours < WeekendHours; hours += StepHours)
        {
            state = model.Step(state, Drive(ColdOutdoor, 0), StepHours);
            state = state with { Air = Math.Max(state.Air, zone.Setpoints.Absence.Degrees) };
        }

        return state;
    }

    // Walls where they settle while the air is held: d' = 0 between surfaces and outdoors.
    private static ThermalState Settled(ZoneModel model, double air, double outdoor) =>
        new(air, air, (model.DeepToFast * air + model.DeepToOutdoor * outdoor) / (model.DeepToFast + model.DeepToOutdoor));

    private static ZoneDrive Drive(double outdoor, double emission) => new(outdoor, emission, 0, 0, 0, 0, 0);
}
