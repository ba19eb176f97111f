namespace EnergyPilot.Io.Modbus;

/// <summary>The header of a Modbus TCP frame, as received.</summary>
/// <param name="Transaction">Transaction identifier; an answer repeats that of its request.</param>
/// <param name="Protocol">0 for Modbus.</param>
/// <param name="Length">Bytes that follow the length field: unit and PDU.</param>
/// <param name="Unit">Unit identifier.</param>
public readonly record struct ModbusTcpHeader(ushort Transaction, ushort Protocol, ushort Length, byte Unit)
{
    /// <summary>Bytes of the whole frame.</summary>
    public int FrameLength => 6 + Length;

    /// <summary>Why this cannot be the header of a Modbus frame; the byte stream is then out of step for good.</summary>
    public ModbusFault Fault =>
        Protocol != 0 ? ModbusFault.BadProtocol
        : Length is < 2 or > ModbusPdu.MaxLength + 1 ? ModbusFault.BadLength
        : ModbusFault.None;
}
