namespace EnergyPilot.Simulation.Physics;

/// <summary>PI regulation of a power on the water's set-point: a proportional action that would correct the water in 100 s, and a slower integral one.</summary>
internal sealed class PowerRegulation(double waterCapacityJPerK)
{
    public const double ProportionalS = 100.0;
    private const double IntegralS = 300.0;

    private double integralW;

    public void Restart(double fromW) => integralW = fromW;

    public double PowerW(double seconds, double errorK, double leastW, double mostW)
    {
        var proportionalW = waterCapacityJPerK / ProportionalS * errorK;
        var wishedW = proportionalW + integralW;
        var possibleW = Math.Clamp(wishedW, leastW, mostW);
        // No wind-up: a saturated source only integrates back into its range.
        if (wishedW == possibleW || (wishedW - possibleW) * proportionalW < 0.0)
            integralW = Math.Clamp(integralW + proportionalW * seconds / IntegralS, 0.0, mostW);
        return possibleW;
    }
}
