using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Recording;

/// <summary>The numbers of recorded decisions, as whole numbers: finer than any sentence shows them, and short. Times count from the step that they belong to.</summary>
internal static class DecisionNumber
{
    private const long None = long.MinValue, Largest = 1L << 52;

    /// <summary>The value of a decision, in thousandths.</summary>
    public static long Whole(double value) => Whole(value, 1000, 0);

    public static double Value(long whole) => Value(whole, 1000, 0);

    public static long Whole(Fact fact, DateTimeOffset at) => Whole(fact.Number, Scale(fact.Kind), Zero(fact.Kind, at));

    public static double Value(long whole, FactKind kind, DateTimeOffset at) => Value(whole, Scale(kind), Zero(kind, at));

    private static long Whole(double value, double scale, double zero) =>
        double.IsFinite(value) ? (long)Math.Round(Math.Clamp((value - zero) * scale, -Largest, Largest)) : None;

    private static double Value(long whole, double scale, double zero) => whole == None ? double.NaN : whole / scale + zero;

    private static double Scale(FactKind kind) => kind switch { FactKind.Temperature or FactKind.Difference => 100, FactKind.Share => 1000, _ => 1 };

    private static double Zero(FactKind kind, DateTimeOffset at) => kind == FactKind.Time ? at.ToUnixTimeSeconds() : 0;
}
