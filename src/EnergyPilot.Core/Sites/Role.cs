using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>What a point must be able to do for the place where it is named.</summary>
/// <param name="What">In words, with its article: "a point that measures a temperature".</param>
/// <param name="Fits">Whether a point can do it.</param>
/// <param name="Drives">Whether the control writes it; each output has one master.</param>
internal sealed record Role(Saying What, Func<PointType, bool> Fits, Drives Drives)
{
    public static readonly Role Temperature = Reads(Quantity.Temperature);
    public static readonly Role Concentration = Reads(Quantity.Concentration);
    public static readonly Role Humidity = Reads(Quantity.RelativeHumidity);
    public static readonly Role Power = Reads(Quantity.Power);
    public static readonly Role State = Reads(Quantity.State);
    public static readonly Role Index = new($"a cumulative point", p => p.Access != Access.Write && p.Cumulative == Accumulation.Cumulative, Drives.Nothing);
    public static readonly Role Switch = Writes(Quantity.State);
    public static readonly Role Actuator = Writes(Quantity.Ratio);
    public static readonly Role Valve = Writes(Quantity.State, Quantity.Ratio);
    public static readonly Role Setpoint = Writes(Quantity.Temperature);

    private static Role Reads(Quantity quantity) => new(
        $"a point that reads {QuantityShape.Named(quantity)}",
        p => p.Access != Access.Write && p.Quantity == quantity && p.Cumulative == Accumulation.Instantaneous, Drives.Nothing);

    private static Role Writes(params Quantity[] quantities) => new(
        $"an output that takes {quantities.Select(QuantityShape.Named).Aggregate((one, other) => $"{one} or {other}")}",
        p => p.Access != Access.Read && quantities.Contains(p.Quantity), Drives.Output);
}

/// <summary>Whether a role writes its point.</summary>
internal enum Drives { Nothing, Output }
