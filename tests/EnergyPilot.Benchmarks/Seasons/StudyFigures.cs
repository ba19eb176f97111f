namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Gas that the control study found with another program, kWh/m² on the gross calorific value.</summary>
internal static class StudyFigures
{
    private static readonly Dictionary<(string Building, string Controller), double> Gas = new()
    {
        [("base", "a")] = 130.5,
        [("base", "a2")] = 120.0,
        [("base", "b0")] = 98.8,
        [("base", "b")] = 103.3,
        [("base", "b-study")] = 103.3,
        [("base", "c")] = 90.0,
        [("base", "c3")] = 93.4,
        [("base", "d")] = 64.1,
        [("base", "prior")] = 79.2,
        [("base", "legal")] = 56.2,
        [("base", "e")] = 63.2,
        [("base", "f")] = 41.5,
        [("cold", "b")] = 136.6,
        [("cold", "c3")] = 125.7,
        [("cold", "d")] = 91.1,
        [("cold", "e")] = 90.9,
        [("heavy", "b")] = 102.8,
        [("heavy", "c3")] = 92.9,
        [("heavy", "d")] = 64.2,
        [("heavy", "e")] = 62.7,
        [("renovated", "b")] = 48.6,
        [("renovated", "c3")] = 44.5,
        [("renovated", "d")] = 30.2,
        [("renovated", "e")] = 28.8,
        [("weak", "b")] = 137.1,
        [("weak", "c3")] = 124.3,
        [("weak", "d")] = 97.3,
        [("weak", "e")] = 97.9,
    };

    /// <summary>Not a number where the study has no such row, or ran no such season.</summary>
    public static double GasKwhPerM2(SeasonResult result) =>
        result.Days == SeasonRun.FullDays ? Gas.GetValueOrDefault((result.Building, result.Controller), double.NaN) : double.NaN;
}
