using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EnergyPilot.Io.Qr;

/// <summary>
/// A QR code (ISO/IEC 18004): text as a square of dark and light modules that any phone reads. Bytes, in UTF-8 and said so where it is not plain ASCII, error correction level M
/// (a seventh of it may be dirty or torn), versions 1 to 10, which is up to 213 bytes.
/// </summary>
public sealed class QrSymbol
{
    /// <summary>What must stay empty around it, in modules: without it readers do not find the corners.</summary>
    public const int QuietZone = 4;

    // Table 2 and 7.4.2: mode 0100 is bytes; before it mode 0111 with 26 (AIM's number of UTF-8), or readers guess which alphabet it is.
    private static readonly (int Value, int Bits) Plain = (0b0100, 4), Utf8 = (0b0111_00011010_0100, 16);

    private readonly bool[,] dark;

    private QrSymbol(bool[,] dark) => this.dark = dark;

    /// <summary>Modules along one side, without the quiet zone.</summary>
    public int Side => dark.GetLength(0);

    /// <summary>Whether a module is dark, by its column and row from the upper left.</summary>
    public bool IsDark(int x, int y) => dark[x, y];

    /// <summary>The symbol of a text; false when it is longer than 213 bytes, 211 where it is not ASCII.</summary>
    public static bool TryEncode(string text, [NotNullWhen(true)] out QrSymbol? symbol)
    {
        var (bytes, start) = (Encoding.UTF8.GetBytes(text), Ascii.IsValid(text) ? Plain : Utf8);
        symbol = QrVersion.All.FirstOrDefault(v => v.MostBytes(start.Bits) >= bytes.Length) is { } version ? Encode(version, start, bytes) : null;
        return symbol is not null;
    }

    // The mask that a reader's eye likes best, by the standard's own count (7.8.3).
    private static QrSymbol Encode(QrVersion version, (int Value, int Bits) start, byte[] bytes)
    {
        var grid = new QrGrid(version, Codewords(version, Data(version, start, bytes)));
        var best = Enumerable.Range(0, QrGrid.Masks).Select(grid.Masked).MinBy(QrPenalty.Of);
        return new QrSymbol(best ?? grid.Masked(0));
    }

    // The mode, the count, the bytes, a terminator of four zeros where there is room, then 0xEC and 0x11 in turn (7.4).
    private static byte[] Data(QrVersion version, (int Value, int Bits) start, byte[] bytes)
    {
        var data = new byte[version.DataCodewords];
        var at = 0;
        void Put(int value, int bits)
        {
            for (var i = bits - 1; i >= 0; i--, at++) data[at >> 3] |= (byte)((value >> i & 1) << 7 - (at & 7));
        }

        Put(start.Value, start.Bits);
        Put(bytes.Length, version.CountBits);
        foreach (var b in bytes) Put(b, 8);
        var used = Math.Min(data.Length, (at + 4 + 7) / 8);
        for (var (i, pad) = (used, 0xEC); i < data.Length; i++, pad ^= 0xEC ^ 0x11) data[i] = (byte)pad;
        return data;
    }

    // The codewords of the blocks in turn, first those of the data, then those that correct errors (7.6).
    private static byte[] Codewords(QrVersion version, byte[] data)
    {
        var at = 0;
        List<(byte[] Data, byte[] Correction)> blocks = [];
        foreach (var length in version.Blocks)
        {
            var block = data[at..(at + length)];
            blocks.Add((block, ReedSolomon.Remainder(block, version.CorrectionPerBlock)));
            at += length;
        }

        return
        [
            .. Enumerable.Range(0, version.Blocks.Max()).SelectMany(i => blocks.Where(b => i < b.Data.Length).Select(b => b.Data[i])),
            .. Enumerable.Range(0, version.CorrectionPerBlock).SelectMany(i => blocks.Select(b => b.Correction[i])),
        ];
    }
}
