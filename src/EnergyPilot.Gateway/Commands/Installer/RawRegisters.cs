using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Registers named by their address, for devices that no model describes yet.</summary>
/// <param name="Where">Table, first address and how a number is made of the registers.</param>
/// <param name="Count">How many registers, or bits.</param>
internal sealed record RawRegisters(RegisterSelector Where, int Count)
{
    /// <summary>Nothing was said of how to read them: every way is shown.</summary>
    public bool AnyFormat { get; init; }
}

/// <summary>The options that name registers by their address.</summary>
/// <param name="counting">The name of the option that says how many; "" for one number.</param>
internal sealed class RawOptions(string counting)
{
    private const int MostRegisters = 125, MostBits = 2000;

    private readonly (RegisterSpace Space, Option<string?> Option)[] spaces =
    [
        (RegisterSpace.Holding, new("--holding") { Description = "Modbus: first holding register by its 0-based address on the wire, for example 0x34 or 52" }),
        (RegisterSpace.Input, new("--input") { Description = "Modbus: first input register" }),
        (RegisterSpace.Coil, new("--coil") { Description = "Modbus: first coil" }),
        (RegisterSpace.DiscreteInput, new("--discrete") { Description = "Modbus: first discrete input" }),
    ];

    private readonly Option<int?> count = new(counting.Length > 0 ? counting : "--count") { Description = "Modbus: how many registers or bits; one number when missing" };
    private readonly Option<string?> format = new("--as") { Description = $"Modbus: what the registers hold: {string.Join(", ", Formats)}; every reading when missing" };
    private readonly Option<string?> order = new("--order") { Description = $"Modbus: order of the words: {string.Join(", ", FileWords.All<WordOrder>())}; big when missing" };
    private readonly Option<double?> scale = new("--scale") { Description = "Modbus: what one step of the number is worth; 1 when missing" };

    public static IEnumerable<string> Formats => FileWords.All<RegisterFormat>().Where(w => w != "bit");

    public void AddTo(Command verb)
    {
        foreach (var (_, option) in spaces)
        {
            option.Validators.Add(result => Require(result, t => TryAddress(t, out _), $"{option.Name} takes an address from 0 to 65535, for example 0x34 or 52."));
            verb.Add(option);
        }

        format.Validators.Add(result => Require(result, Formats.Contains, $"--as takes {string.Join(", ", Formats)}."));
        order.Validators.Add(result => Require(result, FileWords.All<WordOrder>().Contains, $"--order takes {string.Join(", ", FileWords.All<WordOrder>())}."));
        scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } number && (number == 0 || !double.IsFinite(number))) result.AddError("--scale takes a number other than 0.");
        });
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or (>= 1 and <= MostBits))) result.AddError($"{count.Name} takes 1 to {MostRegisters} registers or 1 to {MostBits} bits.");
        });
        if (counting.Length > 0) verb.Add(count);
        foreach (var option in (Option[])[format, order, scale]) verb.Add(option);
    }

    /// <summary>What was asked for; null when no register was named.</summary>
    public RawRegisters? Read(ParseResult parsed)
    {
        var named = spaces.Where(s => parsed.GetValue(s.Option) is not null).ToArray();
        if (named.Length == 0) return null;
        if (named.Length > 1) throw VerbTrouble.Asked("Name one of --holding, --input, --coil and --discrete.");
        TryAddress(parsed.GetValue(named[0].Option) ?? "", out var address);
        var isBit = named[0].Space is RegisterSpace.Coil or RegisterSpace.DiscreteInput;
        var kind = isBit ? RegisterFormat.Bit : parsed.GetValue(format) is { } word && FileWords.TryFind<RegisterFormat>(word, out var f) ? f : RegisterFormat.U16;
        var words = parsed.GetValue(order) is { } name && FileWords.TryFind<WordOrder>(name, out var o) ? o : WordOrder.Big;
        var asked = (counting.Length > 0 ? parsed.GetValue(count) : null) ?? kind.Words();
        if (!isBit && asked > MostRegisters) throw VerbTrouble.Asked($"{count.Name} takes 1 to {MostRegisters} registers.");
        if (address + asked > ushort.MaxValue + 1) throw VerbTrouble.Asked($"{asked} from 0x{address:X4} end behind the last register, 0xFFFF.");
        if (asked % kind.Words() != 0) throw VerbTrouble.Asked($"{count.Name} {asked} is no whole number of {FileWords.Of(kind)}, each of which takes {kind.Words()} registers.");
        return new RawRegisters(
            new RegisterSelector(named[0].Space, address, new RegisterEncoding(kind, words, parsed.GetValue(scale) ?? 1, 0, Unit.Canonical(Quantity.Number), [])), asked)
        {
            AnyFormat = !isBit && parsed.GetValue(format) is null,
        };
    }

    private static bool TryAddress(string text, out ushort address) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ushort.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address)
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out address);

    private static void Require(OptionResult result, Func<string, bool> holds, string sentence)
    {
        if (result.GetValueOrDefault<string?>() is { } text && !holds(text)) result.AddError(sentence);
    }
}
