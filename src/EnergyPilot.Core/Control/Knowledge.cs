using System.Collections.Immutable;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>
/// What slow work has found out for the control: the learned models, what is expected of the coming hours, the plan. It enters
/// a cycle with its snapshot; a control that is given none is safe and a little wasteful.
/// </summary>
/// <param name="Zones">What was learned of each zone; a zone that is missing has learned nothing.</param>
/// <param name="Outlook">Weather and prices to come.</param>
public sealed record Knowledge(IReadOnlyDictionary<ZoneId, Learned> Zones, Outlook Outlook)
{
    public static readonly Knowledge None = new(new Dictionary<ZoneId, Learned>(), Outlook.None);

    /// <summary>The newest plan, whether it commands or not; null when there is none.</summary>
    public Plan? Plan { get; init; }

    /// <summary>Uses that staff added on the page; they are laid over the programme like the exceptions of the site file, after them.</summary>
    public ImmutableArray<Occasion> Added { get; init; } = [];

    /// <summary>Pairs of zones whose sensors seem to have been swapped.</summary>
    public ImmutableArray<ZonePair> Swapped { get; init; } = [];

    /// <summary>Whether the plan commands, and why or why not.</summary>
    public PlannerStanding Planner { get; init; } = new(PlannerRole.Shadow, PlannerRoleReason.NotWanted);
}

/// <summary>Two zones of a site.</summary>
public sealed record ZonePair(ZoneId First, ZoneId Second);
