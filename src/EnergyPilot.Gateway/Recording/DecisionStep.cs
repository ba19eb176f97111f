using System.Collections.Immutable;
using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Recording;

/// <summary>From <paramref name="At"/> on, a subject was decided to be this, and why.</summary>
/// <param name="Value">In the unit of its quantity; not-a-number when it was not decided any more.</param>
/// <param name="Code">The reason's code by name, which another build may not know; empty when nothing was decided.</param>
/// <param name="Facts">The reason's facts.</param>
internal readonly record struct DecisionStep(DateTimeOffset At, Subject Subject, double Value, string Code, ImmutableArray<Fact> Facts)
{
    public static DecisionStep End(DateTimeOffset at, Subject subject) => new(at, subject, double.NaN, "", []);
}
