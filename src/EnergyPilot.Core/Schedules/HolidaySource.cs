using System.Collections.Immutable;

namespace EnergyPilot.Core.Schedules;

/// <summary>One file of holidays with what it says of itself, as people choose among several.</summary>
/// <param name="Id">The file's name without ending, which the site file names it by: "france-zone-b".</param>
/// <param name="Kind">Whether the school rests on its days, or everybody.</param>
/// <param name="KnownUntil">Last day for which it is known; <see cref="DateOnly.MaxValue"/> when it ends nowhere.</param>
public sealed record HolidaySource(string Id, HolidayKind Kind, DateOnly KnownUntil)
{
    /// <summary>What people call it, by language in two letters; the one without a language is for all others.</summary>
    public ImmutableDictionary<string, string> Titles { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The towns or districts that it holds for, "Lille, Rennes"; empty when the file does not say.</summary>
    public string Places { get; init; } = "";

    /// <summary>Whether it stands beside the published ones: a school's own days (a bridge day, a training day) end nowhere.</summary>
    public bool IsOwn => KnownUntil == DateOnly.MaxValue;

    /// <summary>What it is called in a language of two letters; the file's name where the file does not say.</summary>
    public string Title(string language) => (Titles.GetValueOrDefault(language), Titles.GetValueOrDefault("")) switch
    {
        ({ Length: > 0 } own, _) => own,
        (_, { Length: > 0 } any) => any,
        _ => Id,
    };
}
