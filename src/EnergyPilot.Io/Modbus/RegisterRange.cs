namespace EnergyPilot.Io.Modbus;

/// <summary>Neighbouring registers (or bits): first wire address and how many.</summary>
public readonly record struct RegisterRange(ushort Address, int Length)
{
    /// <summary>The first address behind the range.</summary>
    public int End => Address + Length;

    /// <summary>Whether the other range lies within this one.</summary>
    public bool Contains(RegisterRange other) => other.Address >= Address && other.End <= End;
}
