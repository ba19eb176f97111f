namespace EnergyPilot.Io.Modbus;

/// <summary>Changes single bits of a register: result = (old AND <paramref name="And"/>) OR (<paramref name="Or"/> AND NOT <paramref name="And"/>) (V1.1b3, 6.16).</summary>
public readonly record struct RegisterMask(ushort And, ushort Or)
{
    /// <summary>The register after the change.</summary>
    public ushort Apply(ushort old) => (ushort)(old & And | Or & ~And);
}
