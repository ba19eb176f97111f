using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>Programmes of the planner's form with random figures.</summary>
internal static class RandomBlocks
{
    public static (ZoneBlock[] Zones, Coupling Coupling) Next(Random random)
    {
        var (count, steps) = (random.Next(1, 5), random.Next(3, 13));
        var zones = Enumerable.Range(0, count).Select(_ => Zone(random, steps)).ToArray();
        var most = zones.Sum(z => z.Power * z.Highest.Max());
        var limits = random.Next(3) == 0 ? [] : Series(random, steps, 0.05 * most, 1.2 * most);
        return (zones, random.Next(2) == 0
            ? new Coupling(limits, [], [])
            : new Coupling(limits, Series(random, steps, 0.1, 2), Series(random, steps, 0.1, 2)));
    }

    public static double[][] Emissions(ZoneBlock[] zones) => Array.ConvertAll(zones, z => new double[z.Steps]);

    private static ZoneBlock Zone(Random random, int steps)
    {
        var (gain, keep) = (Between(random, 0.5, 5), Between(random, 0.7, 0.99));
        var response = new double[steps * steps];
        for (var k = 0; k < steps; k++)
            for (var j = 0; j <= k; j++) response[k * steps + j] = gain * Math.Pow(keep, k - j);
        var rows = new List<SoftRow>();
        for (var k = 0; k < steps; k++)
        {
            if (random.Next(2) == 0) rows.Add(new SoftRow(k, -1, -Between(random, 0, 4), 60, random.Next(2) * 20));
            if (random.Next(3) == 0) rows.Add(new SoftRow(k, 1, Between(random, -1, 4), 10, random.Next(2) * 5));
        }

        // Without any curve the programme is linear: the hardest case for a solver of quadratic ones.
        var curve = random.Next(3) == 0 ? new double[steps] : Series(random, steps, 0, 0.5);
        return new ZoneBlock(response, Series(random, steps, 0.1, 4), curve, [.. rows], Series(random, steps, 0.2, 1), Between(random, 0.2, 3));
    }

    private static double[] Series(Random random, int count, double low, double high) => [.. Enumerable.Range(0, count).Select(_ => Between(random, low, high))];

    private static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();
}
