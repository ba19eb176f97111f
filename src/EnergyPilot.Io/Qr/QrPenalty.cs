namespace EnergyPilot.Io.Qr;

/// <summary>How hard a masked symbol is to read (ISO/IEC 18004, 7.8.3): less is better.</summary>
internal static class QrPenalty
{
    public static int Of(bool[,] dark)
    {
        var (side, points) = (dark.GetLength(0), 0);
        for (var i = 0; i < side; i++)
        {
            var line = i;
            points += Line(side, j => dark[j, line]) + Line(side, j => dark[line, j]);
        }

        return points + Blocks(dark) + Balance(dark);
    }

    // Five of a colour in a row cost 3, each more 1; what looks like a finder pattern beside four light ones costs 40.
    private static int Line(int side, Func<int, bool> dark)
    {
        var (points, run) = (0, 0);
        for (var i = 0; i < side; i++)
        {
            run = i > 0 && dark(i) == dark(i - 1) ? run + 1 : 1;
            points += run == 5 ? 3 : run > 5 ? 1 : 0;
        }

        bool IsLight(int from, int to) => Enumerable.Range(from, to - from).All(i => i < 0 || i >= side || !dark(i));
        for (var i = 0; i + 7 <= side; i++)
            if (dark(i) && !dark(i + 1) && dark(i + 2) && dark(i + 3) && dark(i + 4) && !dark(i + 5) && dark(i + 6))
                points += (IsLight(i - 4, i) ? 40 : 0) + (IsLight(i + 7, i + 11) ? 40 : 0);
        return points;
    }

    private static int Blocks(bool[,] dark)
    {
        var (side, points) = (dark.GetLength(0), 0);
        for (var y = 0; y + 1 < side; y++)
            for (var x = 0; x + 1 < side; x++)
                if (dark[x, y] == dark[x + 1, y] && dark[x, y] == dark[x, y + 1] && dark[x, y] == dark[x + 1, y + 1]) points += 3;
        return points;
    }

    // Ten for each twentieth that the share of dark modules is away from a half.
    private static int Balance(bool[,] dark)
    {
        var count = dark.Cast<bool>().Count(d => d);
        return Math.Abs(count * 20 - dark.Length * 10) / dark.Length * 10;
    }
}
