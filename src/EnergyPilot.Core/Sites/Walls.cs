using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>An inner wall as one zone's section has it.</summary>
internal sealed record Wall(string From, string To, Placed<double> Conductance);

/// <summary>Inner walls stand in the file once, and in the site on both sides.</summary>
internal static class Walls
{
    /// <summary>The zones with their neighbours; walls that lead nowhere, or have two values, are reported.</summary>
    public static ImmutableArray<Zone> Joined(ImmutableArray<Zone> zones, IReadOnlyList<Wall> walls)
    {
        var names = zones.Select(z => z.Id.Name).ToList();
        var between = new Dictionary<(string, string), Wall>();
        foreach (var wall in walls)
        {
            if (wall.To.Length == 0 || !LeadsSomewhere(wall, names)) continue;
            var (a, b) = string.CompareOrdinal(wall.From, wall.To) < 0 ? (wall.From, wall.To) : (wall.To, wall.From);
            if (between.TryAdd((a, b), wall) || between[(a, b)].Conductance.Value.Equals(wall.Conductance.Value)) continue;
            wall.Conductance.Spot.Unexpected($"the same conductance as in {between[(a, b)].Conductance.Spot.Path}, or nothing: once is enough");
        }

        return [.. zones.Select(z => z with { Fabric = z.Fabric with { Neighbours = NeighboursOf(z.Id.Name, between) } })];
    }

    private static bool LeadsSomewhere(Wall wall, List<string> names)
    {
        if (wall.From == wall.To)
            wall.Conductance.Spot.Wrong($"\"{wall.To}\" as its own neighbour", $"another zone");
        else if (!names.Contains(wall.To))
            wall.Conductance.Spot.Wrong($"the unknown zone \"{wall.To}\"", $"the name of a zone", Nearest.To(wall.To, names));
        else
            return true;
        return false;
    }

    private static ImmutableArray<Neighbour> NeighboursOf(string zone, Dictionary<(string A, string B), Wall> between) =>
    [
        .. between.Where(w => w.Key.A == zone || w.Key.B == zone)
            .Select(w => new Neighbour(new ZoneId(w.Key.A == zone ? w.Key.B : w.Key.A), w.Value.Conductance.Value)),
    ];
}
