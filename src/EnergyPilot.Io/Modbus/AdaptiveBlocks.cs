using System.Collections.Immutable;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The blocks in which a device's values are read: planned over gaps, and planned anew from what the device refuses.
/// A refused block is cut at its gaps and, when it has none, in halves, until the refused value stands alone; cuts are for good.
/// Such a value is asked again only rarely. Not thread-safe: one per poller.
/// </summary>
public sealed class AdaptiveBlocks
{
    /// <summary>
    /// Unwanted registers that may be read along. A request costs about 13 bytes, two silences of 3.5 characters and some 10 ms of the
    /// device's thinking, which is as long as 14 registers at 9600 Bd and 19 at 19 200 Bd; over TCP it costs far more than any block.
    /// </summary>
    public const int DefaultGap = 16;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private readonly ModbusSpace space;
    private readonly TimeProvider time;
    private readonly ImmutableArray<RegisterRange> wanted;
    private readonly int maxGap;
    private readonly HashSet<int> cuts = [];
    private readonly Dictionary<RegisterRange, long> resting = [];
    private (RegisterRange Block, ImmutableArray<int> Cuts) unproven;

    /// <summary>Plans the first time.</summary>
    /// <param name="space">The table that all ranges are in.</param>
    /// <param name="wanted">A range per value, in any order; they may overlap.</param>
    /// <param name="maxGap">Unwanted registers (for bits: words of 16) that may be read along.</param>
    /// <param name="time">Tells when a refused value may be asked again.</param>
    public AdaptiveBlocks(ModbusSpace space, IEnumerable<RegisterRange> wanted, int maxGap, TimeProvider time)
    {
        (this.space, this.time) = (space, time);
        this.maxGap = space is ModbusSpace.Coils or ModbusSpace.DiscreteInputs ? 16 * maxGap : maxGap;
        this.wanted = [.. wanted.Distinct().OrderBy(range => range.Address).ThenByDescending(range => range.Length)];
        Blocks = Plan(0, this.wanted.Length);
    }

    /// <summary>What to read, in order of address. Values that rest are blocks of their own: see <see cref="Rests"/>.</summary>
    public ImmutableArray<RegisterRange> Blocks { get; private set; }

    /// <summary>Whether the refusal may be about some addresses only: 2 by the standard, 3 and 4 from devices that know no better.</summary>
    public static bool BlamesAddresses(ModbusExceptionCode code) =>
        code is ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue or ModbusExceptionCode.ServerDeviceFailure;

    /// <summary>Whether this block is a value that was refused on its own a short time ago.</summary>
    public bool Rests(RegisterRange block) =>
        resting.Count > 0 && resting.TryGetValue(block, out var since) && time.GetElapsedTime(since) < Rest;

    /// <summary>
    /// Learns that a block was refused with such a code, and returns what to ask instead, at once: together it covers the same values.
    /// Empty when there is nothing to cut: then the refusal is about all values in the block.
    /// </summary>
    public ImmutableArray<RegisterRange> Refused(RegisterRange block, ModbusExceptionCode code)
    {
        var (first, end) = Members(block);
        ImmutableArray<int> found = [.. Enumerable.Range(first + 1, Math.Max(end - first - 1, 0)).Where(HasGapBefore)];
        if (code == ModbusExceptionCode.ServerDeviceFailure)
        {
            // It may fail wholly, and only for now: the cuts count when a piece answers.
            if (!found.IsEmpty)
                unproven = (block, [first, .. found, end]);
            return found.IsEmpty ? [] : Plan(first, end, found);
        }

        if (end - first > 1)
        {
            // Also around the block: what is known of its neighbours holds only as long as they stay as they are.
            cuts.UnionWith(found.IsEmpty ? [first, first + (end - first) / 2, end] : [first, .. found, end]);
            Blocks = Plan(0, wanted.Length);
            // A value that holds others cannot be cut.
            if (Plan(first, end) is var pieces && !pieces.Contains(block))
                return pieces;
        }

        resting[block] = time.GetTimestamp();
        return [];
    }

    /// <summary>Learns that a block was answered.</summary>
    public void Answered(RegisterRange block)
    {
        if (resting.Count > 0)
            resting.Remove(block);
        if (unproven.Cuts.IsDefaultOrEmpty || block == unproven.Block || !unproven.Block.Contains(block))
            return;
        cuts.UnionWith(unproven.Cuts);
        unproven = default;
        Blocks = Plan(0, wanted.Length);
    }

    private bool HasGapBefore(int value)
    {
        var end = 0;
        for (var i = 0; i < value; i++)
            end = Math.Max(end, wanted[i].End);
        return wanted[value].Address > end;
    }

    /// <summary>The values of a block: those from the first index to before the second.</summary>
    private (int First, int End) Members(RegisterRange block)
    {
        var first = 0;
        while (first < wanted.Length && (wanted[first].Address < block.Address || !block.Contains(wanted[first])))
            first++;
        var end = first;
        while (end < wanted.Length && block.Contains(wanted[end]))
            end++;
        return (first, end);
    }

    private ImmutableArray<RegisterRange> Plan(int first, int end, params ImmutableArray<int> more)
    {
        var blocks = ImmutableArray.CreateBuilder<RegisterRange>();
        while (first < end)
        {
            var next = first + 1;
            while (next < end && !cuts.Contains(next) && !more.Contains(next))
                next++;
            blocks.AddRange(RegisterBlocks.Plan(space, wanted[first..next], maxGap));
            first = next;
        }

        return blocks.ToImmutable();
    }
}
