namespace EnergyPilot.Io.MBus;

/// <summary>A value that a virtual meter sends.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Unit">Unit of the number, as <see cref="MBusRecord"/> normalises it.</param>
/// <param name="Coding">How it is sent.</param>
/// <param name="Exponent">Resolution: what is sent counts 10^Exponent of the unit. With Energy in Wh and 3 whole kWh are sent.</param>
public readonly record struct MBusOutput(MBusQuantity Quantity, MBusUnit Unit, MBusCoding Coding, int Exponent)
{
    /// <summary>The number in <see cref="Unit"/>, rounded to the resolution when it is sent.</summary>
    public double Number { get; init; }

    /// <summary>Date and time.</summary>
    public DateTime Time { get; init; }

    /// <summary>Text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Value now, maximum, minimum, or in error state.</summary>
    public MBusFunction Function { get; init; }

    /// <summary>0..2⁴¹−1.</summary>
    public long Storage { get; init; }

    /// <summary>0..2²⁰−1.</summary>
    public int Tariff { get; init; }

    /// <summary>0..1023.</summary>
    public int Subunit { get; init; }
}
