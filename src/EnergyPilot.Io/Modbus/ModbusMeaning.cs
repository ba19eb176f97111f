using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Says in one line what a frame means, for a person who looks for the mistake in an installation.
/// Any bytes have a meaning, if only that they are no frame; nothing throws.
/// </summary>
public static class ModbusMeaning
{
    private const int ShownWords = 16;

    /// <summary>The meaning of a frame from a master.</summary>
    public static string OfRequest(ModbusFraming framing, ReadOnlySpan<byte> frame) =>
        Unpack(framing, frame, out var unit, out var pdu) is { } trouble ? trouble : $"unit {unit}: {Request(pdu)}";

    /// <summary>The meaning of a frame from a device. What an answer belongs to stands in its request.</summary>
    public static string OfAnswer(ModbusFraming framing, ReadOnlySpan<byte> frame) =>
        Unpack(framing, frame, out var unit, out var pdu) is { } trouble ? trouble : $"unit {unit}: {Answer(pdu)}";

    private static string? Unpack(ModbusFraming framing, ReadOnlySpan<byte> frame, out byte unit, out ReadOnlySpan<byte> pdu)
    {
        unit = 0;
        pdu = [];
        if (framing == ModbusFraming.Rtu)
        {
            if (frame.Length < ModbusRtuFrame.MinLength)
                return $"no frame: {Hex(frame)}";
            if (!ModbusRtuFrame.HasGoodCrc(frame))
                return $"CRC wrong: {BinaryPrimitives.ReadUInt16BigEndian(frame[^2..]):X4}, should be "
                    + $"{BinaryPrimitives.ReverseEndianness(ModbusRtuFrame.Crc(frame[..^2])):X4} (bytes as on the line): {Hex(frame)}";
            unit = frame[0];
            pdu = frame[1..^2];
            return null;
        }

        if (!ModbusTcpFrame.TryReadHeader(frame, out var header))
            return $"no frame: {Hex(frame)}";
        if (header.Fault != ModbusFault.None)
            return header.Fault == ModbusFault.BadProtocol ? $"not Modbus: protocol {header.Protocol}" : $"impossible length {header.Length}";
        if (frame.Length != header.FrameLength)
            return $"length wrong: {header.Length} stated, {frame.Length - 6} there: {Hex(frame)}";
        unit = header.Unit;
        pdu = frame[ModbusTcpFrame.HeaderLength..];
        return null;
    }

    private static string Request(ReadOnlySpan<byte> pdu) => pdu switch
    {
        [ModbusFunction.ReadCoils, _, _, _, _] => $"read {Count(pdu, "coil")}",
        [ModbusFunction.ReadDiscreteInputs, _, _, _, _] => $"read {Count(pdu, "discrete input")}",
        [ModbusFunction.ReadHoldingRegisters, _, _, _, _] => $"read {Count(pdu, "holding register")}",
        [ModbusFunction.ReadInputRegisters, _, _, _, _] => $"read {Count(pdu, "input register")}",
        [ModbusFunction.WriteSingleCoil, _, _, _, _] => $"write coil {Address(pdu)}: {CoilState(Word(pdu, 3))}",
        [ModbusFunction.WriteSingleRegister, _, _, _, _] => $"write holding register {Address(pdu)}: {Word(pdu, 3)}",
        [ModbusFunction.WriteMultipleCoils, _, _, _, _, _, ..] => $"write {Count(pdu, "coil")}: {Hex(pdu[6..])}",
        [ModbusFunction.WriteMultipleRegisters, _, _, _, _, _, ..] => $"write {Count(pdu, "holding register")}: {Words(pdu[6..])}",
        [ModbusFunction.MaskWriteRegister, _, _, _, _, _, _] => $"change bits of holding register {Address(pdu)}: and 0x{Word(pdu, 3):X4}, or 0x{Word(pdu, 5):X4}",
        [ModbusFunction.ReadWriteMultipleRegisters, _, _, _, _, _, _, _, _, _, ..] =>
            $"write {Count(pdu[4..], "holding register")}: {Words(pdu[10..])}, then read {Count(pdu, "holding register")}",
        [ModbusFunction.EncapsulatedInterface, ModbusFunction.IdentificationInterface, 4, var id] => $"read identification object {id}",
        [ModbusFunction.EncapsulatedInterface, ModbusFunction.IdentificationInterface, var scope and >= 1 and <= 3, var from] =>
            $"read {((IdentificationScope)scope).ToString().ToLowerInvariant()} identification from object {from}",
        _ => Unknown(pdu),
    };

    private static string Answer(ReadOnlySpan<byte> pdu) => pdu switch
    {
        [>= ModbusFunction.Exception, var code] => $"exception {code}{Name((ModbusExceptionCode)code)}",
        [ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs, var bytes, ..] when pdu.Length == 2 + bytes => $"bits: {Hex(pdu[2..])}",
        [ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters or ModbusFunction.ReadWriteMultipleRegisters, var bytes, ..]
            when pdu.Length == 2 + bytes && bytes % 2 == 0 => $"{Many(bytes / 2, "register")}: {Words(pdu[2..])}",
        [ModbusFunction.WriteSingleCoil, _, _, _, _] => $"coil {Address(pdu)} written: {CoilState(Word(pdu, 3))}",
        [ModbusFunction.WriteSingleRegister, _, _, _, _] => $"holding register {Address(pdu)} written: {Word(pdu, 3)}",
        [ModbusFunction.WriteMultipleCoils, _, _, _, _] => $"{Count(pdu, "coil")} written",
        [ModbusFunction.WriteMultipleRegisters, _, _, _, _] => $"{Count(pdu, "holding register")} written",
        [ModbusFunction.MaskWriteRegister, _, _, _, _, _, _] => $"bits of holding register {Address(pdu)} changed",
        [ModbusFunction.EncapsulatedInterface, ModbusFunction.IdentificationInterface, ..] => Identification(pdu),
        _ => Unknown(pdu),
    };

    private static string Identification(ReadOnlySpan<byte> pdu)
    {
        var objects = ImmutableArray.CreateBuilder<IdentificationObject>();
        if (!IdentificationPdu.TryRead(pdu, 0, objects, out var next))
            return $"identification that cannot be read: {Hex(pdu)}";
        var text = new StringBuilder("identification");
        foreach (var one in objects)
            text.Append($", {one.Id} \"{one.Text}\"");
        return next < 0 ? text.ToString() : text.Append($", more from {next}").ToString();
    }

    private static string Name(ModbusExceptionCode code) => code switch
    {
        ModbusExceptionCode.IllegalFunction => " illegal function",
        ModbusExceptionCode.IllegalDataAddress => " illegal data address",
        ModbusExceptionCode.IllegalDataValue => " illegal data value",
        ModbusExceptionCode.ServerDeviceFailure => " device failure",
        ModbusExceptionCode.Acknowledge => " acknowledge, ask again",
        ModbusExceptionCode.ServerDeviceBusy => " device busy",
        ModbusExceptionCode.NegativeAcknowledge => " negative acknowledge",
        ModbusExceptionCode.MemoryParityError => " memory parity error",
        ModbusExceptionCode.GatewayPathUnavailable => " gateway path unavailable",
        ModbusExceptionCode.GatewayTargetFailedToRespond => " gateway target failed to respond",
        _ => "",
    };

    private static string Count(ReadOnlySpan<byte> pdu, string what) => $"{Many(Word(pdu, 3), what)} from {Address(pdu)}";

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Address(ReadOnlySpan<byte> pdu) => $"0x{Word(pdu, 1):X4}";

    private static string CoilState(ushort word) => word switch { (ushort)Coil.On => "on", (ushort)Coil.Off => "off", _ => $"0x{word:X4}" };

    private static string Unknown(ReadOnlySpan<byte> pdu) =>
        pdu.IsEmpty ? "nothing" : $"function {pdu[0] & 0x7F} that cannot be read: {Hex(pdu)}";

    private static string Words(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i + 1 < bytes.Length && i < 2 * ShownWords; i += 2)
            text.Append(i == 0 ? "" : " ").Append($"{Word(bytes, i):X4}");
        return bytes.Length > 2 * ShownWords ? text.Append(" …").ToString() : text.ToString();
    }

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var one in bytes[..Math.Min(bytes.Length, 2 * ShownWords)])
            text.Append(text.Length == 0 ? "" : " ").Append($"{one:X2}");
        return bytes.Length > 2 * ShownWords ? text.Append(" …").ToString() : text.ToString();
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
