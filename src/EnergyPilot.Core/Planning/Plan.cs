using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Planning;

/// <summary>What all zones of a plant should get, step by step, and what comes of it.</summary>
/// <param name="At">When it was made.</param>
/// <param name="ValidUntil">End of the first step: by then there should be a newer one.</param>
/// <param name="Verdict">Whether there is a plan at all; without one zones are empty.</param>
/// <param name="Zones">In the order of the request.</param>
/// <param name="Supply">Flow temperature for the first step [°C]; 0 when no zone wants heat.</param>
/// <param name="Expected">Over all steps.</param>
/// <param name="First">Over the first step.</param>
/// <param name="Iterations">Of the solver, over all its passes.</param>
public sealed record Plan(
    DateTimeOffset At, DateTimeOffset ValidUntil, PlanVerdict Verdict, ImmutableArray<ZonePlan> Zones,
    double Supply, PlanTotals Expected, PlanTotals First, int Iterations)
{
    /// <summary>Whether there is something to follow.</summary>
    public bool IsUsable => Verdict is PlanVerdict.Solved or PlanVerdict.IterationLimit;
}

/// <summary>What a zone should get.</summary>
/// <param name="Zone">Which.</param>
/// <param name="Emission">For the first step, of nominal.</param>
/// <param name="Duty">Share of the first step that its valve is open at the plan's flow temperature.</param>
/// <param name="Steps">One after another.</param>
public sealed record ZonePlan(ZoneId Zone, double Emission, double Duty, ImmutableArray<PlanStep> Steps);

/// <summary>One step of a zone.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Length">Its length.</param>
/// <param name="Emission">New heat, of nominal.</param>
/// <param name="Operative">Expected at its end [°C].</param>
/// <param name="Lowest">Bound at its end [°C].</param>
public readonly record struct PlanStep(DateTimeOffset From, TimeSpan Length, double Emission, double Operative, double Lowest);

/// <summary>Heat into the zones, energy of the source, its price and its emissions.</summary>
public readonly record struct PlanTotals(double HeatKwh, double EnergyKwh, double Euro, double GramsCo2)
{
    public static PlanTotals operator +(PlanTotals a, PlanTotals b) =>
        new(a.HeatKwh + b.HeatKwh, a.EnergyKwh + b.EnergyKwh, a.Euro + b.Euro, a.GramsCo2 + b.GramsCo2);
}
