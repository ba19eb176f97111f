using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Learns as the gateway does, with the quarters of an hour in memory.</summary>
internal sealed class LearningStudy(Site site) : IStudy
{
    private readonly Learner learner = new(site, new QuartersInMemory());

    public Snapshot Before(Snapshot snapshot) => snapshot with { Knowledge = learner.Knowledge };

    public void After(Snapshot snapshot, Decision decision) => learner.Take(decision);
}
