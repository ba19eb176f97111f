namespace EnergyPilot.Core.Learning;

/// <summary>How fast heat comes in a forecast: boiler, pipes, valve and radiator as one lag of 0.2 h, settling 4 K below the supply.</summary>
internal static class Radiator
{
    private const double LagHours = 0.2, Drop = 4;

    public static double Fill(double excess, double supply, double air) =>
        excess + (Math.Max(supply - air - Drop, 0) - excess) * (OptimalStart.StepHours / LagHours);
}
