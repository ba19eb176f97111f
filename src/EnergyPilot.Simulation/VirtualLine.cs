using System.Globalization;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Simulation;

/// <summary>
/// A serial Modbus line in memory: requests and answers are real RTU frames with their CRC, so what is damaged on it is
/// found as on copper. It takes no time; a silent device is a timeout at once.
/// </summary>
internal sealed class VirtualLine(VirtualSchool school, Bus bus, ModbusSlave slave) : IModbusWire
{
    private readonly Dictionary<byte, string> devices = school.Site.Devices.Where(d => d.Bus.Id == bus.Id)
        .ToDictionary(d => byte.Parse(d.Address, CultureInfo.InvariantCulture), d => d.Id);

    private readonly Lock gate = new();
    private readonly byte[] request = new byte[ModbusRtuFrame.MaxLength], reply = new byte[ModbusRtuFrame.MaxLength];
    private readonly byte[] pduOut = new byte[ModbusPdu.MaxLength];

    public ValueTask<WireAnswer> Exchange(byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (gate) return ValueTask.FromResult(Exchange(unit, pdu.Span, answer.Span));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private WireAnswer Exchange(byte unit, ReadOnlySpan<byte> pdu, Span<byte> answer)
    {
        if (!devices.TryGetValue(unit, out var device) || school.Has(FaultKind.Silent, device)) return WireAnswer.Failed(ModbusFault.Timeout);
        var sent = ModbusRtuFrame.Encode(unit, pdu, request);
        if (!ModbusRtuFrame.TryDecode(request.AsSpan(0, sent), out var heard, out var asked)) return WireAnswer.Failed(ModbusFault.Timeout);

        var damaged = school.Has(FaultKind.CrcErrors, device);
        var length = damaged ? Garble(asked) : slave.Answer(heard, asked, pduOut);
        if (length == 0) return WireAnswer.Failed(ModbusFault.Timeout);
        var came = ModbusRtuFrame.Encode(heard, pduOut.AsSpan(0, length), reply);
        if (damaged) reply[came / 2] ^= 0x10;
        if (!ModbusRtuFrame.TryDecode(reply.AsSpan(0, came), out _, out var got)) return WireAnswer.Failed(ModbusFault.BadChecksum);
        got.CopyTo(answer);
        return WireAnswer.Of(got.Length);
    }

    // What the device would have said does not matter: not a byte of it may be believed.
    private int Garble(ReadOnlySpan<byte> asked)
    {
        asked.CopyTo(pduOut);
        return asked.Length;
    }
}
