using EnergyPilot.Benchmarks.Seasons.Bound;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>A control of the bench: its name in the study, what it is, and how it gets through a season.</summary>
internal sealed record Controller(string Name, string Title, Func<SeasonRun, IProgress<double>, SeasonResult> Season)
{
    /// <summary>All of them, in the order of the tables.</summary>
    public static readonly IReadOnlyList<Controller> All =
    [
        Old("a", "constant 20 °C, 70 °C", new OldWay { From = TimeSpan.Zero, To = TimeSpan.Zero }),
        Old("a2", "constant 20 °C, heating curve", new OldWay { From = TimeSpan.Zero, To = TimeSpan.Zero, Water = WaterLaw.Curve }),
        Old("b0", "clock, one reference room, radiator valves 22 °C", new OldWay { Zones = ZoneLaw.ReferenceRoom }),
        Core("b", "clock 5–18 h, thermostat per zone, 70 °C", StudySite.Clock, ReferenceClock.Decide),
        Old("b-study", "the same with the study's plant rule", new OldWay()),
        Old("c", "clock 5 h, curve, PI 30 min", Curved(5)),
        Old("c3", "clock 3 h, curve, PI 30 min", Curved(3)),
        Core("d", "EnergyPilot, floor 12 °C", StudySite.Study, Rules, (_, site) => new LearningStudy(site)),
        Core("prior", "EnergyPilot without learning", StudySite.Study, Rules),
        Core("legal", "EnergyPilot, floor 8 °C", StudySite.Legal, Rules, (_, site) => new LearningStudy(site)),
        Core("e", "EnergyPilot with its planner where it gains", StudySite.Study, Pilot.Decide, (building, site) => new PlanningStudy(building, site)),
        Core("e-on", "EnergyPilot with its planner always", StudySite.Study, Pilot.Decide, (building, site) => new PlanningStudy(building, site with { Control = site.Control with { Planner = PlannerWish.On } })),
        new("f", "bound: everything known, floor 8 °C", PerfectForesight.Season),
    ];

    // The rules alone know nothing of a subscribed power: that is what the planner is for.
    private static Decision Rules(Site site, Snapshot snapshot, Memory memory) => Pilot.Decide(
        double.IsFinite(site.Boiler.PowerLimit.Value) ? Unlimited.GetValue(site, known => known with { Boiler = known.Boiler with { PowerLimit = new Watts(double.PositiveInfinity) } }) : site, snapshot, memory);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Site, Site> Unlimited = [];

    private static OldWay Curved(int hour) => new() { From = TimeSpan.FromHours(hour), Zones = ZoneLaw.Pulses, Water = WaterLaw.Curve };

    private static Controller Old(string name, string title, OldWay way) =>
        new(name, title, (run, progress) =>
        {
            var fitted = run with { Building = run.Building.With(way.Fitted(run.Building.School)) };
            return fitted.Under(new OldControl(way, fitted.Building), progress);
        });

    private static Controller Core(string name, string title, Setpoints setpoints, Decide decide) => Core(name, title, setpoints, decide, (_, _) => new NoStudy());

    private static Controller Core(string name, string title, Setpoints setpoints, Decide decide, Func<Building, Site, IStudy> study) => new(name, title, (run, progress) =>
    {
        var site = StudySite.Of(run.Building, setpoints);
        return run.Under(new CoreControl(site, decide, study(run.Building, site)), progress);
    });
}
