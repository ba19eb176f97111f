using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>Follows what acts on each room from cycle to cycle, and every quarter of an hour lets the observer compare it with what the room did.</summary>
internal static class Estimation
{
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    // Between two cycles further apart than this nobody knows what acted on the room.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private const double MostlyTrusted = 0.9;

    /// <param name="before">What the last cycle left, with the windows and the people of this one.</param>
    public static (ZoneEstimate Estimate, Quarter? Closed) Of(Situation now, Zone zone, Reading room, ZoneMemory before)
    {
        var estimate = before.Estimate;
        var start = Start(now.At);
        if (now.Step > LongestStep || estimate.Quarter > now.At) return (estimate with { Excess = 0, Quarter = start, Sums = default }, null);

        var heat = Heat(now, zone, room, estimate.Excess, before);
        var sums = Added(now, zone, room, before, estimate.Sums, heat.Emission);
        if (start == estimate.Quarter) return (estimate with { Excess = heat.Excess, Sums = sums }, null);
        if (estimate.Quarter == DateTimeOffset.MinValue) return (estimate with { Excess = heat.Excess, Quarter = start, Sums = default }, null);

        var closed = Closed(estimate.Quarter + QuarterHour, room, sums);
        var observer = Observer.Next(now.ModelOf(zone), estimate.Observer, closed);
        var unexplained = estimate.Unexplained + (QuarterHour / Day) * (observer.Disturbance - estimate.Unexplained);
        var next = new ZoneEstimate(observer, heat.Excess, start, default, unexplained);
        return (next.IsSound ? next : ZoneEstimate.None, closed);
    }

    private static (double Excess, double Emission) Heat(Situation now, Zone zone, Reading room, double excess, ZoneMemory before)
    {
        var circuit = now.CircuitOf(zone);
        if (circuit.Emitter == Emitter.Electric) return (0, Math.Clamp(OpenShare(now, zone, before), 0, 1));

        var memory = now.Memory.Of(circuit.Id);
        var air = room.IsReliable ? room.Value : before.Estimate.StateOr(double.NaN).Air;
        var open = memory.Pump > 0 ? OpenShare(now, zone, before) : 0;
        var next = RadiatorEstimate.Step(excess, Supply(now, circuit, memory), air, open, now.Step, Response(circuit.Emitter));
        return (next, RadiatorEstimate.Emission(next));
    }

    /// <summary>How the emitters of a circuit follow their water.</summary>
    public static EmitterResponse Response(Emitter emitter) => emitter switch
    {
        Emitter.Floor => EmitterResponse.Floor,
        Emitter.Electric => EmitterResponse.Electric,
        _ => EmitterResponse.Radiators,
    };

    // Without a sensor at the manifold the boiler's counts, else what the circuit is to have while somebody heats for it.
    private static double Supply(Situation now, Circuit circuit, CircuitMemory memory) =>
        now.Snapshot.Mean(circuit.Supply) is { IsReliable: true } manifold ? manifold.Value
        : circuit.MixingValve.IsEmpty && now.Snapshot.Mean(now.Site.Boiler.Supply) is { IsReliable: true } boiler ? boiler.Value
        : now.Memory.Boiler.Released > 0 ? memory.Supply
        : double.NaN;

    // A zone without a valve of ours gets what its circuit gets; what a radiator valve of its own does, only its demand says.
    private static double OpenShare(Situation now, Zone zone, ZoneMemory before)
    {
        if (zone.Points.Valve.IsEmpty) return zone.Points.Thermostat.IsEmpty ? 1 : before.PulseDuty;
        return now.Site.Points.TryGetValue(zone.Points.Valve[0], out var point) && point.Type.Quantity == Quantity.Ratio ? before.Valve / 100 : before.Valve;
    }

    private static QuarterSums Added(Situation now, Zone zone, Reading room, ZoneMemory before, QuarterSums sums, double emission)
    {
        var seconds = now.Step.TotalSeconds;
        var sun = now.Sunlight;
        var isThere = before.Presence.State == PresenceState.Unknown
            ? now.Site.PeriodOf(zone, now.At).IsInUse
            : before.Presence.State == PresenceState.Present;
        return new QuarterSums(
            sums.Seconds + seconds, sums.Outdoor + seconds * now.Weather.Now.Degrees, sums.Emission + seconds * emission,
            sums.SunEast + seconds * sun.East, sums.SunSouth + seconds * sun.South, sums.SunWest + seconds * sun.West,
            sums.People + (isThere ? seconds : 0), sums.WindowSeconds + (before.Window.IsOpen ? seconds : 0),
            sums.UntrustedSeconds + (room.IsReliable && now.Weather.Outdoor.IsReliable ? 0 : seconds));
    }

    private static Quarter Closed(DateTimeOffset end, Reading room, QuarterSums sums)
    {
        var s = sums.Seconds;
        var isWhole = s >= MostlyTrusted * QuarterHour.TotalSeconds && sums.UntrustedSeconds < (1 - MostlyTrusted) * s && room.IsReliable;
        var worth = !isWhole ? QuarterWorth.Untrusted : sums.WindowSeconds > 0 ? QuarterWorth.WindowOpen : QuarterWorth.Good;
        var drive = s > 0 ? new ZoneDrive(sums.Outdoor / s, sums.Emission / s, sums.SunEast / s, sums.SunSouth / s, sums.SunWest / s, sums.People / s, 0) : default;
        return new Quarter(end, room.IsReliable ? room.Value : double.NaN, drive, worth);
    }

    private static DateTimeOffset Start(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % QuarterHour.Ticks, TimeSpan.Zero);
}
