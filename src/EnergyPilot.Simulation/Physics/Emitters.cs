using EnergyPilot.Core.Sites;

namespace EnergyPilot.Simulation.Physics;

/// <summary>What heats the rooms: in each zone a radiator, a floor or panels, whichever its circuit has, behind the zone's valve.</summary>
internal sealed class Emitters
{
    private readonly Radiators radiators;
    private readonly FloorHeating floors;
    private readonly Panels panels;

    public Emitters(SchoolParameters school)
    {
        Valves = new ZoneValves(school);
        (radiators, floors, panels) = (new Radiators(school, Valves), new FloorHeating(school, Valves), new Panels(school, Valves));
    }

    public ZoneValves Valves { get; }

    public Panels Panels => panels;

    public IWaterEmitter Of(Emitter emitter) => emitter == Emitter.Floor ? floors : radiators;

    public double StoredJ(double referenceC) => radiators.StoredJ(referenceC) + floors.StoredJ(referenceC) + panels.StoredJ;

    public double FastestRate() => Math.Max(radiators.FastestRate(), Math.Max(floors.FastestRate(), panels.FastestRate()));

    /// <summary>A zone has one kind; the others give nothing.</summary>
    public double HeatJ(int zone) => radiators.HeatJ(zone) + floors.HeatJ(zone) + panels.HeatJ(zone);

    public double RadiatorC(int zone) => 0.5 * (radiators.FirstC[zone] + radiators.SecondC[zone]);

    public double SlabC(int zone) => floors.SlabC(zone);

    /// <summary>How much warmer than the room the zone's radiator is; floors and panels do not warm what hangs on the wall.</summary>
    public double ExcessK(int zone, double roomC) => radiators.IsFitted(zone) ? RadiatorC(zone) - roomC : 0.0;
}
