namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Plans few large reads instead of many small ones: a request costs far more time than the registers in it.
/// A value is never torn over two blocks, so its words are always from the same moment.
/// </summary>
public static class RegisterBlocks
{
    /// <summary>Merges ranges into blocks of at most 125 registers (2000 bits), in order of address.</summary>
    /// <param name="space">The table that all ranges are in.</param>
    /// <param name="wanted">Ranges in any order; they may overlap.</param>
    /// <param name="maxGap">
    /// Unwanted registers that may be read along. 0 for devices that refuse addresses they do not know.
    /// </param>
    public static IReadOnlyList<RegisterRange> Plan(ModbusSpace space, IEnumerable<RegisterRange> wanted, int maxGap)
    {
        var most = space is ModbusSpace.Coils or ModbusSpace.DiscreteInputs ? ModbusPdu.MaxReadBits : ModbusPdu.MaxReadRegisters;
        List<RegisterRange> blocks = [];
        foreach (var next in wanted.OrderBy(range => range.Address).ThenByDescending(range => range.Length))
        {
            RequireReadable(next, most);
            if (blocks.Count > 0 && Merged(blocks[^1], next) is var merged && merged.Length <= most && next.Address <= blocks[^1].End + maxGap)
                blocks[^1] = merged;
            else
                blocks.Add(next);
        }

        return blocks;
    }

    private static RegisterRange Merged(RegisterRange block, RegisterRange next) =>
        block with { Length = Math.Max(block.End, next.End) - block.Address };

    private static void RequireReadable(RegisterRange range, int most)
    {
        if (range.Length < 1 || range.Length > most || range.End > ushort.MaxValue + 1)
            throw new ArgumentException($"No single request can read {range}.", nameof(range));
    }
}
