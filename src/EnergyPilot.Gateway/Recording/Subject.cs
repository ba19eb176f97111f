using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Recording;

/// <summary>What a decision is about, hence how finely it is looked at.</summary>
internal enum Aspect
{
    /// <summary>How warm a zone shall be; another reason is another decision.</summary>
    Setpoint,

    /// <summary>How much of its heat a zone asks for [%].</summary>
    Heat,

    /// <summary>How warm a circuit's water shall be.</summary>
    Supply,
    State,
    Ratio,
    Temperature,

    /// <summary>Raised (1) or not (0).</summary>
    Alarm,
}

/// <summary>Something that is decided in every cycle: "zone/cp.setpoint", "relays.valve-cp", "alarm/SensorLost/room-cp".</summary>
internal readonly record struct Subject(string Name, Aspect Aspect)
{
    public static Aspect Of(Quantity quantity) => quantity switch
    {
        Quantity.State => Aspect.State,
        Quantity.Temperature => Aspect.Temperature,
        _ => Aspect.Ratio,
    };

    /// <summary>A step as large as this is kept; smaller ones are drift.</summary>
    public double Kept => Aspect switch { Aspect.Setpoint => 0.02, Aspect.State or Aspect.Alarm => 0.5, Aspect.Heat or Aspect.Ratio => 1, _ => 0.2 };

    /// <summary>Two decisions that differ by more than this differ; well above what the kept steps leave open.</summary>
    public double Differs => Aspect switch { Aspect.Setpoint => 0.05, Aspect.State or Aspect.Alarm => 0.5, Aspect.Heat or Aspect.Ratio => 5, _ => 1 };

    /// <summary>Whether another reason for the same value is a difference.</summary>
    public bool ReasonCounts => Aspect is Aspect.Setpoint or Aspect.Alarm;
}
