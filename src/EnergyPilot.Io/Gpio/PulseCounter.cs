namespace EnergyPilot.Io.Gpio;

/// <summary>
/// Counts the pulses of a meter: an absolute count, from the stored one on, out of the edges of a line.
/// A pulse counts when it has ended and was not shorter than the least width. Pulses whose records were lost, but which the kernel
/// had numbered, count too, because a lost record may cost resolution but not energy; <see cref="Lost"/> says how many they were.
/// </summary>
/// <param name="stored">The count to go on from.</param>
/// <param name="leastWidth">Shorter pulses are disturbances; S0 pulses last at least 30 ms (DIN 43864).</param>
public sealed class PulseCounter(long stored, TimeSpan leastWidth)
{
    private GpioEdge last;

    /// <summary>All pulses ever, including those before the last restart.</summary>
    public long Count { get; private set; } = stored;

    /// <summary>Pulses since the start that are known only by the gap in the numbering.</summary>
    public long Lost { get; private set; }

    /// <summary>Pulses since the start that were too short to count.</summary>
    public long Rejected { get; private set; }

    /// <summary>Takes edges as they come from the board: all of one line, in order, from its opening on.</summary>
    public void Add(ReadOnlySpan<GpioEdge> edges)
    {
        foreach (var edge in edges)
        {
            // Negative: the line was opened anew and counts from 1 again.
            var missing = unchecked((int)(edge.Sequence - last.Sequence - 1));
            if (missing > 0)
                AddLost(missing + 1);
            else if (missing == 0 && edge.To == GpioLevel.Inactive && last.To == GpioLevel.Active)
                AddSeen(edge.At - last.At);
            last = edge;
        }
    }

    private void AddSeen(TimeSpan width)
    {
        if (width >= leastWidth)
            Count++;
        else
            Rejected++;
    }

    // Edges alternate, so the number of pulse ends among them is known.
    private void AddLost(int edges)
    {
        var ends = last.To == GpioLevel.Active ? (edges + 1) / 2 : edges / 2;
        Count += ends;
        Lost += ends;
    }
}
