namespace EnergyPilot.Io.Delivery;

/// <summary>
/// Which stretches of a log have arrived. The newest are sent beside the oldest, so there may be gaps; up to the first gap is what may be acknowledged.
/// Memory is bounded: of more than a thousand stretches beyond gaps the oldest is forgotten, and will be sent again.
/// </summary>
/// <param name="through">Everything up to this sequence is there.</param>
public sealed class SequenceRanges(long through)
{
    // Beyond the first; a gap that never closes must not fill the memory.
    private const int Most = 1000;

    private readonly List<(long After, long Through)> beyond = [];

    /// <summary>Everything up to here is there.</summary>
    public long Through { get; private set; } = through;

    /// <summary>Stretches beyond a gap.</summary>
    public int Beyond => beyond.Count;

    /// <summary>Whether this sample is there.</summary>
    public bool Contains(long sequence) => sequence <= Through || beyond.Exists(r => sequence > r.After && sequence <= r.Through);

    /// <summary>Everything after <paramref name="after"/> up to <paramref name="through"/> is there.</summary>
    public void Add(long after, long through)
    {
        if (through <= Math.Max(Through, after)) return;
        if (after > Through)
        {
            // Neighbours become one: live data would else be a stretch a minute.
            for (var i = beyond.FindIndex(r => Touches(r, after, through)); i >= 0; i = beyond.FindIndex(r => Touches(r, after, through)))
            {
                (after, through) = (Math.Min(after, beyond[i].After), Math.Max(through, beyond[i].Through));
                beyond.RemoveAt(i);
            }

            beyond.Add((after, through));
            if (beyond.Count > Most) beyond.RemoveAt(0);
            return;
        }

        Through = through;
        for (var i = beyond.FindIndex(r => r.After <= Through); i >= 0; i = beyond.FindIndex(r => r.After <= Through))
        {
            Through = Math.Max(Through, beyond[i].Through);
            beyond.RemoveAt(i);
        }
    }

    private static bool Touches((long After, long Through) range, long after, long through) => range.After <= through && after <= range.Through;
}
