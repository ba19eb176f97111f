using System.Globalization;
using System.Text;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Field;

/// <summary>What was said on a bus, as an installer reads it: when, which way, the bytes, and what they mean.</summary>
internal static class TraceText
{
    public static string Of(Bus bus, IReadOnlyList<TracedFrame> frames)
    {
        var text = new StringBuilder();
        foreach (var frame in frames) text.AppendLine(Line(bus, frame));
        return text.ToString();
    }

    public static string Line(Bus bus, TracedFrame frame)
    {
        var way = frame.Direction == FrameDirection.Sent ? '→' : '←';
        return string.Create(CultureInfo.InvariantCulture, $"{frame.At:HH:mm:ss.fff} {way} {Bytes(bus, frame)}  {Meaning(bus, frame)}").TrimEnd();
    }

    /// <summary>The port under which a capture shows the frames of this bus.</summary>
    public static ushort CapturePort(Bus bus) => Framing(bus) == ModbusFraming.Tcp ? TcpPcapWriter.ModbusPort : TcpPcapWriter.RtuPort;

    private static ModbusFraming Framing(Bus bus) => bus.Place is NetworkPlace { Carrying: Carrying.Plain } ? ModbusFraming.Tcp : ModbusFraming.Rtu;

    // The output of a Linky is text already.
    private static string Bytes(Bus bus, TracedFrame frame) => bus.Protocol == Protocol.Tic
        ? string.Concat(Encoding.ASCII.GetString(frame.Bytes.Span).Select(c => c == '\n' || char.IsControl(c) ? '·' : c))
        : Convert.ToHexString(frame.Bytes.Span);

    private static string Meaning(Bus bus, TracedFrame frame) => bus.Protocol != Protocol.Modbus ? ""
        : frame.Direction == FrameDirection.Sent ? ModbusMeaning.OfRequest(Framing(bus), frame.Bytes.Span) : ModbusMeaning.OfAnswer(Framing(bus), frame.Bytes.Span);
}
