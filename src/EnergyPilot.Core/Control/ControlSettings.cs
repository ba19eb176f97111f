using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>Everything that can be tuned in the control, with the defaults of a study over whole seasons (hardware and site files change only what they must).</summary>
public sealed record ControlSettings
{
    /// <summary>Length of a time-proportional cycle; 15 min doubles boiler starts and valve wear for 2 % more gas.</summary>
    public TimeSpan PulseCycle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Shortest time an on/off valve stays where it is; thermal actuators need about 3 min for their stroke.</summary>
    public TimeSpan ValveMinimum { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Proportional gain of the zone loop [1/K]; 0.5 is a proportional band of 2 K.</summary>
    public double Gain { get; init; } = 0.5;

    /// <summary>Integral time of the zone loop.</summary>
    public TimeSpan IntegralTime { get; init; } = TimeSpan.FromMinutes(180);

    /// <summary>Range within which a setpoint may be set by anybody.</summary>
    public Celsius LowestSetpoint { get; init; } = new(5);
    public Celsius HighestSetpoint { get; init; } = new(22);

    /// <summary>An absence of this length or more counts as long.</summary>
    public TimeSpan LongAbsence { get; init; } = TimeSpan.FromHours(48);

    /// <summary>No warm-up begins before this time on the day of the use, on the school's clocks; none when rooms start as early as they need. A zone may say otherwise.</summary>
    public TimeSpan? EarliestStart { get; init; }

    /// <summary>A gap between two uses up to this length is a break: no set-back, it would save nothing.</summary>
    public TimeSpan ShortBreak { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Heating stops for an open window at most this long in time of use or warm-up.</summary>
    public TimeSpan WindowPause { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A window open longer than this outside use is an alarm.</summary>
    public TimeSpan WindowAlarm { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Carbon dioxide above which air will soon be stale [ppm]; below it is satisfactory (order of 27 December 2022 on air quality in schools).</summary>
    public double AirSoonPpm { get; init; } = 800;

    /// <summary>Carbon dioxide above which a room must be aired now [ppm]; above it air is insufficiently renewed (same order).</summary>
    public double AirNowPpm { get; init; } = 1500;

    /// <summary>Above this 24-hour mean outdoors the heating rests; it wakes 2 K below.</summary>
    public Celsius SummerCutOff { get; init; } = new(15);

    /// <summary>Longest override by hand; one that says a later end, or none, ends here.</summary>
    public TimeSpan LongestOverride { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far below the air people may feel a room that counts as warm; infinite where only its sensor is judged.</summary>
    public Kelvin MayBeFeltBelow { get; init; } = new(OptimalStart.FeltBelow);

    /// <summary>How far people may feel a room sink below its comfort setpoint before they leave; optimal stop lives by it.</summary>
    public Kelvin MaySinkBeforeLeaving { get; init; } = new(Coast.Tolerance);

    /// <summary>How far people may feel a room below its comfort setpoint under a plan: where the comfort band begins.</summary>
    public Kelvin PlannedBelow { get; init; } = new(0.8);

    /// <summary>Whether the planner commands where it may, always, or never.</summary>
    public PlannerWish Planner { get; init; } = PlannerWish.WhereItGains;

    /// <summary>What the planner makes small.</summary>
    public PlanGoal PlannerGoal { get; init; } = PlanGoal.Cost;

    /// <summary>How long a pump runs on after the last demand.</summary>
    public TimeSpan PumpOverrun { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A released boiler whose water is still cold after this long is not starting.</summary>
    public TimeSpan BoilerPatience { get; init; } = TimeSpan.FromMinutes(20);
}
