using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.WhatIf;

/// <summary>A zone of one of the two schools that are compared, with the rooms and radiators of one draw: what does not change during a run.</summary>
internal sealed class Room(Site site, Zone zone, Span[] spans, ZoneModel model, ZoneGrounds grounds)
{
    /// <summary>Length of a step [h].</summary>
    public const double StepHours = 0.25;

    private readonly Circuit circuit = site.Circuits.First(c => c.Id == zone.Circuit);

    public Span[] Spans => spans;

    public ZoneModel Model => model;

    public double People { get; } = model.People * grounds.PeopleShare;

    public ZoneTransition Quarter { get; } = ZoneTransition.Of(model, StepHours);

    public double NominalKw { get; } = zone.Fabric.RadiatorPower.Value / 1000;

    /// <summary>Whether water heats it, that of the common heat source.</summary>
    public bool IsOnWater => circuit.Emitter != Sites.Emitter.Electric;

    public EmitterResponse Emitter { get; } = Estimation.Response(site.Circuits.First(c => c.Id == zone.Circuit).Emitter);

    // A room that has learned nothing does not know how slowly it cools: the control stops no heat there before the end.
    private readonly bool mayStop = grounds.Spread.Learned.HasLearned;
    private readonly ZoneTransition eighth = ZoneTransition.Of(model, OptimalStart.StepHours);
    private readonly double feltBelow = site.Control.MayBeFeltBelow.Difference, maySink = site.Control.MaySinkBeforeLeaving.Difference;

    /// <summary>How warm its water is when it wants heat [°C].</summary>
    public double Supply(double outdoor, double target) => WarmUps.Supply(site, circuit, new(outdoor), new(target)).Degrees;

    /// <summary>How long before a use heat must begin [h].</summary>
    public double Lead(ZoneState state, double outdoor, double comfort) =>
        OptimalStart.Of(model, eighth, state, outdoor, Supply(outdoor, comfort), comfort, Emitter, feltBelow).Lead.TotalHours;

    /// <summary>Whether the heat may go before people do.</summary>
    public bool MayStop(ZoneState state, double excess, double outdoor, double comfort, double hoursLeft) =>
        mayStop && Coast.Lowest(model, new Coasting(state, outdoor, excess, Emitter.Emptying, 1, 0), TimeSpan.FromHours(hoursLeft)) >= comfort - maySink;
}
