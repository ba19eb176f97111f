using System.Collections.Immutable;
using EnergyPilot.Core.Devices;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Registers by their address; where nobody said what they hold, in every usual reading.</summary>
internal sealed class ModbusRawReader(Target target, byte unit, RawRegisters raw) : IFieldReader
{
    private readonly ModbusTalk talk = new(target, target.Bus.Deadline);

    public string Title => $"Unit {unit} on {target.Bus.Where}";

    public async Task<Sheet> Read(CancellationToken stop)
    {
        var (result, words) = await talk.Read(ModbusTalk.Address(unit, raw.Where), raw.Count, stop);
        if (!result.IsGood)
            throw VerbTrouble.Field(ModbusTalk.IsAbsent(result) ? talk.Absence(unit, result) : $"Unit {unit} on {target.Bus.Where}, {raw.Count} from 0x{raw.Where.Address:X4}: {ModbusTalk.Words(result)}.");
        if (raw.Where.Space is RegisterSpace.Coil or RegisterSpace.DiscreteInput)
            return new Sheet(["address", ">value"], [.. words.Select((bit, i) => (ImmutableArray<string>)[Address(i), bit == 1 ? "on" : "off"])]);
        return raw.AnyFormat ? Every(words) : AsAsked(words);
    }

    public ValueTask DisposeAsync() => talk.DisposeAsync();

    private Sheet AsAsked(ushort[] words)
    {
        var step = raw.Where.Encoding.Format.Words();
        return new Sheet(["address", ">value", "registers"], [.. Enumerable.Range(0, words.Length / step).Select(i => (ImmutableArray<string>)
            [Address(i * step), ValueText.Number(RegisterCodec.Decode(raw.Where.Encoding, words.AsSpan(i * step, step))), ModbusDeviceReader.Hex(raw.Where, words.AsSpan(i * step, step))])]);
    }

    private static readonly (string Name, RegisterFormat Format, WordOrder Order)[] Readings =
    [
        (">i16", RegisterFormat.I16, WordOrder.Big), (">u32", RegisterFormat.U32, WordOrder.Big), (">u32 little", RegisterFormat.U32, WordOrder.Little),
        (">f32", RegisterFormat.F32, WordOrder.Big), (">f32 little", RegisterFormat.F32, WordOrder.Little),
    ];

    private Sheet Every(ushort[] words) => new(
        ["address", ">u16", "hex", .. Readings.Select(r => r.Name)],
        [.. words.Select((word, i) => (ImmutableArray<string>)[Address(i), $"{word}", $"{word:X4}", .. Readings.Select(r => As(r.Format, r.Order, words.AsSpan(i)))])]);

    private string As(RegisterFormat format, WordOrder order, ReadOnlySpan<ushort> words) =>
        words.Length < format.Words() ? "" : ValueText.Number(RegisterCodec.Decode(raw.Where.Encoding with { Format = format, Order = order }, words));

    private string Address(int offset) => $"0x{raw.Where.Address + offset:X4} ({raw.Where.Address + offset})";
}
