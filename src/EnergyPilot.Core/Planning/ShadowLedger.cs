using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Planning;

/// <summary>
/// What the planner would have saved while the rules commanded. Its first moves act on a twin of each zone, the learned model under the same weather,
/// people and disturbance as the real one; the next plan starts from the twin, else it would live on heat that the rules paid for.
/// Both sides are counted with the same efficiency, so model errors touch both alike.
/// </summary>
/// <param name="Twins">The zones as they would be.</param>
/// <param name="Planned">What the plans would have taken.</param>
/// <param name="Ruled">What the rules took.</param>
/// <param name="PlannedColdKh">How far and how long twins were below their band [K·h, all zones].</param>
/// <param name="RuledColdKh">Likewise of the real zones.</param>
public sealed record ShadowLedger(
    ImmutableArray<ShadowTwin> Twins, PlanTotals Planned, PlanTotals Ruled, double PlannedColdKh, double RuledColdKh)
{
    public static readonly ShadowLedger Empty = new([], default, default, 0, 0);

    /// <summary>How a zone would be; null while it has no twin.</summary>
    public ZoneState? Of(ZoneId zone)
    {
        foreach (var twin in Twins)
            if (twin.Zone == zone) return twin.State;
        return null;
    }

    /// <summary>
    /// Twins begin anew where the zones are, sums stay. At the end of use both sides have just held the same band, so hardly any stored heat is given away by it.
    /// </summary>
    public ShadowLedger Settled(ImmutableArray<ShadowStep> zones) => this with { Twins = [.. zones.Select(z => new ShadowTwin(z.Zone, z.Observed))] };

    /// <summary>Some time later, at most the first step of the plan; without a usable plan, or with a figure that is no number, nothing is counted.</summary>
    public ShadowLedger After(Plan plan, PlannedPlant plant, EnergyPrice price, ImmutableArray<ShadowStep> zones, TimeSpan length)
    {
        if (!plan.IsUsable || length <= TimeSpan.Zero) return this;
        var hours = length.TotalHours;
        var moves = zones.Select(z => plan.Zones.FirstOrDefault(p => p.Zone == z.Zone)?.Emission ?? z.Drive.Emission).ToArray();
        var twins = zones.Select((z, i) => Moved(z, moves[i], hours)).ToImmutableArray();
        var next = new ShadowLedger(
            twins, Planned + Totals(plant, price, zones, moves, hours), Ruled + Totals(plant, price, zones, [.. zones.Select(z => z.Drive.Emission)], hours),
            PlannedColdKh + zones.Select((z, i) => Math.Max(z.Lowest - twins[i].State.Operative, 0)).Sum() * hours,
            RuledColdKh + zones.Sum(z => Math.Max(z.Lowest - z.Observed.Operative, 0)) * hours);
        return double.IsFinite(next.Planned.Euro + next.Ruled.Euro + next.PlannedColdKh + next.RuledColdKh + next.Planned.GramsCo2 + next.Ruled.GramsCo2) ? next : this;
    }

    private ShadowTwin Moved(ShadowStep zone, double emission, double hours)
    {
        var (model, drive) = (zone.Model, zone.Drive);
        var onAir = model.AirToOutdoor * drive.Outdoor + model.Heating * emission + model.SunEast * drive.SunEast + model.SunSouth * drive.SunSouth
            + model.SunWest * drive.SunWest + model.People * drive.People + drive.Disturbance;
        var state = new ZoneMatrices(model, hours).Step(Of(zone.Zone) ?? zone.Observed, onAir, model.DeepToOutdoor * drive.Outdoor);
        return new ShadowTwin(zone.Zone, state);
    }

    private static PlanTotals Totals(PlannedPlant plant, EnergyPrice price, ImmutableArray<ShadowStep> zones, double[] emissions, double hours)
    {
        var (sum, hottest) = (default(PlanTotals), emissions.DefaultIfEmpty().Max());
        for (var z = 0; z < zones.Length; z++)
        {
            var heat = zones[z].NominalW / 1000 * emissions[z] * hours;
            sum += HeatSource.Totals(plant, price, zones[z].Drive.Outdoor, heat, plant.Kind == PlantKind.HeatPump ? hottest : emissions[z]);
        }

        return sum;
    }
}

/// <summary>A zone as it would be under the plans.</summary>
public readonly record struct ShadowTwin(ZoneId Zone, ZoneState State);

/// <summary>What really happened to a zone: its model, what acted on it (with the emission that the rules gave), how it stands now, its lower bound [°C].</summary>
public readonly record struct ShadowStep(ZoneId Zone, ZoneModel Model, ZoneDrive Drive, ZoneState Observed, double NominalW, double Lowest);

/// <summary>What a kWh of the source costs and emits now.</summary>
public readonly record struct EnergyPrice(double EuroPerKwh, double GramsCo2PerKwh);
