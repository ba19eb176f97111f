using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Recording;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>Decides a recorded day again, cycle by cycle, each stretch from the memory with which it began.</summary>
internal static class Replay
{
    private static readonly TimeSpan LastCycle = TimeSpan.FromSeconds(10);

    /// <summary>With these sites, one for each section. Every decision is handed on; the fingerprints are compared with what was decided then.</summary>
    public static Fidelity Run(RecordedDay day, Func<RecordedSection, Site> siteOf, Course course, CancellationToken stop)
    {
        var fidelity = new Fidelity(0, 0, null);
        foreach (var section in day.Sections)
        {
            var (site, memory, last) = (siteOf(section), section.Header.Memory, DateTimeOffset.MinValue);
            foreach (var cycle in section.Cycles)
            {
                stop.ThrowIfCancellationRequested();
                var decision = Pilot.Decide(site, cycle.Snapshot, memory);
                (memory, last) = (decision.Memory, decision.At);
                course.Take(site.With(cycle.Snapshot.Knowledge.Added), decision);
                fidelity = fidelity.With(decision.At, DecisionHash.Of(decision) == cycle.Decision);
            }

            if (last > DateTimeOffset.MinValue) course.Pause(last + LastCycle);
        }

        return fidelity;
    }
}

/// <summary>How a replay compares with what was decided then.</summary>
/// <param name="Cycles">Cycles replayed.</param>
/// <param name="Identical">Those that decided the very same.</param>
/// <param name="FirstOther">The first that did not.</param>
internal readonly record struct Fidelity(int Cycles, int Identical, DateTimeOffset? FirstOther)
{
    public bool IsExact => Cycles == Identical;

    public Fidelity With(DateTimeOffset at, bool same) => new(Cycles + 1, same ? Identical + 1 : Identical, same ? FirstOther : FirstOther ?? at);
}
