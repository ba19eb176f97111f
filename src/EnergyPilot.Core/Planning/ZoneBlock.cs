namespace EnergyPilot.Core.Planning;

/// <summary>
/// One zone's part of the quadratic programme: min Σ cost·e + ½·curve·e² + Σ (weight·s + ½·bend·s²) over emissions 0 ≤ e ≤ highest and s ≥ 0,
/// with sign·(response·e)_step ≤ bound + s for each soft row.
/// </summary>
/// <param name="Response">Operative temperature [K] at the end of step k by emission in step j, at [k·n + j]; lower triangle.</param>
/// <param name="Cost">Per unit of emission and step.</param>
/// <param name="Curve">Likewise squared.</param>
/// <param name="Highest">Per step.</param>
/// <param name="Power">Of the zone, relative to the others: what its emission takes from a shared limit.</param>
internal sealed record ZoneBlock(double[] Response, double[] Cost, double[] Curve, SoftRow[] Rows, double[] Highest, double Power)
{
    public int Steps => Cost.Length;
}

/// <summary>A bound of comfort that may be broken at a price.</summary>
internal readonly record struct SoftRow(int Step, double Sign, double Bound, double Weight, double Bend);

/// <summary>What couples the zones: Σ power·e ≤ limit at each step, and, where supply is dear, a cost of heat times the hottest emission.</summary>
/// <param name="Limits">Per step; infinite for none. Empty when nothing is limited.</param>
/// <param name="Heat">½·heat·Q² with Q = Σ power·e, per step. Empty when the supply temperature costs nothing.</param>
/// <param name="Hottest">½·hottest·m² with m ≥ e of every zone, per step; as long as heat.</param>
internal sealed record Coupling(double[] Limits, double[] Heat, double[] Hottest)
{
    public static readonly Coupling None = new([], [], []);

    public bool IsNone => Limits.Length == 0 && Heat.Length == 0;
}
