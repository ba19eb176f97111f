namespace EnergyPilot.Io.MBus;

/// <summary>
/// One value of a meter. The plain value of a quantity now has function Instantaneous, storage, tariff and subunit 0 and no modifiers.
/// Source: EN 13757-3, data records (DIB, VIB, data).
/// </summary>
/// <param name="Quantity">What is measured.</param>
/// <param name="Unit">Unit of <paramref name="Number"/>.</param>
public readonly record struct MBusRecord(MBusQuantity Quantity, MBusUnit Unit)
{
    /// <summary>Value now, maximum, minimum, or in error state.</summary>
    public MBusFunction Function { get; init; }

    /// <summary>0 is the value now; 1 and more are stored ones, by device; at most 41 bits.</summary>
    public long Storage { get; init; }

    /// <summary>0 is the total; at most 20 bits.</summary>
    public int Tariff { get; init; }

    /// <summary>Part of the device, for example a pulse input; at most 10 bits.</summary>
    public int Subunit { get; init; }

    /// <summary>What the VIFEs add.</summary>
    public MBusModifiers Modifiers { get; init; }

    /// <summary>Where the value stands.</summary>
    public MBusValueKind Kind { get; init; }

    /// <summary>Why there is no usable value.</summary>
    public MBusRecordFault Fault { get; init; }

    /// <summary>The number in <see cref="Unit"/>: the nearest double to what the meter's digits say.</summary>
    public double Number { get; init; }

    /// <summary>Date and time by the meter's clock.</summary>
    public DateTime Time { get; init; }

    /// <summary>Text of the meter (ISO 8859-1), or null.</summary>
    public string? Text { get; init; }

    /// <summary>The meter's own name for the quantity or its unit (VIF 7Ch), or null.</summary>
    public string? Label { get; init; }

    /// <summary>Bytes that have no meaning here.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The value can be used: nothing is wrong with it and the meter was not in error.</summary>
    public bool IsGood => Fault == MBusRecordFault.None && Kind != MBusValueKind.None && Function != MBusFunction.ErrorState;
}
