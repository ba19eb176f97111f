namespace EnergyPilot.Simulation.Physics;

/// <summary>The mean power of the last 60 minutes, minute by minute, and the highest of these means; zero before the start.</summary>
internal sealed class HourlyPeak
{
    private const int Minutes = 60;

    // Indices of the meter at the ends of the last 60 minutes, the oldest at the cursor.
    private readonly double[] indexJ = new double[Minutes];
    private int cursor;

    public double MeanW { get; private set; }

    public double HighestW { get; private set; }

    public void Minute(double totalJ)
    {
        MeanW = (totalJ - indexJ[cursor]) / (Minutes * 60.0);
        HighestW = Math.Max(HighestW, MeanW);
        indexJ[cursor] = totalJ;
        cursor = (cursor + 1) % Minutes;
    }
}
