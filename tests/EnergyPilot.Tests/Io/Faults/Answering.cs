using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>The moment at which the slave has answered and the line decides what becomes of it.</summary>
/// <param name="Kind">What lies between master and slave.</param>
/// <param name="Frame">The slave's true answer, whole.</param>
/// <param name="Before">The true answer to the question before; empty at first.</param>
/// <param name="Line">Towards the master.</param>
/// <param name="Stop">Ends with the proxy.</param>
internal sealed record Answering(LineKind Kind, byte[] Frame, byte[] Before, Socket Line, CancellationToken Stop)
{
    private const int TcpHead = ModbusTcpFrame.HeaderLength;

    public bool IsTcp => Kind == LineKind.Tcp;

    public byte[] Pdu => IsTcp ? Frame[TcpHead..] : Frame[1..^2];

    public byte Unit => Frame[IsTcp ? TcpHead - 1 : 0];

    /// <summary>Where the PDU begins in the frame.</summary>
    public int PduAt => IsTcp ? TcpHead : 1;

    /// <summary>A sound frame around other contents.</summary>
    public byte[] Framed(byte unit, params byte[] pdu)
    {
        var frame = new byte[ModbusTcpFrame.MaxLength + 260];
        var length = IsTcp ? ModbusTcpFrame.Encode((ushort)(Frame[0] << 8 | Frame[1]), unit, pdu, frame) : ModbusRtuFrame.Encode(unit, pdu, frame);
        return frame[..length];
    }

    /// <summary>The true frame with one byte changed, and nothing mended.</summary>
    public byte[] With(int at, int value)
    {
        var changed = (byte[])Frame.Clone();
        changed[at] = (byte)value;
        return changed;
    }

    public async Task Say(params byte[] bytes)
    {
        for (var rest = bytes.AsMemory(); rest.Length > 0;)
            rest = rest[await Line.SendAsync(rest, SocketFlags.None, Stop)..];
    }

    /// <summary>Pieces with the pause between them in which the line is silent.</summary>
    public async Task SayInPieces(TimeSpan pause, params byte[][] pieces)
    {
        foreach (var piece in pieces)
        {
            await Say(piece);
            await Task.Delay(pause, Stop);
        }
    }

    /// <summary>Resets the connection: the master gets RST.</summary>
    public void Reset()
    {
        Line.LingerState = new LingerOption(enable: true, 0);
        Line.Dispose();
    }
}
