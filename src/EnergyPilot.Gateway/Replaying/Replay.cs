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

    /// <summary>
    /// What was decided then, as far as it was recorded. A section of an older version has only fingerprints: for it stands what this program
    /// decides, so that it shows no difference where none can be told.
    /// </summary>
    public static Course Recorded(RecordedDay day, Func<RecordedSection, Site> siteOf, CancellationToken stop)
    {
        var course = new Course();
        foreach (var section in day.Sections)
        {
            if (!section.HasDecisions)
            {
                Run(day with { Sections = [section] }, siteOf, course, stop);
                continue;
            }

            var times = section.Cycles.Select(c => c.Snapshot.At).ToArray();
            if (times.Length == 0) continue;
            foreach (var step in section.Decisions.Where(s => s.At >= times[0] && s.At <= times[^1])) course.Take(siteOf(section), step);
            course.Pause(times[^1] + LastCycle);
        }

        return course;
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
