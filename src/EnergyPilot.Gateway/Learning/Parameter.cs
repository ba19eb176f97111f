using System.Collections.Immutable;
using EnergyPilot.Core.Learning;

namespace EnergyPilot.Gateway.Learning;

/// <summary>One parameter of a zone's model, as people and files name it.</summary>
/// <param name="Name">In files, with its unit in <paramref name="Unit"/>.</param>
/// <param name="Meaning">For people.</param>
internal sealed record Parameter(string Name, string Unit, string Meaning)
{
    /// <summary>In the order of <see cref="ZoneModel.Values"/>.</summary>
    public static readonly ImmutableArray<Parameter> All =
    [
        new("airToFast", "1/h", "air to surfaces"), new("airToOutdoor", "1/h", "air to outdoors"), new("heating", "K/h", "full radiators heat the air by"),
        new("sunEast", "K/h", "full sun from the east"), new("sunSouth", "K/h", "full sun from the south"), new("sunWest", "K/h", "full sun from the west"),
        new("people", "K/h", "people"), new("fastToAir", "1/h", "surfaces to air"), new("fastToDeep", "1/h", "surfaces to walls"),
        new("deepToFast", "1/h", "walls to surfaces"), new("deepToOutdoor", "1/h", "walls to outdoors"),
    ];
}
