using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Control;

/// <summary>A wish for an output point. Rules make them; arbitration picks one per point.</summary>
/// <param name="Point">The output.</param>
/// <param name="Value">In the canonical unit of the point's quantity; states are 1 and 0, ratios 0 to 100.</param>
/// <param name="Priority">Who wishes; the lowest number wins.</param>
/// <param name="Reason">Why, with the numbers that decided.</param>
public sealed record Command(PointId Point, double Value, Priority Priority, Reason Reason);

/// <summary>Levels of BACnet's command priority array (ASHRAE 135, clause 19.2); the lowest number wins.</summary>
public enum Priority
{
    /// <summary>Frost: people, pipes.</summary>
    LifeSafety = 2,

    /// <summary>Overheat, pump before burner, dead sensors.</summary>
    EquipmentProtection = 5,

    /// <summary>Minimum on and off times.</summary>
    MinimumOnOff = 6,

    /// <summary>An installer who tests an output, for half a minute.</summary>
    Commissioning = 7,

    /// <summary>Staff, by hand, until a stated end.</summary>
    Operator = 8,

    /// <summary>The city, until a stated end.</summary>
    City = 11,

    /// <summary>The programme and the control loops.</summary>
    Schedule = 15,

    /// <summary>Nobody wished anything: the output's safe value.</summary>
    Default = 16,
}
