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
    public ShadowTwin? Of(ZoneId zone)
    {
        foreach (var twin in Twins)
            if (twin.Zone == zone) return twin;
        return null;
    }

    /// <summary>
    /// Twins begin anew where the zones are, sums stay. At the end of use both sides have just held the same band, so hardly any stored heat is given away by it.
    /// </summary>
    public ShadowLedger Settled(ImmutableArray<ShadowStep> zones) => this with { Twins = [.. zones.Select(Real)] };

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

    private static ShadowTwin Real(ShadowStep zone) => new(zone.Zone, zone.Observed, zone.Emission);

    private ShadowTwin Moved(ShadowStep zone, double heat, double hours)
    {
        var (model, drive, before) = (zone.Model, zone.Drive, Of(zone.Zone) ?? Real(zone));
        var keeps = ZoneAhead.Keeps(zone.RadiatorHours, hours);
        var emitted = (1 - keeps) * heat + keeps * before.Emission;
        var onAir = model.AirToOutdoor * drive.Outdoor + model.Heating * emitted + model.SunEast * drive.SunEast + model.SunSouth * drive.SunSouth
            + model.SunWest * drive.SunWest + model.People * drive.People + drive.Disturbance;
        var state = new ZoneMatrices(model, hours).Step(before.State, onAir, model.DeepToOutdoor * drive.Outdoor);
        return new ShadowTwin(zone.Zone, state, emitted);
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

/// <summary>A zone as it would be under the plans, and what its radiators would emit, of nominal.</summary>
public readonly record struct ShadowTwin(ZoneId Zone, ZoneState State, double Emission);

/// <summary>What really happened to a zone.</summary>
/// <param name="Zone">Which.</param>
/// <param name="Model">Learned.</param>
/// <param name="Drive">What acted on it, with the emission that the rules gave.</param>
/// <param name="Observed">How it stands now.</param>
/// <param name="NominalW">Heat at emission 1 [W].</param>
/// <param name="Lowest">Lower bound of its band [°C].</param>
/// <param name="Emission">What its radiators emit now, of nominal.</param>
/// <param name="RadiatorHours">As in <see cref="PlannedZone"/>.</param>
public readonly record struct ShadowStep(
    ZoneId Zone, ZoneModel Model, ZoneDrive Drive, ZoneState Observed, double NominalW, double Lowest, double Emission, double RadiatorHours);

/// <summary>What a kWh of the source costs and emits now.</summary>
public readonly record struct EnergyPrice(double EuroPerKwh, double GramsCo2PerKwh);
