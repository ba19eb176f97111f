namespace EnergyPilot.Simulation.Physics;

/// <summary>PI regulation of a power on the water's set-point: a proportional action that would correct the water in a given time, and an integral one of three times that.</summary>
internal sealed class PowerRegulation(IHeatSourceParameters parameters)
{
    private readonly double integralS = 3.0 * parameters.RegulationS;
    private double integralW;

    public void Restart(double fromW) => integralW = fromW;

    public double PowerW(double seconds, double errorK, double leastW, double mostW)
    {
        var proportionalW = parameters.WaterCapacityJPerK / parameters.RegulationS * errorK;
        var wishedW = proportionalW + integralW;
        var possibleW = Math.Clamp(wishedW, leastW, mostW);
        // No wind-up: a saturated source only integrates back into its range.
        if (wishedW == possibleW || (wishedW - possibleW) * proportionalW < 0.0)
            integralW = Math.Clamp(integralW + proportionalW * seconds / integralS, 0.0, mostW);
        return possibleW;
    }
}
