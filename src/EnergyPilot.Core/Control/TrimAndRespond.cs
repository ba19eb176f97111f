using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>What trim-and-respond has found about a circuit's curve.</summary>
/// <param name="Offset">What is added to the curve's supply temperature while rooms only hold [K].</param>
/// <param name="At">When it was last looked at.</param>
/// <param name="Slope">Slow correction of the curve's slope; 1 is the curve as designed.</param>
/// <param name="OffsetHours">Offset times hours in cold weather since the slope was last looked at [K·h].</param>
/// <param name="Hours">Those hours.</param>
/// <param name="SlopeAt">When the slope was last looked at.</param>
public sealed record TrimMemory(double Offset, DateTimeOffset At, double Slope, double OffsetHours, double Hours, DateTimeOffset SlopeAt)
{
    public static readonly TrimMemory Start = new(0, DateTimeOffset.MinValue, 1, 0, 0, DateTimeOffset.MinValue);

    internal bool IsSound => Offset is >= TrimAndRespond.Lowest and <= TrimAndRespond.Highest && Slope is >= TrimAndRespond.LowestSlope and <= TrimAndRespond.HighestSlope && double.IsFinite(OffsetHours) && Hours >= 0;
}

/// <summary>
/// Supply temperature by the wishes of the rooms (trim and respond, ASHRAE Guideline 36): while no room asks for nearly all it
/// can get, the water becomes cooler step by step; when one asks and is still cool, warmer by a larger step. Only rooms that
/// hold a temperature count: one that warms up always asks for all. What the offset says for a week goes into the curve's slope.
/// </summary>
internal static class TrimAndRespond
{
    public const double LowestSlope = 0.5, HighestSlope = 1.3;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15), Week = TimeSpan.FromDays(7);
    public const double Lowest = -18, Highest = 12;       // K
    private const double Respond = 1.5, Trim = 0.5;
    private const double NearlyAll = 0.9, Plenty = 0.75, StillCool = 0.2, Sinks = 0.5, Holds = 0.8;

    // In mild weather the offset says more about the sun than about the curve.
    private const double ColdBelow = 12, SlopeStep = 0.02, Settled = 4, EnoughHours = 24;

    public static TrimMemory Next(Situation now, CircuitMemory before, ImmutableArray<ZoneStep> zones)
    {
        var trim = before.Trim;
        if (now.Since(trim.At) < Every) return trim;
        var holding = zones.Where(z => IsHolding(now, z)).ToArray();
        var hours = Math.Min(now.Since(trim.At).TotalHours, 1);
        var offset = holding.Length == 0 ? trim.Offset : Moved(trim.Offset, holding);
        var counts = holding.Length > 0 && now.Weather.Filtered.Degrees < ColdBelow;
        var next = trim with
        {
            Offset = offset,
            At = now.At,
            OffsetHours = trim.OffsetHours + (counts ? offset * hours : 0),
            Hours = trim.Hours + (counts ? hours : 0),
            SlopeAt = trim.SlopeAt == DateTimeOffset.MinValue ? now.At : trim.SlopeAt,
        };
        return now.Since(next.SlopeAt) < Week ? next : Learned(next, now.At);
    }

    // A room far below its target climbs, or gets all it can and stays cold: then it has another trouble than cool water, and is reported.
    private static bool IsHolding(Situation now, ZoneStep zone) =>
        zone.Demand.Room.IsReliable && (zone.Target.IsInUse || HasWarmedUp(now, zone)) && Math.Abs(Error(zone)) < Holds
        && zone.Demand.Reason.Code is ReasonCode.HoldingTarget or ReasonCode.FarBelowTarget or ReasonCode.WarmEnough;

    // Warm before its people come: until then it holds like any other.
    private static bool HasWarmedUp(Situation now, ZoneStep zone) => zone.Target.Reason.Code == ReasonCode.WarmingUp && zone.Loop.Start.Ready <= now.At;

    private static double Error(ZoneStep zone) => (zone.Target.Setpoint - new Celsius(zone.Demand.Room.Value)).Difference;

    private static double Moved(double offset, ZoneStep[] holding)
    {
        var most = holding.Max(z => z.Demand.Heat.Value);
        if (holding.Any(z => z.Demand.Heat.Value > NearlyAll && Error(z) > StillCool)) return Math.Min(offset + Respond, Highest);

        // A loop of low gain asks for little long before its room is warm: while one is still cool, no water becomes cooler; when one sinks, too much was trimmed.
        if (offset < 0 && holding.Any(z => z.Demand.Heat.Value > 0 && Error(z) > Sinks)) return Math.Min(offset + Respond, 0);
        return most < Plenty && holding.All(z => Error(z) <= StillCool) ? Math.Max(offset - Trim, Lowest) : offset;
    }

    private static TrimMemory Learned(TrimMemory week, DateTimeOffset at)
    {
        var mean = week.Hours >= EnoughHours ? week.OffsetHours / week.Hours : 0;
        var step = Math.Abs(mean) > Settled ? SlopeStep * Math.Sign(mean) : 0;
        return week with { Slope = Math.Clamp(week.Slope + step, LowestSlope, HighestSlope), OffsetHours = 0, Hours = 0, SlopeAt = at };
    }
}
