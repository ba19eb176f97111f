using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>What one cycle decided, from the temperatures wished down to the value of each output, each with its reason.</summary>
/// <param name="At">The instant of the snapshot.</param>
/// <param name="Targets">One per zone, in the site's order.</param>
/// <param name="Demands">One per zone, in the site's order.</param>
/// <param name="Supplies">One per circuit, in the site's order.</param>
/// <param name="Commands">All wishes of all rules.</param>
/// <param name="Outputs">The wish that won for each output point.</param>
/// <param name="Alarms">What is wrong now.</param>
/// <param name="Memory">What the next cycle needs to know; it reflects what really went out.</param>
public sealed record Decision(
    DateTimeOffset At,
    ImmutableArray<ZoneTarget> Targets,
    ImmutableArray<ZoneDemand> Demands,
    ImmutableArray<CircuitSupply> Supplies,
    ImmutableArray<Command> Commands,
    ImmutableArray<Command> Outputs,
    ImmutableArray<Alarm> Alarms,
    Memory Memory)
{
    /// <summary>The quarters of an hour that ended with this cycle, for learning; one per zone, or none.</summary>
    public ImmutableArray<ZoneQuarter> Quarters { get; init; } = [];

    /// <summary>What people are told about the air of their rooms, for zones where there is something to tell and somebody to be told.</summary>
    public ImmutableArray<ZoneAir> Air { get; init; } = [];

    /// <summary>The zones that people came into just now: how warm they were to be, and were.</summary>
    public ImmutableArray<Morning> Mornings { get; init; } = [];
}

/// <summary>A quarter of an hour of a zone.</summary>
public sealed record ZoneQuarter(ZoneId Zone, Quarter Quarter);

/// <summary>How warm a zone shall be now.</summary>
/// <param name="Setpoint">The temperature that the zone's loop holds.</param>
/// <param name="Mode">Comfort also while warming up for it.</param>
/// <param name="Priority">Who decided: programme, operator, city.</param>
/// <param name="NextChange">When the programme next changes by itself.</param>
public sealed record ZoneTarget(ZoneId Zone, Celsius Setpoint, Mode Mode, Priority Priority, DateTimeOffset NextChange, Reason Reason)
{
    /// <summary>Whether people are expected now, or somebody wished this by hand.</summary>
    public bool IsInUse => Reason.Code is ReasonCode.InUse or ReasonCode.Event or ReasonCode.OverrideByHand or ReasonCode.CityWish or ReasonCode.NobodyThere or ReasonCode.StoppedEarly or ReasonCode.UsedOutsideHours;
}

/// <summary>How much of its radiators' power a zone asks for now.</summary>
/// <param name="Room">What its sensors say.</param>
/// <param name="WarmingUp">True while heating towards a setpoint that is well above the room: the circuit may add its boost.</param>
public sealed record ZoneDemand(ZoneId Zone, Reading Room, Share Heat, WarmUp WarmingUp, Reason Reason);

/// <summary>Whether a zone only holds its temperature or still climbs towards it.</summary>
public enum WarmUp { Holding, Climbing }

/// <summary>How warm a circuit's water shall be now; zero demand when it shall rest.</summary>
public sealed record CircuitSupply(CircuitId Circuit, Celsius Setpoint, Share Demand, Reason Reason);

/// <summary>Something that a person should know or mend.</summary>
/// <param name="Subject">The zone, point, circuit or device it is about, by its id.</param>
/// <param name="Since">When it began.</param>
public sealed record Alarm(string Subject, Severity Severity, DateTimeOffset Since, Reason Reason)
{
    /// <summary>The same trouble keeps the same key for as long as it lasts.</summary>
    public string Key => $"{Reason.Code}/{Subject}";
}

/// <summary>How soon a person should look.</summary>
public enum Severity { Notice, Warning, Critical }
