namespace EnergyPilot.Io.Modbus;

/// <summary>
/// One request and its answer, as protocol data units (function code and data, at most 253 bytes), over one wire.
/// Expected trouble comes back as a <see cref="ModbusFault"/>; only cancellation through <c>stop</c> throws.
/// Callers may overlap: a wire serves them one after the other.
/// </summary>
public interface IModbusWire : IAsyncDisposable
{
    /// <summary>Sends <paramref name="pdu"/> to <paramref name="unit"/> and writes the answer PDU into <paramref name="answer"/>.</summary>
    /// <param name="unit">Unit identifier (slave address), 1..247; some TCP devices use 0 or 255.</param>
    /// <param name="pdu">Request: function code and data.</param>
    /// <param name="answer">Room for the answer; <see cref="ModbusPdu.MaxLength"/> bytes always suffice.</param>
    /// <param name="deadline">Time for everything: the turn on the wire, the connection, the answer.</param>
    /// <param name="stop">Gives the request up at once.</param>
    ValueTask<WireAnswer> Exchange(byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline, CancellationToken stop);
}
