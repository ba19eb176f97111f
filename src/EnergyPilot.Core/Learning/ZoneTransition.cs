namespace EnergyPilot.Core.Learning;

/// <summary>
/// One step of fixed length of a <see cref="ZoneModel"/> as what it is, an affine map of the state:
/// state' = M·state + air·heat + outdoor·o. The same figures as <see cref="ZoneModel.Step"/> up to rounding, several times faster
/// when many steps of one length are needed.
/// </summary>
public readonly record struct ZoneTransition(ZoneState FromAir, ZoneState FromFast, ZoneState FromDeep, ZoneState FromHeat, ZoneState FromOutdoor)
{
    /// <summary>The map of a model for steps of this length.</summary>
    public static ZoneTransition Of(ZoneModel model, double hours) => new(
        model.Step(new ZoneState(1, 0, 0), default, hours),
        model.Step(new ZoneState(0, 1, 0), default, hours),
        model.Step(new ZoneState(0, 0, 1), default, hours),
        model.Step(default, new ZoneDrive { Disturbance = 1 }, hours),
        model.Step(default, new ZoneDrive { Outdoor = 1 }, hours));

    /// <summary>The temperatures after the step.</summary>
    /// <param name="state">Before [°C].</param>
    /// <param name="outdoor">Outdoor air [°C].</param>
    /// <param name="heat">What heats the air [K/h], from <see cref="ZoneModel.Heat"/>.</param>
    public ZoneState Apply(ZoneState state, double outdoor, double heat) => new(
        FromAir.Air * state.Air + FromFast.Air * state.Fast + FromDeep.Air * state.Deep + FromHeat.Air * heat + FromOutdoor.Air * outdoor,
        FromAir.Fast * state.Air + FromFast.Fast * state.Fast + FromDeep.Fast * state.Deep + FromHeat.Fast * heat + FromOutdoor.Fast * outdoor,
        FromAir.Deep * state.Air + FromFast.Deep * state.Fast + FromDeep.Deep * state.Deep + FromHeat.Deep * heat + FromOutdoor.Deep * outdoor);
}
