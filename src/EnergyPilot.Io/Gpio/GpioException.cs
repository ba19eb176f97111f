namespace EnergyPilot.Io.Gpio;

/// <summary>A chip or one of its lines cannot be taken; the message is a sentence for an engineer.</summary>
/// <param name="fault">Why.</param>
/// <param name="line">The line; -1 for the chip.</param>
/// <param name="why">What the operating system says; empty where it was not asked.</param>
/// <param name="message">The sentence.</param>
public sealed class GpioException(GpioFault fault, int line, string why, string message) : IOException(message)
{
    /// <summary>Why.</summary>
    public GpioFault Fault => fault;

    /// <summary>The line; -1 for the chip.</summary>
    public int Line => line;

    /// <summary>What the operating system says, in its language; empty where it was not asked.</summary>
    public string Why => why;
}

/// <summary>Why a chip or a line cannot be taken.</summary>
public enum GpioFault
{
    /// <summary>There is no such chip.</summary>
    ChipMissing,

    /// <summary>The user may not use the chip.</summary>
    ChipNotAllowed,

    /// <summary>The chip is there, and cannot be opened.</summary>
    ChipBroken,

    /// <summary>The chip has no such line.</summary>
    LineMissing,

    /// <summary>Somebody has the line already.</summary>
    LineTaken,

    /// <summary>The line cannot be taken for another reason.</summary>
    LineBroken,
}
