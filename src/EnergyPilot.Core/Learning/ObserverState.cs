namespace EnergyPilot.Core.Learning;

/// <summary>What is believed of a zone at the end of a quarter of an hour.</summary>
/// <param name="At">The end of that quarter.</param>
/// <param name="State">Its three temperatures [°C].</param>
/// <param name="Disturbance">Heat that the model does not explain [K/h]: neighbours, a crowd, an unseen draught.</param>
public readonly record struct ObserverState(DateTimeOffset At, ZoneState State, double Disturbance)
{
    /// <summary>A zone of which only the sensor is known: all masses at its temperature.</summary>
    public static ObserverState Of(DateTimeOffset at, double room) => new(at, new ZoneState(room, room, room), 0);
}

/// <summary>How much of an error of prediction each mass takes over.</summary>
public readonly record struct ObserverGains(double Air, double Fast, double Deep)
{
    /// <summary>For control.</summary>
    public static readonly ObserverGains Control = new(0.6, 0.15, 0.03);

    /// <summary>For the states from which identification starts its days: calmer, so that noise of one reading does not colour a day.</summary>
    public static readonly ObserverGains Identification = new(0.4, 0.15, 0.03);
}
