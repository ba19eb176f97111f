namespace EnergyPilot.Io.Serial;

/// <summary>What the parity bit of each character says.</summary>
public enum SerialParity
{
    /// <summary>There is no parity bit.</summary>
    None,

    /// <summary>Data and parity bit hold an even number of ones.</summary>
    Even,

    /// <summary>Data and parity bit hold an odd number of ones.</summary>
    Odd,
}
