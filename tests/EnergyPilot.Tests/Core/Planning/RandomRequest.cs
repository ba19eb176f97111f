using System.Collections.Immutable;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sky;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>Requests with sensible figures, at random; what nobody knows is not a number.</summary>
internal static class RandomRequest
{
    public static PlanRequest Next(Random random)
    {
        var zones = Enumerable.Range(0, random.Next(1, 5)).Select(i => Zone(random, i)).ToImmutableArray();
        var power = zones.Sum(z => z.NominalW);
        return new PlanRequest(
            Requests.Evening.AddMinutes(random.Next(1440)), zones, Plant(random, power), (PlanGoal)random.Next(3), Sight(random),
            new WhenUnknown(Between(random, -15, 18), Between(random, 0.05, 0.3), Between(random, 0, 400)), new Place(50.69, 3.17));
    }

    /// <summary>One figure of a request that is none, or that makes no sense.</summary>
    public static PlanRequest Spoilt(PlanRequest request, Random random)
    {
        var bad = random.Next(4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, _ => -1e12 };
        var at = random.Next(request.Zones.Length);
        var zone = request.Zones[at];
        var values = zone.Model.Values.ToArray();
        values[random.Next(values.Length)] = bad;
        return random.Next(9) switch
        {
            0 => With(zone with { State = zone.State with { Air = bad } }),
            1 => With(zone with { State = zone.State with { Deep = bad } }),
            2 => With(zone with { Model = ZoneModel.Of(values) }),
            3 => With(zone with { RadiatorExcess = bad }),
            4 => With(zone with { NominalW = bad }),
            5 => With(zone with { Uses = [new PlannedUse(request.At, request.At.AddHours(1), bad, 24, 1)] }),
            6 => request with { Otherwise = request.Otherwise with { Outdoor = bad } },
            7 => request with { Plant = request.Plant with { Efficiency = bad } },
            _ => request with { Steps = [TimeSpan.FromMinutes(7)] },
        };

        PlanRequest With(PlannedZone spoilt) => request with { Zones = request.Zones.SetItem(at, spoilt) };
    }

    private static PlannedZone Zone(Random random, int index)
    {
        var model = ZoneModel.Of([.. ZoneModel.Prior.Values.Select((v, i) => v * Math.Exp(ZoneModel.Spread[i] * Between(random, -1, 1)))]);
        var air = Between(random, 5, 24);
        return new PlannedZone(
            new ZoneId($"z{index}"), model, new ZoneState(air, air + Between(random, -1, 1), air + Between(random, -2, 2)), Between(random, 0, 40), Between(random, -1, 1),
            Between(random, 500, 10000), Between(random, 5, 16), [.. Enumerable.Range(0, random.Next(4)).Select(_ => Use(random))], Between(random, 0.1, 1));
    }

    private static PlannedUse Use(Random random)
    {
        var from = Between(random, -5, 40);
        return Requests.Use(from, from + Between(random, 0.2, 10), Between(random, 16, 21), random.Next(2) == 0 ? 24 : double.PositiveInfinity, random.Next(2));
    }

    private static PlannedPlant Plant(Random random, double power)
    {
        var kind = (PlantKind)random.Next(3);
        var capacity = random.Next(2) == 0 ? double.PositiveInfinity : power * Between(random, 0.05, 1.5);
        var limit = random.Next(2) == 0 ? double.PositiveInfinity : power * Between(random, 0.02, 1);
        return new PlannedPlant(kind, capacity, limit, kind == PlantKind.HeatPump ? 0.45 : 0.93, Between(random, 35, 80));
    }

    private static Outlook Sight(Random random) => random.Next(3) == 0 ? Outlook.None : new Outlook(
        Requests.Evening, [.. Enumerable.Range(0, random.Next(1, 72)).Select(_ => new OutlookHour(
            Perhaps(Between(random, -15, 20)), Perhaps(Between(random, 0, 700)), Perhaps(Between(random, -0.05, 0.5)), Perhaps(Between(random, 0, 400))))]);

    private static double Perhaps(double value) => value switch { > 0.4 and < 0.42 => double.NaN, > 100 and < 130 => double.PositiveInfinity, _ => value };

    private static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();
}
