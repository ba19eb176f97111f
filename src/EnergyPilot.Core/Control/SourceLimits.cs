using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Keeps the heat source within what was agreed or is good for it: a return no warmer than its limit (a network asks for it, and a boiler needs it to
/// condense), a power no larger than subscribed. The water becomes cooler step by step while either is exceeded, and warmer again while both are
/// clearly kept. Warm-ups are planned with the water that remains, so that they begin earlier instead of ending late.
/// </summary>
internal static class SourceLimits
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly Kelvin ClearlyBelow = new(2);
    private const double HotterThanSupply = 5, ClearlyLess = 0.95, Step = 1, PowerStep = 3, Most = 30;

    // What all radiators together may emit: the rest heats pipes, and cold radiators as a warm-up begins.
    private const double Emitted = 0.8;
    // What no source of this size gives; no meter says the very same for so long while it measures anything; and what stands still gives nothing.
    private const double MoreThanNominal = 1.5;
    private static readonly TimeSpan NeverMoves = TimeSpan.FromHours(2), Cools = TimeSpan.FromMinutes(15), DoubtLasts = TimeSpan.FromHours(24);

    private const double ColdRoom = 16, NominalExcess = 50, Exponent = 1.3, Drop = 4;

    /// <summary>How much cooler the water is to be now.</summary>
    public static Kelvin Cut(Situation now) => Next(now).Cut is var cut and > 0 and <= Most ? new Kelvin(cut) : new Kelvin(0);

    /// <summary>The boiler's memory with the cut as it is after this cycle.</summary>
    public static BoilerMemory Next(Situation now)
    {
        var before = Heard(now, now.Memory.Boiler);
        if (now.Since(before.CutAt) < Every) return before;
        var cut = double.IsFinite(before.Cut) ? before.Cut : 0;
        var step = Math.Max(ForReturn(now), ForPower(now, before));
        return before with { Cut = Math.Clamp(cut + step, 0, Most), CutAt = now.At };
    }

    /// <summary>The warmest water with which the radiators of all circuits together stay within the subscribed power; infinite without a limit.</summary>
    public static Celsius Warmest(Site site)
    {
        if (site.Boiler.Kind == HeatSourceKind.HeatPump || !double.IsFinite(site.Boiler.PowerLimit.Value)) return new Celsius(double.PositiveInfinity);
        var radiators = site.Zones.Sum(z => z.Fabric.RadiatorPower.Value);
        var share = radiators > 0 ? Emitted * site.Boiler.PowerLimit.Value / radiators : 1;
        return new Celsius(ColdRoom + Drop + NominalExcess * Math.Pow(share, 1 / Exponent));
    }

    /// <summary>Whether the water has been made as cool as it may be for the sake of a limit.</summary>
    public static bool IsAtItsEnd(BoilerMemory memory) => memory.Cut >= Most;

    /// <summary>Whether the power that is measured can be no measurement: it then limits nothing.</summary>
    public static bool IsPowerDoubted(Situation now)
    {
        var said = now.Snapshot.Mean(now.Site.Boiler.Power);
        return said.IsReliable && double.IsFinite(now.Site.Boiler.PowerLimit.Value) && IsDoubted(now, Heard(now, now.Memory.Boiler), said.Value);
    }

    // Since when the meter has said the same, and when it last told of power that nothing made.
    private static BoilerMemory Heard(Situation now, BoilerMemory before)
    {
        if (now.Snapshot.Mean(now.Site.Boiler.Power) is not { IsReliable: true } said) return before;
        var next = said.Value.Equals(before.PowerSaid) && before.PowerSince <= now.At ? before : before with { PowerSaid = said.Value, PowerSince = now.At };
        var stands = before.Released <= 0 && now.Since(before.Since) >= Cools && !now.Snapshot.Any(now.Site.Boiler.Running);
        return stands && said.Value > now.Site.Boiler.PowerLimit.Value ? next with { PowerDoubtedAt = now.At } : next;
    }

    private static bool IsDoubted(Situation now, BoilerMemory heard, double said)
    {
        var nominal = now.Site.Boiler.NominalPower.Value;
        return (nominal > 0 && said > MoreThanNominal * nominal)
            || (said > now.Site.Boiler.PowerLimit.Value && (now.Since(heard.PowerSince) >= NeverMoves || now.Since(heard.PowerDoubtedAt) < DoubtLasts));
    }

    private static double ForReturn(Situation now)
    {
        var limit = now.Site.Boiler.ReturnLimit;
        if (!double.IsFinite(limit.Degrees) || now.Snapshot.Mean(now.Site.Boiler.Return) is not { IsReliable: true } measured) return -PowerStep;

        // Water does not come back hotter than it went: a return sensor that says so must not cool a school.
        if (now.Snapshot.Mean(now.Site.Boiler.Supply) is { IsReliable: true } supply && measured.Value > supply.Value + HotterThanSupply) return -PowerStep;
        return new Celsius(measured.Value) > limit ? Step : new Celsius(measured.Value) < limit - ClearlyBelow ? -Step : 0;
    }

    private static double ForPower(Situation now, BoilerMemory heard)
    {
        var limit = now.Site.Boiler.PowerLimit.Value;
        if (!double.IsFinite(limit) || now.Snapshot.Mean(now.Site.Boiler.Power) is not { IsReliable: true } measured) return -PowerStep;
        if (IsDoubted(now, heard, measured.Value)) return -PowerStep;

        // What counts is the mean of an hour: the water comes back as quickly as it went.
        return measured.Value > limit ? PowerStep : measured.Value < ClearlyLess * limit ? -PowerStep : 0;
    }
}
