using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Keeps the return of the heat source at or below its limit, step by step: a network asks for cold return water, and a boiler needs it to condense.
/// One kelvin less supply every five minutes while it is too warm, one more while it is clearly below.
/// </summary>
internal static class ReturnLimit
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly Kelvin Clearly = new(2);
    private const double Step = 1, Most = 30;

    /// <summary>How much cooler the water is to be now.</summary>
    public static Kelvin Cut(Situation now) => Next(now).ReturnCut is var cut and > 0 and <= Most ? new Kelvin(cut) : new Kelvin(0);

    /// <summary>The boiler's memory with the cut as it is after this cycle.</summary>
    public static BoilerMemory Next(Situation now)
    {
        var before = now.Memory.Boiler;
        var limit = now.Site.Boiler.ReturnLimit;
        if (!double.IsFinite(limit.Degrees) || now.Since(before.ReturnAt) < Every) return before;
        var measured = now.Snapshot.Mean(now.Site.Boiler.Return);
        var cut = double.IsFinite(before.ReturnCut) ? before.ReturnCut : 0;
        var step = !measured.IsReliable || new Celsius(measured.Value) < limit - Clearly ? -Step : new Celsius(measured.Value) > limit ? Step : 0;
        return before with { ReturnCut = Math.Clamp(cut + step, 0, Most), ReturnAt = now.At };
    }
}
