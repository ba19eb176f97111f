using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Learning;

/// <summary>
/// Plans anew every half hour, judges the planner every evening, and while it does not command keeps count of what it would have saved.
/// </summary>
internal sealed class PlanRounds(Site site, IQuarterBook book)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30), Evening = TimeSpan.FromHours(19), Judged = TimeSpan.FromDays(3);
    private const int DaysKept = 30;

    private readonly PlannedPlant plant = PlanRequests.Plant(site);
    private ImmutableArray<PlannerDay> days = [];
    private Plan? plan;
    private PlannerStanding standing = new(PlannerRole.Shadow, PlannerRoleReason.NotWanted);
    private DateTimeOffset plannedFor, lastSeen;
    private int rescues;

    /// <summary>What the planner would have saved while it did not command.</summary>
    public ShadowLedger Shadow { get; private set; } = ShadowLedger.Empty;

    /// <summary>Adds the plan and its standing to what is known.</summary>
    public Knowledge Into(Knowledge known) => known with { Plan = plan, Planner = standing };

    public void Take(Snapshot snapshot, Decision decision)
    {
        rescues += decision.Memory.Zones.Count(z => z.Value.Rescues.Newest > lastSeen);
        lastSeen = decision.At;
        var slot = new DateTimeOffset(decision.At.UtcTicks - decision.At.UtcTicks % Every.Ticks, TimeSpan.Zero);
        if (slot == plannedFor) return;
        plannedFor = slot;
        Judge(snapshot, decision);
        Plan(snapshot, decision);
    }

    private void Plan(Snapshot snapshot, Decision decision)
    {
        // Nothing learned, nothing to plan with; and nobody plans for a summer.
        if (!site.Zones.All(z => snapshot.Knowledge.Zones.TryGetValue(z.Id, out var learned) && learned.HasLearned) || decision.Memory.Resting == SummerState.Resting)
        {
            plan = null;
            return;
        }

        var request = PlanRequests.Of(site, snapshot, decision.Memory);
        var gains = PlannerGainsOf.Request(request);
        standing = PlannerGate.Of(site.Control.Planner, gains, days, Today(decision));
        if (standing.Role == PlannerRole.Commanding) (plan, Shadow) = (Planner.Make(request), Shadow with { Twins = [] });
        else PlanInShadow(snapshot, decision, request);
    }

    // In shadow the plan goes on from the rooms as they would be, else it would live on heat that the rules paid for.
    private void PlanInShadow(Snapshot snapshot, Decision decision, PlanRequest request)
    {
        var (euro, grams) = PlanRequests.Energy(site);
        var hour = snapshot.Knowledge.Outlook.At(decision.At);
        var price = new EnergyPrice(double.IsFinite(hour.EuroPerKwh) ? hour.EuroPerKwh : euro, double.IsFinite(hour.GramsCo2PerKwh) ? hour.GramsCo2PerKwh : grams);
        var steps = Steps(request, decision.At);
        if (plan is { } last && steps.Length == request.Zones.Length) Shadow = Shadow.After(last, plant, price, steps, Every);
        if (request.Zones.All(z => !z.Uses.Any(u => u.From <= decision.At && decision.At < u.Until))) Shadow = Shadow.Twins.IsEmpty ? Shadow.Settled(steps) : Shadow;
        else if (steps.Length == request.Zones.Length) Shadow = Shadow.Settled(steps);
        plan = Planner.Make(request with { Zones = [.. request.Zones.Select(z => z with { State = Shadow.Of(z.Zone) ?? z.State })] });
    }

    private ImmutableArray<ShadowStep> Steps(PlanRequest request, DateTimeOffset at)
    {
        var steps = ImmutableArray.CreateBuilder<ShadowStep>(request.Zones.Length);
        foreach (var zone in request.Zones)
            if (book.Since(zone.Zone, at - Every) is { Length: > 0 } quarters)
                steps.Add(new ShadowStep(zone.Zone, zone.Model, Mean(quarters) with { Disturbance = zone.Disturbance }, zone.State, zone.NominalW, LowestNow(zone, at)));
        return steps.ToImmutable();
    }

    private static double LowestNow(PlannedZone zone, DateTimeOffset at) =>
        zone.Uses.Where(u => u.From <= at && at < u.Until).Select(u => u.Lowest).DefaultIfEmpty(zone.Floor).Max();

    private static ZoneDrive Mean(Quarter[] quarters) => new(
        quarters.Average(q => q.Drive.Outdoor), quarters.Average(q => q.Drive.Emission), quarters.Average(q => q.Drive.SunEast),
        quarters.Average(q => q.Drive.SunSouth), quarters.Average(q => q.Drive.SunWest), quarters.Average(q => q.Drive.People), 0);

    // After the evening's lesson, so that the day is judged by the models that it was planned with.
    private void Judge(Snapshot snapshot, Decision decision)
    {
        var today = Today(decision);
        if (site.Local(decision.At).TimeOfDay < Evening || days.Any(d => d.Day == today)) return;
        var known = site.Zones.Where(z => snapshot.Knowledge.Zones.ContainsKey(z.Id)).ToArray();
        var accepted = known.Length == site.Zones.Length && known.All(z => snapshot.Knowledge.Zones[z.Id].HasLearned);
        var errors = known.Select(z => Identification.DayError(book.Since(z.Id, decision.At - Judged), snapshot.Knowledge.Zones[z.Id].Model, site.TimeZone)).Where(double.IsFinite).ToArray();
        var rmse = errors.Length > 0 ? Math.Sqrt(errors.Average(e => e * e)) : double.NaN;
        days = [.. days.TakeLast(DaysKept - 1), new PlannerDay(today, accepted, rmse, rescues, standing.Role == PlannerRole.Commanding)];
        rescues = 0;
    }

    private DateOnly Today(Decision decision) => DateOnly.FromDateTime(site.Local(decision.At));
}
