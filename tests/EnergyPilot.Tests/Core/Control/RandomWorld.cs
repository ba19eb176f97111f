using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What a school may say of itself on a bad day, what it may remember, and what people may wish.</summary>
internal static class RandomWorld
{
    private static readonly Reliability[] Troubles = [.. Enum.GetValues<Reliability>().Where(r => r != Reliability.NoFaultDetected)];
    private static readonly double[] Extremes =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, 1e6, -1e6, 85, -127, -273.15, 0, double.Epsilon];

    public static DateTimeOffset At(Random chance) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(chance.Next(0, 2 * 365 * 86400));

    public static Snapshot Snapshot(Random chance, Site site, DateTimeOffset at)
    {
        var mean = chance.Next(3) switch { 0 => 6.0, 1 => 12.0, _ => 19.0 };
        var readings = new Dictionary<PointId, Reading>();
        foreach (var point in site.Points.Values)
            if (chance.Next(10) > 0) readings[point.Id] = Reading(chance, point, mean, at);
        return new Snapshot(at, readings, [.. Enumerable.Range(0, chance.Next(4)).Select(i => Wish(chance, site, i, at))]) { Knowledge = RandomKnowledge.Of(chance, site, at) };
    }

    public static Memory Memory(Random chance, Site site, DateTimeOffset at) => chance.Next(5) == 0
        ? EnergyPilot.Core.Control.Memory.Empty
        : new Memory(
            Near(chance, at), Number(chance, -20, 30), Number(chance, -20, 30), (SummerState)chance.Next(2),
            site.Zones.Where(_ => chance.Next(5) > 0).ToDictionary(z => z.Id, _ => Zone(chance, at)),
            site.Circuits.Where(_ => chance.Next(5) > 0).ToDictionary(c => c.Id, _ => new CircuitMemory(chance.Next(2), Near(chance, at), Number(chance, 0, 1), Number(chance, 20, 80), Trim(chance, at))),
            new BoilerMemory(chance.Next(2), Near(chance, at), Number(chance, 0, 30), Near(chance, at)),
            site.Zones.Select(z => z.Id.Name).Concat(["boiler", "outdoor"]).SelectMany(name => Enum.GetValues<ReasonCode>().Select(code => $"{code}/{name}"))
                .Where(_ => chance.Next(2) == 0).ToDictionary(key => key, _ => Near(chance, at)));

    public static Override Wish(Random chance, Site site, long id, DateTimeOffset at) => new(
        id, site.Zones[chance.Next(site.Zones.Length)].Id, new(chance.Next(4) == 0 ? Extremes[chance.Next(Extremes.Length)] : 30 * chance.NextDouble()), "somebody",
        Near(chance, at), chance.Next(4) == 0 ? DateTimeOffset.MaxValue : Near(chance, at), "")
    {
        Priority = chance.Next(3) == 0 ? Priority.City : Priority.Operator,
    };

    private static Reading Reading(Random chance, Point point, double mean, DateTimeOffset at)
    {
        var value = chance.Next(12) == 0 ? Extremes[chance.Next(Extremes.Length)]
            : point.Type.Quantity == Quantity.State ? chance.Next(2)
            : point.Type.Quantity == Quantity.Concentration ? 400 + 2000 * chance.NextDouble()
            : mean + 14 * (chance.NextDouble() - 0.5);
        return new Reading(value, chance.Next(8) == 0 ? Troubles[chance.Next(Troubles.Length)] : Reliability.NoFaultDetected, at.AddSeconds(-chance.Next(600)));
    }

    private static ZoneMemory Zone(Random chance, DateTimeOffset at) => new(
        Number(chance, 0, 0.9), Near(chance, at), chance.Next(3) == 0 ? chance.Next(2) : Number(chance, 0, 1), chance.Next(2), Near(chance, at), (FrostState)chance.Next(2),
        OrNever(chance, at), new Rescues(Near(chance, at), Near(chance, at), Near(chance, at)), Number(chance, -3, 3),
        new WarmUpMemory(
            Near(chance, at), Number(chance, 0, 40), Near(chance, at), Near(chance, at), OrNever(chance, at), new ColdStart(Number(chance, 0, 10), Number(chance, 0, 30), Number(chance, 0, 72)),
            WarmUpRegression.Start with { Coefficients = [Number(chance, 0, 1), Number(chance, 0, 3), Number(chance, 0, 3), Number(chance, 0, 3)] }),
        new ArrivalMemory(Forecast(chance, at), Forecast(chance, at)),
        new WindowMemory(OrNever(chance, at), (WindowSeen)chance.Next(3), Near(chance, at), Near(chance, at), Number(chance, 5, 25), Number(chance, 5, 25), Number(chance, 5, 25)),
        new Presence((PresenceState)chance.Next(3), Near(chance, at), Near(chance, at), Number(chance, 400, 3000), Number(chance, 400, 3000)),
        new ZoneEstimate(
            new ObserverState(Near(chance, at), new ZoneState(Number(chance, 5, 25), Number(chance, 5, 25), Number(chance, 5, 25)), Number(chance, -3, 3)),
            Number(chance, 0, 60), Near(chance, at), new QuarterSums(Number(chance, 0, 900), Number(chance, -5000, 9000), Number(chance, 0, 900), 0, 0, 0, Number(chance, 0, 900), 0, 0),
            Number(chance, -2, 2)))
    {
        Air = new AirMemory(
            (AirLight)chance.Next(4), Near(chance, at), chance.Next(8) == 0 ? TimeSpan.MinValue : TimeSpan.FromMinutes(chance.Next(20)), OrNever(chance, at), Near(chance, at),
            Number(chance, 400, 3000), Number(chance, -200, 200), Near(chance, at)),
        MouldFloor = Number(chance, 0, 25),
        Stays = [.. Enumerable.Range(0, chance.Next(3)).Select(_ => new Stay(Near(chance, at), Near(chance, at)))],
    };

    private static ArrivalForecast Forecast(Random chance, DateTimeOffset at) =>
        new(Near(chance, at), Near(chance, at), Near(chance, at), Near(chance, at), Number(chance, 5, 25));

    private static TrimMemory Trim(Random chance, DateTimeOffset at) =>
        new(Number(chance, -18, 12), Near(chance, at), Number(chance, 0.5, 1.3), Number(chance, -100, 100), Number(chance, 0, 100), Near(chance, at));

    private static DateTimeOffset OrNever(Random chance, DateTimeOffset at) => chance.Next(2) == 0 ? DateTimeOffset.MaxValue : Near(chance, at);

    /// <summary>A number of this range, and at times none that anybody should believe.</summary>
    public static double Number(Random chance, double low, double high) =>
        chance.Next(40) == 0 ? Extremes[chance.Next(Extremes.Length)] : low + (high - low) * chance.NextDouble();

    /// <summary>Seconds, hours or months away, in the past or (after the clock was set back) in the future.</summary>
    public static DateTimeOffset Near(Random chance, DateTimeOffset at) => chance.Next(8) switch
    {
        0 => DateTimeOffset.MinValue,
        1 => at,
        2 => at.AddDays(chance.Next(-200, 200)),
        3 => at.AddHours(24 * (chance.NextDouble() - 0.5)),
        4 => at.AddSeconds(chance.Next(600)),
        _ => at.AddSeconds(-chance.Next(3600)),
    };
}
