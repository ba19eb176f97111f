using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What one cycle knows of one point.</summary>
internal readonly record struct Observation(PointId Point, Keeping Keeping, Accumulation Cumulative, Reading Reading);

/// <summary>Everything of a cycle that has a history: what was read, what was commanded, and what the control made of it.</summary>
internal static class CyclePoints
{
    private static readonly Keeping Temperatures = Keeping.Of(Quantity.Temperature), Shares = Keeping.Of(Quantity.Ratio), Numbers = Keeping.Of(Quantity.Number);

    public static PointId Setpoint(ZoneId zone) => new($"zone/{zone}.setpoint");
    public static PointId Heat(ZoneId zone) => new($"zone/{zone}.heat");
    public static PointId Setpoint(CircuitId circuit) => new($"circuit/{circuit}.setpoint");

    /// <summary>
    /// An output counts as what it was commanded, not as what was read before: so one that does not follow is not stored twice
    /// per cycle, and its alarm tells the rest.
    /// </summary>
    public static IEnumerable<Observation> Of(CycleRecord record)
    {
        var (site, snapshot, decision) = (record.Site, record.Snapshot, record.Decision);
        var commanded = new HashSet<PointId>();
        foreach (var output in decision.Outputs)
        {
            commanded.Add(output.Point);
            yield return Made(output.Point, KeepingOf(site, output.Point), output.Value);
        }

        foreach (var (point, reading) in snapshot.Readings)
        {
            if (commanded.Contains(point)) continue;
            var cumulative = site.Points.TryGetValue(point, out var known) ? known.Type.Cumulative : Accumulation.Instantaneous;
            // Trouble has no time of its own: it is noticed now.
            yield return new(point, KeepingOf(site, point), cumulative, reading.IsReliable ? reading : reading with { At = snapshot.At });
        }

        foreach (var target in decision.Targets) yield return Made(Setpoint(target.Zone), Temperatures, target.Setpoint.Degrees);
        foreach (var demand in decision.Demands) yield return Made(Heat(demand.Zone), Shares, demand.Heat.Value * 100);
        foreach (var supply in decision.Supplies) yield return Made(Setpoint(supply.Circuit), Temperatures, supply.Setpoint.Degrees);

        Observation Made(PointId point, Keeping keeping, double value) =>
            new(point, keeping, Accumulation.Instantaneous, Reading.Good(value, decision.At));
    }

    private static Keeping KeepingOf(Site site, PointId point) => site.Points.TryGetValue(point, out var known) ? known.Keeping : Numbers;

    public static Quantity QuantityOf(Site site, PointId point) =>
        site.Points.TryGetValue(point, out var known) ? known.Type.Quantity : Quantity.Number;
}
