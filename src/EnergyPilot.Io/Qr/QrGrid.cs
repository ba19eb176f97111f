namespace EnergyPilot.Io.Qr;

/// <summary>The modules of a symbol: the patterns that a reader looks for, the data between them, and a mask over the data.</summary>
internal sealed class QrGrid
{
    public const int Masks = 8;

    private readonly QrVersion version;
    private readonly bool[,] dark, isPattern;

    public QrGrid(QrVersion version, byte[] codewords)
    {
        this.version = version;
        (dark, isPattern) = (new bool[version.Side, version.Side], new bool[version.Side, version.Side]);
        DrawPatterns();
        DrawVersion();
        DrawFormat(dark, 0);
        DrawData(codewords);
    }

    public bool[,] Masked(int mask)
    {
        var masked = (bool[,])dark.Clone();
        for (var y = 0; y < version.Side; y++)
            for (var x = 0; x < version.Side; x++)
                masked[x, y] ^= !isPattern[x, y] && Turns(mask, x, y);
        DrawFormat(masked, mask);
        return masked;
    }

    // Table 10: the conditions under which a module is turned, with i its row and j its column.
    private static bool Turns(int mask, int j, int i) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => (i / 2 + j / 3) % 2 == 0,
        5 => i * j % 2 + i * j % 3 == 0,
        6 => (i * j % 2 + i * j % 3) % 2 == 0,
        _ => ((i + j) % 2 + i * j % 3) % 2 == 0,
    };

    private void Pattern(int x, int y, bool isDark) => (dark[x, y], isPattern[x, y]) = (isDark, true);

    private void DrawPatterns()
    {
        var last = version.Side - 1;
        for (var i = 0; i <= last; i++)
        {
            Pattern(6, i, i % 2 == 0);
            Pattern(i, 6, i % 2 == 0);
        }

        foreach (var (x, y) in new[] { (3, 3), (last - 3, 3), (3, last - 3) }) DrawFinder(x, y);
        foreach (var x in version.Alignment)
            foreach (var y in version.Alignment)
                if (!IsFinder(x, y)) DrawSquares(x, y, 2);
    }

    // Seven modules wide, with a light border around.
    private void DrawFinder(int x, int y)
    {
        for (var dy = -4; dy <= 4; dy++)
            for (var dx = -4; dx <= 4; dx++)
                if (x + dx >= 0 && x + dx < version.Side && y + dy >= 0 && y + dy < version.Side)
                    Pattern(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) is not (2 or 4));
    }

    private void DrawSquares(int x, int y, int reach)
    {
        for (var dy = -reach; dy <= reach; dy++)
            for (var dx = -reach; dx <= reach; dx++) Pattern(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
    }

    private bool IsFinder(int x, int y) => (x, y) == (6, 6) || (x == 6 && y == version.Side - 7) || (x == version.Side - 7 && y == 6);

    // 7.9: level M (00) and the mask, with ten bits that correct errors, twice; and one module that is always dark.
    private void DrawFormat(bool[,] modules, int mask)
    {
        var rest = mask;
        for (var i = 0; i < 10; i++) rest = rest << 1 ^ (rest >> 9) * 0x537;
        var bits = (mask << 10 | rest) ^ 0x5412;
        var side = version.Side;
        for (var i = 0; i < 15; i++)
        {
            var isDark = (bits >> i & 1) != 0;
            var (x, y) = i < 6 ? (8, i) : i < 8 ? (8, i + 1) : i == 8 ? (7, 8) : (14 - i, 8);
            var (x2, y2) = i < 8 ? (side - 1 - i, 8) : (8, side - 15 + i);
            (modules[x, y], isPattern[x, y]) = (isDark, true);
            (modules[x2, y2], isPattern[x2, y2]) = (isDark, true);
        }

        (modules[8, side - 8], isPattern[8, side - 8]) = (true, true);
    }

    // 7.10: the version with twelve bits that correct errors, twice.
    private void DrawVersion()
    {
        if (version.Number < 7) return;
        var rest = version.Number;
        for (var i = 0; i < 12; i++) rest = rest << 1 ^ (rest >> 11) * 0x1F25;
        var bits = version.Number << 12 | rest;
        for (var i = 0; i < 18; i++)
        {
            var (a, b, isDark) = (version.Side - 11 + i % 3, i / 3, (bits >> i & 1) != 0);
            Pattern(a, b, isDark);
            Pattern(b, a, isDark);
        }
    }

    // 7.7.3: upwards and downwards in columns of two, from the right, past the upright timing pattern.
    private void DrawData(byte[] codewords)
    {
        var at = 0;
        for (var right = version.Side - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            var isUpwards = (right + 1 & 2) == 0;
            for (var row = 0; row < version.Side; row++)
                for (var x = right; x > right - 2; x--)
                {
                    var y = isUpwards ? version.Side - 1 - row : row;
                    if (isPattern[x, y]) continue;
                    dark[x, y] = at < codewords.Length * 8 && (codewords[at >> 3] >> 7 - (at & 7) & 1) != 0;
                    at++;
                }
        }
    }
}
