using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Schedules;

/// <summary>What somebody wished for a zone, by hand or from the city, until a stated end. It outranks the programme and never frost protection.</summary>
/// <param name="Id">Number in the store.</param>
/// <param name="Zone">The zone it holds for.</param>
/// <param name="Setpoint">How warm it shall be.</param>
/// <param name="Owner">Who wished it.</param>
/// <param name="From">When it was made.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Note">Why, in the owner's words; may be empty.</param>
public sealed record Override(
    long Id, ZoneId Zone, Celsius Setpoint, string Owner, DateTimeOffset From, DateTimeOffset Until, string Note)
{
    /// <summary>With what priority: staff's, or the city's, which anybody who stands there outranks.</summary>
    public Priority Priority { get; init; } = Priority.Operator;

    public bool HoldsAt(DateTimeOffset at) => From <= at && at < Until;

    /// <summary>Why its zone is as warm as this until then.</summary>
    public Reason Why(Celsius setpoint, DateTimeOffset until) => Reason.Of(
        Priority == Priority.Operator ? ReasonCode.OverrideByHand : ReasonCode.CityWish,
        Fact.Of("target", setpoint), Fact.Of("by", Owner), Fact.Of("until", until), Fact.Of("note", Note));
}
