using System.Globalization;
using System.Text;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.MBus;
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

    // The output of a Linky and the messages of a broker are text already.
    private static string Bytes(Bus bus, TracedFrame frame) => bus.Protocol is Protocol.Tic or Protocol.Mqtt
        ? string.Concat(Encoding.UTF8.GetString(frame.Bytes.Span).Select(c => char.IsControl(c) ? '·' : c))
        : Convert.ToHexString(frame.Bytes.Span);

    private static string Meaning(Bus bus, TracedFrame frame) => (bus.Protocol, frame.Direction) switch
    {
        (Protocol.Modbus, FrameDirection.Sent) => ModbusMeaning.OfRequest(Framing(bus), frame.Bytes.Span),
        (Protocol.Modbus, _) => ModbusMeaning.OfAnswer(Framing(bus), frame.Bytes.Span),
        (Protocol.MBus, _) => MBusMeaning.Of(frame.Bytes.Span),
        _ => "",
    };
}
