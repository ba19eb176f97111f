using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// What a meter counted between two instants, from its cumulative index alone: a gap costs resolution, never energy.
/// Between two known values of the index the gain is spread evenly over the time between them. An index that falls (another
/// meter, a reset counter) starts anew: what it shows then was not counted here, so a fall counts as nothing, never as a jump.
/// </summary>
internal static class IndexEnergy
{
    /// <param name="states">Roll-ups of the point in time order, reaching beyond both instants where there is data.</param>
    /// <param name="from">[ms since 1970]</param>
    /// <param name="to">[ms since 1970]</param>
    /// <returns>In the unit of the index; 0 when nothing is known.</returns>
    public static double Between(ImmutableArray<RollUp> states, long from, long to)
    {
        var (energy, before) = (0.0, RollUp.Empty);
        foreach (var state in states)
        {
            if (state.Count == 0) continue;
            energy += before.Gain(state) * Overlap(before.LastAt, state.FirstAt, from, to);
            energy += state.Rise * Overlap(state.FirstAt, state.LastAt, from, to);
            before = state;
        }

        return energy;
    }

    /// <summary>The share of [begin, end] that lies within [from, to].</summary>
    private static double Overlap(long begin, long end, long from, long to)
    {
        if (end <= begin) return begin > from && begin <= to ? 1 : 0;
        return Math.Max(0.0, Math.Min(end, to) - Math.Max(begin, from)) / (end - begin);
    }
}
