namespace EnergyPilot.Io.MBus;

/// <summary>How the low bits of a code change the unit.</summary>
internal enum VifStep
{
    /// <summary>Powers of ten.</summary>
    Decade,

    /// <summary>Seconds, minutes, hours, days.</summary>
    Duration,

    /// <summary>Hours, days, months, years.</summary>
    LongDuration,
}

/// <summary>What kind of value a quantity has, whatever the coding.</summary>
internal enum VifForm
{
    /// <summary>Binary numbers are signed (type B).</summary>
    Signed,

    /// <summary>Binary numbers are unsigned or bits (types C, D).</summary>
    Unsigned,

    /// <summary>Dates and times (types F, G, I, J).</summary>
    Time,
}

/// <summary>
/// Some neighbouring codes of a VIF table. The value is sent × 10^Power × Multiplier ÷ Divisor, where each code beyond the first adds a step.
/// </summary>
internal readonly record struct VifRow(byte First, byte Count, MBusQuantity Quantity, MBusUnit Unit)
{
    public int Power { get; init; }

    public long Multiplier { get; init; } = 1;

    public int Divisor { get; init; } = 1;

    public VifStep Step { get; init; }

    public VifForm Form { get; init; }

    public bool IsFahrenheit { get; init; }

    public bool Holds(int code) => code >= First && code < First + Count;
}
