namespace EnergyPilot.Io.Tic;

/// <summary>A frame from its first to its last character, without the groups that were damaged on the way.</summary>
/// <param name="Mode">Which dialect it is in.</param>
/// <param name="Groups">The groups in the meter's order; no label comes twice.</param>
public sealed record TicFrame(TicMode Mode, IReadOnlyList<TicGroup> Groups)
{
    /// <summary>The group of a label.</summary>
    public bool TryGet(string label, out TicGroup group)
    {
        foreach (var candidate in Groups)
        {
            if (candidate.Label != label)
                continue;
            group = candidate;
            return true;
        }

        group = default;
        return false;
    }

    /// <summary>The number of a label in the unit of <see cref="TicMeaning"/>: index, current, voltage or power.</summary>
    public bool TryRead(string label, out double value)
    {
        value = 0;
        return TryGet(label, out var group) && TicMeaning.TryFind(label, out var meaning) && meaning.TryRead(group.Value, out value);
    }
}
