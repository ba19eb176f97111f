using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Learns as the gateway does, with the quarters of an hour in memory.</summary>
internal sealed class LearningStudy : IStudy
{
    private readonly Learner learner;

    public LearningStudy(Site site) => learner = new Learner(site, new QuartersInMemory());

    public Snapshot Before(Snapshot snapshot) => snapshot with { Knowledge = learner.Knowledge };

    public void After(Snapshot snapshot, Decision decision) => learner.Take(decision);
}

/// <summary>Learns and plans as the gateway does, with the prices of the building and the weather of yesterday.</summary>
internal sealed class PlanningStudy : IStudy
{
    private const int HoursAhead = 48;
    private readonly QuartersInMemory book = new();
    private readonly Learner learner;
    private readonly PlanRounds rounds;
    private readonly Foresight foresight;
    private Outlook outlook = Outlook.None;

    public PlanningStudy(Building building, Site site) =>
        (learner, rounds, foresight) = (new Learner(site, book), new PlanRounds(site, book), new Foresight(building));

    public Snapshot Before(Snapshot snapshot)
    {
        if (snapshot.At.Minute == 0 || outlook.Hours.IsEmpty) outlook = PricesOnly(snapshot.At);
        return snapshot with { Knowledge = rounds.Into(learner.Knowledge with { Outlook = outlook }) };
    }

    // A gateway without internet: the tariff is known by contract, the weather is not.
    private Outlook PricesOnly(DateTimeOffset at)
    {
        var known = foresight.Persistence(at, HoursAhead);
        return known with { Hours = [.. known.Hours.Select(h => h with { Outdoor = double.NaN, GlobalHorizontal = double.NaN })] };
    }

    public void After(Snapshot snapshot, Decision decision)
    {
        learner.Take(decision);
        rounds.Take(snapshot, decision);
    }
}
