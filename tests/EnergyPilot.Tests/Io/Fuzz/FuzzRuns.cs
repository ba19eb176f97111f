using System.Globalization;

namespace EnergyPilot.Tests.Io.Fuzz;

/// <summary>How many frames each decoder is fed: a hundred thousand, or what ENERGYPILOT_FUZZ says (ten million in the long mode).</summary>
internal static class FuzzRuns
{
    private const string Variable = "ENERGYPILOT_FUZZ";
    private const int Usual = 100_000;

    public static int Count { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => Usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
        var text => throw new InvalidOperationException($"{Variable} is a count of frames, for example 10000000, not '{text}'."),
    };
}
