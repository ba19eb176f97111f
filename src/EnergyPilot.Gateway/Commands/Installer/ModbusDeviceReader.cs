using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>All points of a Modbus device, with the registers that they were made of.</summary>
internal sealed class ModbusDeviceReader(Target target, Device device) : IFieldReader
{
    private readonly ModbusTalk talk = new(target, target.Bus.Deadline);
    private readonly byte unit = ModbusTalk.Unit(target, device.Address);

    public string Title => $"{Models.Label(device.Type)}, unit {unit} on {target.Bus.Where}";

    public async Task<Sheet> Read(CancellationToken stop)
    {
        var answers = await Answers(stop);
        if (answers.Count > 0 && answers.Values.All(a => ModbusTalk.IsAbsent(a.Result)))
            throw VerbTrouble.Field(talk.Absence(unit, answers.Values.First().Result));
        return new Sheet(["point", ">value", "unit", "state", "registers"], [.. device.Points.Select(point => Row(point, answers))]);
    }

    public ValueTask DisposeAsync() => talk.DisposeAsync();

    /// <summary>One point as a row: name, value, unit, state, registers.</summary>
    public static ImmutableArray<string> Row(Point point, ModbusResult result, ReadOnlySpan<ushort> words)
    {
        var where = (RegisterSelector)point.Type.Where;
        var value = result.IsGood ? Value(point, words) : double.NaN;
        var raw = result.IsGood ? $"{Place(where)}: {Hex(where, words)}" : Place(where);
        return [point.Type.Name, ValueText.Of(point.Type.Quantity, value), Unit.Canonical(point.Type.Quantity).Symbol, State(point, result, value), raw];
    }

    /// <summary>The value of a point in the canonical unit.</summary>
    public static double Value(Point point, ReadOnlySpan<ushort> words) =>
        ModbusBus.Wired(point, RegisterCodec.Decode(((RegisterSelector)point.Type.Where).Encoding, words)) * point.Factor;

    public static string Hex(RegisterSelector where, ReadOnlySpan<ushort> words) =>
        where.Space is RegisterSpace.Coil or RegisterSpace.DiscreteInput ? $"{words[0]}" : string.Join(' ', words.ToArray().Select(w => $"{w:X4}"));

    private static ImmutableArray<string> Row(Point point, Dictionary<RegisterSelector, (ModbusResult Result, ushort[] Words)> answers)
    {
        if (point.Type.Where is not RegisterSelector where || !answers.TryGetValue(where, out var answer))
            return [point.Type.Name, ValueText.None, Unit.Canonical(point.Type.Quantity).Symbol, "can only be written", Place((RegisterSelector)point.Type.Where)];
        return Row(point, answer.Result, answer.Words);
    }

    private static string State(Point point, ModbusResult result, double value) => !result.IsGood ? ModbusTalk.Words(result)
        : double.IsNaN(value) ? "no value, says the device"
        : value > point.Type.Range.High ? "above its range" : value < point.Type.Range.Low ? "below its range" : "good";

    private static string Place(RegisterSelector where) => $"{where.Space switch { RegisterSpace.Coil => "coil", RegisterSpace.DiscreteInput => "discrete", RegisterSpace.Holding => "holding", _ => "input" }} 0x{where.Address:X4}";

    // Neighbours are read together; where a device refuses that, one by one.
    private async Task<Dictionary<RegisterSelector, (ModbusResult Result, ushort[] Words)>> Answers(CancellationToken stop)
    {
        var answers = new Dictionary<RegisterSelector, (ModbusResult, ushort[])>();
        var readable = device.Points.Where(p => p.Type.Access != Access.Write).Select(p => (RegisterSelector)p.Type.Where);
        foreach (var table in readable.GroupBy(w => w.Space))
            foreach (var block in RegisterBlocks.Plan(ModbusBus.Space(table.Key), table.Select(Range), 0))
            {
                var (result, words) = await talk.Read(new ModbusAddress(unit, ModbusBus.Space(table.Key), block.Address), block.Length, stop);
                if (ModbusTalk.IsAbsent(result) && answers.Count == 0)
                    return table.ToDictionary(w => w, _ => (result, words));
                foreach (var where in table.Where(w => block.Contains(Range(w))))
                    answers[where] = result.Fault == ModbusFault.Exception && block.Length > Range(where).Length
                        ? await talk.Read(ModbusTalk.Address(unit, where), Range(where).Length, stop)
                        : (result, result.IsGood ? words.AsSpan(where.Address - block.Address, Range(where).Length).ToArray() : words);
            }

        return answers;
    }

    private static RegisterRange Range(RegisterSelector where) => new(where.Address, ModbusTalk.Length(where));
}
