using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What a school may be told by its learner, its weather feed and its planner, none of which can be trusted.</summary>
internal static class RandomKnowledge
{
    public static Knowledge Of(Random chance, Site site, DateTimeOffset at) => chance.Next(5) == 0
        ? Knowledge.None
        : new Knowledge(site.Zones.Where(_ => chance.Next(3) > 0).ToDictionary(z => z.Id, _ => Learned(chance, at)), Outlook(chance, at))
        {
            Plan = chance.Next(4) == 0 ? null : Plan(chance, site, at),
            Planner = new PlannerStanding(chance.Next(3) == 0 ? Enum.GetValues<PlannerRole>()[chance.Next(3)] : PlannerRole.Commanding, PlannerRoleReason.Proven),
        };

    /// <summary>A plan that holds now, with duties and a supply of which some are nonsense.</summary>
    public static Plan Plan(Random chance, Site site, DateTimeOffset at)
    {
        var verdict = Enum.GetValues<PlanVerdict>()[chance.Next(3) == 0 ? chance.Next(4) : 0];
        var supply = chance.Next(3) == 0 ? 0 : RandomWorld.Number(chance, 20, 90);
        return new Plan(
            at.AddMinutes(-chance.Next(60)), at.AddMinutes(chance.Next(-20, 60)), verdict,
            [.. site.Zones.Where(_ => chance.Next(6) > 0).Select(z => Zone(chance, z.Id, at))], supply, default, default, chance.Next(30));
    }

    private static ZonePlan Zone(Random chance, ZoneId zone, DateTimeOffset at) => new(
        zone, RandomWorld.Number(chance, 0, 1), chance.Next(3) switch { 0 => chance.Next(2), 1 => RandomWorld.Number(chance, 0, 1), _ => RandomWorld.Number(chance, -1, 2) },
        [.. Enumerable.Range(0, chance.Next(4)).Select(i => new PlanStep(
            at.AddHours(i), TimeSpan.FromHours(1), RandomWorld.Number(chance, 0, 1), RandomWorld.Number(chance, 5, 25), chance.Next(6) == 0 ? double.PositiveInfinity : RandomWorld.Number(chance, 5, 25)))]);

    /// <summary>Anything that the prior would let pass, its corners too.</summary>
    private static Learned Learned(Random chance, DateTimeOffset at)
    {
        var prior = ZonePrior.Ordinary;
        var medians = prior.Model.Values;
        var values = medians.Select((p, i) => p * Math.Exp(ZonePrior.Reach * prior.Spread[i] * (chance.Next(4) == 0 ? chance.Next(-1, 2) : 2 * chance.NextDouble() - 1))).ToArray();
        var learned = EnergyPilot.Core.Learning.Learned.Of(prior, at.AddDays(-chance.Next(60)));
        return learned with { Model = ZoneModel.Of(values), Days = chance.Next(4) == 0 ? 0 : 21, Rmse = RandomWorld.Number(chance, 0, 2) };
    }

    private static Outlook Outlook(Random chance, DateTimeOffset at) => new(
        RandomWorld.Near(chance, at),
        [.. Enumerable.Range(0, chance.Next(3) == 0 ? 0 : chance.Next(48)).Select(_ => chance.Next(8) == 0
            ? OutlookHour.Unknown
            : new OutlookHour(RandomWorld.Number(chance, -20, 30), RandomWorld.Number(chance, 0, 900), RandomWorld.Number(chance, 0, 1), RandomWorld.Number(chance, 0, 900)))]);
}
