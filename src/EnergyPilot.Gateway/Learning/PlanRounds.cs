using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Learning;

/// <summary>
/// Plans anew every half hour, judges the planner every evening, and while it does not command keeps count of what it would have saved.
/// </summary>
internal sealed class PlanRounds(LiveSite live, IQuarterBook book)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30), Evening = TimeSpan.FromHours(19), Judged = TimeSpan.FromDays(3), LongestRest = TimeSpan.FromHours(2);
    private static readonly TimeSpan AiringLasts = TimeSpan.FromHours(2);
    private const int DaysKept = 30;
    private static readonly PlannerStanding Summer = new(PlannerRole.Shadow, PlannerRoleReason.NotWanted);

    private Site site = live.Site;
    private PlannedPlant plant = PlanRequests.Plant(live.Site);
    private ImmutableArray<Zone> planned = Planned(live.Site);
    private ImmutableArray<PlannerDay> days = [];
    private Plan? plan;
    private PlannerStanding standing = new(PlannerRole.Shadow, PlannerRoleReason.NotWanted);
    private DateTimeOffset plannedFor, quietUntil, lastSeen;
    private int rescues;

    private Knowledge known = Knowledge.None, complete = Knowledge.None;

    /// <summary>What the planner would have saved while it did not command.</summary>
    public ShadowLedger Shadow { get; private set; } = ShadowLedger.Empty;

    /// <summary>What must outlive a restart: a planner earns its place over weeks.</summary>
    public PlannerHistory History => new(days, Shadow.Planned, Shadow.Ruled, Shadow.PlannedColdKh, Shadow.RuledColdKh);

    /// <summary>Goes on from an earlier run.</summary>
    public PlanRounds From(PlannerHistory history)
    {
        days = history.Days;
        Shadow = ShadowLedger.Empty with { Planned = history.Planned, Ruled = history.Ruled, PlannedColdKh = history.PlannedColdKh, RuledColdKh = history.RuledColdKh };
        return this;
    }

    /// <summary>Adds the plan and its standing to what is known; the same object as long as nothing of it has changed.</summary>
    public Knowledge Into(Knowledge learned)
    {
        if (ReferenceEquals(learned, known) && ReferenceEquals(complete.Plan, plan) && complete.Planner == standing) return complete;
        (known, complete) = (learned, learned with { Plan = plan, Planner = standing });
        return complete;
    }

    public void Take(Snapshot snapshot, Decision decision)
    {
        Follow();
        if (standing.Role == PlannerRole.Commanding) rescues += decision.Memory.Zones.Count(z => z.Value.Rescues.Newest > lastSeen && !WasAired(decision, z.Value.Window));
        lastSeen = decision.At;
        var slot = new DateTimeOffset(decision.At.UtcTicks - decision.At.UtcTicks % Every.Ticks, TimeSpan.Zero);
        if (slot == plannedFor) return;
        plannedFor = slot;
        Judge(snapshot, decision);
        Plan(snapshot, decision, slot);
    }

    // Between two plans: one plan is of one site.
    private void Follow()
    {
        if (ReferenceEquals(site, live.Site)) return;
        site = live.Site;
        (plant, planned) = (PlanRequests.Plant(site), Planned(site));
    }

    private static ImmutableArray<Zone> Planned(Site site) => [.. site.Zones.Where(z => PlanRequests.IsPlanned(site, z))];

    // A room that was cold because somebody opened a window would have been rescued from any control.
    private static bool WasAired(Decision decision, WindowMemory window) =>
        window.OpenSince <= decision.At || decision.At - window.PausedFrom < AiringLasts;

    private void Plan(Snapshot snapshot, Decision decision, DateTimeOffset slot)
    {
        // Nothing learned, nothing to plan with; and nobody plans for a summer.
        var isLearned = planned.Length > 0 && planned.All(z => snapshot.Knowledge.Zones.TryGetValue(z.Id, out var learned) && learned.HasLearned);
        if (!isLearned || decision.Memory.Resting == SummerState.Resting)
        {
            (plan, quietUntil, standing) = (null, DateTimeOffset.MinValue, isLearned ? Summer : Unlearned(decision));
            return;
        }

        var asked = PlanRequests.Of(site.With(snapshot.Knowledge.Added), snapshot, decision.Memory);
        var request = asked with { Outlook = Yesterday.Into(asked.Outlook, book, site, decision.At) };
        var next = PlannerGate.Of(site.Control.Planner, PlannerGainsOf.Request(request), days, Today(decision));
        var commands = next.Role == PlannerRole.Commanding;

        // A plan for rooms as they would be must never heat the rooms as they are.
        if (commands != (standing.Role == PlannerRole.Commanding)) (plan, quietUntil) = (null, DateTimeOffset.MinValue);
        standing = next;
        if (commands) Shadow = Shadow with { Twins = [] };
        else Count(snapshot, decision, request);
        if (slot < quietUntil) return;
        var made = Planner.Make(commands ? request : request with { Zones = [.. request.Zones.Select(AsInShadow)] });
        quietUntil = made.IsUsable ? Quiet(made, slot) : DateTimeOffset.MinValue;
        plan = quietUntil > made.ValidUntil ? made with { ValidUntil = quietUntil } : made;
    }

    private PlannedZone AsInShadow(PlannedZone zone) => Shadow.Of(zone.Zone) is { } twin
        ? zone with { State = twin.State, RadiatorExcess = RadiatorEstimate.Excess(twin.Emission) }
        : zone;

    private PlannerStanding Unlearned(Decision decision) => new(
        days.Any(d => d.Commanded && d.Day >= Today(decision).AddDays(-PlannerGate.Window)) ? PlannerRole.HandedBack : PlannerRole.Shadow, PlannerRoleReason.StillLearning);

    // As long as a plan wants no heat from anybody there is nothing to correct either, for two hours at most.
    private static DateTimeOffset Quiet(Plan plan, DateTimeOffset slot)
    {
        var heat = plan.Zones.SelectMany(z => z.Steps).Where(s => s.Emission > 0).Select(s => s.From).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var latest = slot + LongestRest;
        return heat - Every < latest ? heat - Every : latest;
    }

    // In shadow the plan goes on from the rooms as they would be, else it would live on heat that the rules paid for. While rooms are in use both hold the same
    // band, so there the twins begin anew.
    private void Count(Snapshot snapshot, Decision decision, PlanRequest request)
    {
        var (euro, grams) = PlanRequests.Energy(site);
        var hour = snapshot.Knowledge.Outlook.At(decision.At);
        var price = new EnergyPrice(double.IsFinite(hour.EuroPerKwh) ? hour.EuroPerKwh : euro, double.IsFinite(hour.GramsCo2PerKwh) ? hour.GramsCo2PerKwh : grams);
        var steps = Steps(request, decision.At);
        if (steps.Length < request.Zones.Length) return;
        if (plan is { } last) Shadow = Shadow.After(last, plant, price, steps, Every);
        var isInUse = request.Zones.Any(z => z.Uses.Any(u => u.From <= decision.At && decision.At < u.Until));
        if (isInUse || Shadow.Twins.IsEmpty) Shadow = Shadow.Settled(steps);
    }

    private ImmutableArray<ShadowStep> Steps(PlanRequest request, DateTimeOffset at)
    {
        var steps = ImmutableArray.CreateBuilder<ShadowStep>(request.Zones.Length);
        foreach (var zone in request.Zones)
            if (book.Since(zone.Zone, at - Every) is { Length: > 0 } quarters)
                steps.Add(new ShadowStep(zone.Zone, zone.Model, Mean(quarters) with { Disturbance = zone.Disturbance }, zone.State, zone.NominalW, LowestNow(zone, at),
                    RadiatorEstimate.Emission(zone.RadiatorExcess), zone.RadiatorHours));
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
        var known = planned.Where(z => snapshot.Knowledge.Zones.ContainsKey(z.Id)).ToArray();
        var accepted = planned.Length > 0 && known.Length == planned.Length && known.All(z => snapshot.Knowledge.Zones[z.Id].HasLearned);
        var errors = known.Select(z => Identification.NightError(book.Since(z.Id, decision.At - Judged), snapshot.Knowledge.Zones[z.Id].Model, site.TimeZone)).Where(double.IsFinite).ToArray();
        var rmse = errors.Length > 0 ? Math.Sqrt(errors.Average(e => e * e)) : double.NaN;
        days = [.. days.TakeLast(DaysKept - 1), new PlannerDay(today, accepted, rmse, rescues, standing.Role == PlannerRole.Commanding)];
        rescues = 0;
    }

    private DateOnly Today(Decision decision) => DateOnly.FromDateTime(site.Local(decision.At));
}

/// <summary>What is kept of the planner from run to run.</summary>
/// <param name="Days">How it did on the last days.</param>
/// <param name="Planned">What its plans would have taken while it did not command.</param>
/// <param name="Ruled">What the rules took meanwhile.</param>
/// <param name="PlannedColdKh">How cold rooms would have been under its plans [K·h].</param>
/// <param name="RuledColdKh">How cold they were.</param>
internal sealed record PlannerHistory(ImmutableArray<PlannerDay> Days, PlanTotals Planned, PlanTotals Ruled, double PlannedColdKh, double RuledColdKh)
{
    public static readonly PlannerHistory None = new([], default, default, 0, 0);
}
