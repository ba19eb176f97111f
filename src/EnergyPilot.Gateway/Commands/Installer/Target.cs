using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>What a verb is pointed at: a bus, and what the site file says is on it.</summary>
/// <param name="Bus">The bus, with the options of the command line.</param>
/// <param name="Devices">The site's devices on it; none where a place was given.</param>
/// <param name="SiteFile">The file whose names count, and whose folders may hold further device models.</param>
internal sealed record Target(Bus Bus, ImmutableArray<Device> Devices, string SiteFile)
{
    /// <summary>The devices that were named themselves; none where a bus or a place was.</summary>
    public ImmutableArray<Device> Named { get; init; } = [];

    /// <summary>Every speed and parity is to be tried.</summary>
    public LineSearch Search { get; init; }

    /// <summary>How the command line names it.</summary>
    public string Name => Bus.Id.Length > 0 ? Bus.Id : Bus.Where;
}

/// <summary>Whether the format of a serial line is known.</summary>
internal enum LineSearch { Known, AnySpeed, AnySpeedAndParity }
