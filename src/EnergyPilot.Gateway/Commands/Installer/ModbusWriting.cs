using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Writes an output of a Modbus device and reads it back.</summary>
internal sealed class ModbusWriting(Wish wish)
{
    private readonly RegisterSelector where = (RegisterSelector)wish.Point.Type.Where;

    public async Task<int> Run(bool confirmed, CancellationToken stop)
    {
        var target = wish.Target;
        var at = ModbusTalk.Address(ModbusTalk.Unit(target, wish.Device.Address), where);
        await using var talk = new ModbusTalk(target, target.Bus.Deadline);
        var before = await Now(talk, at, stop);
        var words = Encoded(before.Words);
        Console.WriteLine($"{wish.Name}, {Table} 0x{where.Address:X4} of unit {at.Unit} on {target.Bus.Where}");
        if (before.Said.Length > 0) Console.WriteLine($"now:     {before.Said}");
        Console.WriteLine($"wanted:  {wish.Shown}  ({Hex(words)})");
        if (!confirmed)
        {
            Console.WriteLine(Wish.Unconfirmed);
            return 0;
        }

        var result = await talk.Held(await Write(new VerifiedWriter(talk.Master, TimeProvider.System), at, words, stop), stop);
        var after = await Now(talk, at, stop);
        if (after.Said.Length > 0) Console.WriteLine($"after:   {after.Said}");
        if (!result.IsGood) throw VerbTrouble.Field($"Not written: {ModbusTalk.Words(result)}.");
        Console.WriteLine(CanRead ? "Written, and read back the same." : "Written; the device confirmed it. This point cannot be read back.");
        wish.Remind();
        return 0;
    }

    private bool CanRead => wish.Point.Type.Access == Access.ReadWrite;

    private string Table => where.Space == RegisterSpace.Coil ? "coil" : "holding";

    private async Task<(ushort[] Words, string Said)> Now(ModbusTalk talk, ModbusAddress at, CancellationToken stop)
    {
        if (!CanRead) return (new ushort[ModbusTalk.Length(where)], "");
        var (result, words) = await talk.Read(at, ModbusTalk.Length(where), stop);
        if (ModbusTalk.IsAbsent(result))
            throw VerbTrouble.Field($"{talk.Absence(at.Unit, result)} Nothing was written.");
        return (words, result.IsGood ? $"{ValueText.Whole(wish.Point.Type.Quantity, ModbusDeviceReader.Value(wish.Point, words))}  ({Hex(words)})" : ModbusTalk.Words(result));
    }

    private ushort[] Encoded(ushort[] now)
    {
        var raw = ModbusBus.Wired(wish.Point, wish.Value);
        if (where.Space == RegisterSpace.Coil) return [raw >= 0.5 ? (ushort)1 : (ushort)0];
        if (!ModbusBus.TryEncode(where.Encoding, raw / wish.Point.Factor, out var words))
            throw VerbTrouble.Asked($"{wish.Shown} does not fit a {where.Encoding.Format.ToString().ToLowerInvariant()} register. Nothing was written.");
        if (where.Encoding.Bits != BitRange.All) words[0] = Mask(words).Apply(now[0]);
        return words;
    }

    private ValueTask<ModbusResult> Write(VerifiedWriter writer, ModbusAddress to, ushort[] words, CancellationToken stop)
    {
        var check = CanRead ? ReadBack.Compare : ReadBack.None;
        var deadline = wish.Target.Bus.Deadline;
        if (where.Space == RegisterSpace.Coil) return writer.WriteCoil(to, words[0] == 1 ? Coil.On : Coil.Off, check, deadline, stop);
        return where.Encoding.Bits == BitRange.All
            ? writer.WriteRegisters(to, words, check, deadline, stop)
            : writer.WriteBits(to, Mask(words), check, deadline, stop);
    }

    private RegisterMask Mask(ushort[] words) => new((ushort)~RegisterCodec.Mask(where.Encoding), words[0]);

    private string Hex(ushort[] words) => where.Space == RegisterSpace.Coil ? $"coil {(words[0] == 1 ? "on" : "off")}" : $"registers {ModbusDeviceReader.Hex(where, words)}";
}
