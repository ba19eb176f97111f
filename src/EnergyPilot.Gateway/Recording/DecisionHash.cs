using System.Numerics;
using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// A fingerprint of what a cycle decided: targets, demands, supplies, outputs and alarms with the codes of their reasons, values
/// to the last bit. It proves that a replay decides the same; it keeps no secret. The same on every machine and in every process.
/// </summary>
internal static class DecisionHash
{
    // FNV-1a's offset and prime, on words instead of bytes, with a rotation so that high bits count too.
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    public static ulong Of(Decision decision)
    {
        var hash = Offset;
        foreach (var target in decision.Targets)
            hash = hash.With(target.Zone.Name).With(target.Setpoint.Degrees).With((int)target.Mode).With((int)target.Priority).With(target.Reason);
        foreach (var demand in decision.Demands) hash = hash.With(demand.Heat.Value).With(demand.Reason);
        foreach (var supply in decision.Supplies) hash = hash.With(supply.Setpoint.Degrees).With(supply.Reason);
        foreach (var output in decision.Outputs) hash = hash.With(output.Point.Name).With(output.Value).With((int)output.Priority).With(output.Reason);
        foreach (var alarm in decision.Alarms) hash = hash.With(alarm.Subject).With(alarm.Reason);
        return hash;
    }

    // By name: the number of a code changes whenever one is added before it.
    private static ulong With(this ulong hash, Reason reason) => hash.With(Names[(int)reason.Code]);

    private static ulong With(this ulong hash, double value) => hash.Mixed(BitConverter.DoubleToUInt64Bits(value));

    private static ulong With(this ulong hash, int value) => hash.Mixed((ulong)value);

    private static ulong With(this ulong hash, string text)
    {
        hash = hash.Mixed((ulong)text.Length);
        foreach (var letter in text) hash = hash.Mixed(letter);
        return hash;
    }

    private static ulong Mixed(this ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * Prime, 29);

    private static readonly string[] Names = Enum.GetNames<ReasonCode>();
}
