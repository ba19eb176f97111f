namespace EnergyPilot.Core.Learning;

/// <summary>
/// Gain and integral time of a zone's PI loop from its learned model, by the SIMC rule for an integrating process with delay:
/// gain = 1/(k'·(τc+θ)), integral time = 4·(τc+θ); Skogestad, S. (2003), "Simple analytic rules for model reduction and PID controller
/// tuning", Journal of Process Control 13, 291-309. k' = 0.6 · <see cref="ZoneModel.Heating"/> (K/h at ordinary supply), θ = τc = 0.6 h.
/// </summary>
/// <param name="Gain">Share of the valve per kelvin [1/K], in [0.25, 1].</param>
/// <param name="IntegralTime">In [120, 300] min.</param>
public readonly record struct LoopTuning(double Gain, TimeSpan IntegralTime)
{
    private const double OrdinaryEmission = 0.6;
    private const double DelayHours = 0.6, ClosedLoopHours = 0.6;

    public static LoopTuning Of(ZoneModel model)
    {
        const double reaction = DelayHours + ClosedLoopHours;
        return new LoopTuning(
            Math.Clamp(1 / (OrdinaryEmission * model.Heating * reaction), 0.25, 1.0),
            TimeSpan.FromMinutes(Math.Clamp(4 * reaction * 60, 120, 300)));
    }
}
