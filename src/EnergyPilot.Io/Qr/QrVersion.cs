using System.Collections.Immutable;

namespace EnergyPilot.Io.Qr;

/// <summary>A size of the symbol at error correction level M: the standard's tables 9 and E.1.</summary>
/// <param name="Blocks">Data codewords of each block.</param>
/// <param name="Alignment">Where the centres of alignment patterns stand, in both directions.</param>
internal sealed record QrVersion(int Number, int CorrectionPerBlock, ImmutableArray<int> Blocks, ImmutableArray<int> Alignment)
{
    public static readonly ImmutableArray<QrVersion> All =
    [
        new(1, 10, [16], []),
        new(2, 16, [28], [6, 18]),
        new(3, 26, [44], [6, 22]),
        new(4, 18, [32, 32], [6, 26]),
        new(5, 24, [43, 43], [6, 30]),
        new(6, 16, [27, 27, 27, 27], [6, 34]),
        new(7, 18, [31, 31, 31, 31], [6, 22, 38]),
        new(8, 22, [38, 38, 39, 39], [6, 24, 42]),
        new(9, 22, [36, 36, 36, 37, 37], [6, 26, 46]),
        new(10, 26, [43, 43, 43, 43, 44], [6, 28, 50]),
    ];

    public int Side => 17 + 4 * Number;

    public int DataCodewords => Blocks.Sum();

    /// <summary>Bits of the count of bytes (table 3).</summary>
    public int CountBits => Number < 10 ? 8 : 16;

    /// <summary>Bytes that it takes after a mode of so many bits.</summary>
    public int MostBytes(int modeBits) => (DataCodewords * 8 - modeBits - CountBits) / 8;
}
