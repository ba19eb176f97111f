namespace EnergyPilot.Io.Modbus;

/// <summary>What a wire brought back: the length of the answer PDU in bytes, or why there is none.</summary>
/// <param name="Length">Bytes of answer PDU; 0 when there is a fault, and for a broadcast, which nobody answers.</param>
/// <param name="Fault"><see cref="ModbusFault.None"/> or what went wrong.</param>
public readonly record struct WireAnswer(int Length, ModbusFault Fault)
{
    /// <summary>A broadcast that was sent: nobody answers.</summary>
    public static WireAnswer Unanswered => default;

    /// <summary>No usable answer, for the given reason.</summary>
    public static WireAnswer Failed(ModbusFault fault) => new(0, fault);

    /// <summary>An answer PDU of so many bytes.</summary>
    public static WireAnswer Of(int length) => new(length, ModbusFault.None);
}
