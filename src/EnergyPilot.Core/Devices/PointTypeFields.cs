using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>The keys of one point of a device model.</summary>
internal static class PointTypeFields
{
    private const double HighestNumber = 1e12;

    public static PointType Read(string name, Protocol protocol, Fields fields)
    {
        var quantity = fields.Need("measures", Shapes.Choice<Quantity>(), "What the value is a measure of; \"state\" for on or off");
        var access = fields.Take("access", Shapes.Choice<Access>(), Access.Read, "Whether it is read, written or both; \"read\" when missing");
        var range = fields.Take("range", new RangeShape(quantity), DefaultRange(quantity), "Plausible values; outside, a reading is not believed and a write is refused");
        var poll = fields.Take("poll", Shapes.Choice<PollClass>(), PollClass.Normal, "fast: every cycle, normal: every 30 s, slow: every 5 min, once: at start; \"normal\" when missing");
        var accumulation = fields.Take("accumulation", Shapes.Choice<Accumulation>(), Accumulation.Instantaneous, "\"cumulative\" for an index that only grows");
        var safe = fields.Take("safe", new ValueShape(quantity), double.NaN, "For outputs: the value that keeps the heating on when the control is silent");
        var where = Selector(protocol, quantity, fields);

        CheckOutput(fields, access, range, safe);
        if (quantity != Quantity.State && !fields.Has("range") && !fields.IsBlank)
            fields.Here.Wrong("no \"range\"", $"range: {new RangeShape(quantity).Expected}");
        return new PointType(name, quantity, access, range, poll, accumulation, safe, where);
    }

    private static ValueRange DefaultRange(Quantity quantity) => quantity == Quantity.State ? new(0, 1) : new(double.NaN, double.NaN);

    private static void CheckOutput(Fields fields, Access access, ValueRange range, double safe)
    {
        if (access == Access.Read && fields.Has("safe"))
            fields.At("safe").Wrong("a safe value for a point that is only read", "access: write or read-write, or no safe value");
        if (access != Access.Read && !fields.Has("safe"))
            fields.Here.Wrong("no \"safe\"", "safe: the value of this output that keeps the heating on when the control is silent");
        if (safe < range.Low || safe > range.High)
            fields.At("safe").Unexpected("a safe value within the range of the point");
    }

    private static Selector Selector(Protocol protocol, Quantity quantity, Fields fields)
    {
        var encoding = Encoding(quantity, fields);
        var powerOn = fields.Take("power-on", Shapes.Number(-HighestNumber, HighestNumber), double.NaN, "Kernel files: the number that stands in the file before the first measurement");
        Selector where = fields.OneOf<Selector>(new LineSelector(LineUse.Contact), "Where the value is; registers by their 0-based address on the wire",
            ("coil", Address.As<Selector>(a => In(RegisterSpace.Coil, a, encoding))),
            ("discrete", Address.As<Selector>(a => In(RegisterSpace.DiscreteInput, a, encoding))),
            ("holding", Address.As<Selector>(a => In(RegisterSpace.Holding, a, encoding))),
            ("input", Address.As<Selector>(a => In(RegisterSpace.Input, a, encoding))),
            ("line", Shapes.Choice<LineUse>().As<Selector>(use => new LineSelector(use))),
            ("file", KernelFile.As<Selector>(file => new FileSelector(file, encoding.Unit, powerOn))));

        CheckWire(protocol, where, fields);
        CheckEncoding(where, quantity, fields);
        return where;
    }

    private static RegisterEncoding Encoding(Quantity quantity, Fields fields) => new(
        fields.Take("as", Shapes.Choice<RegisterFormat>(), RegisterFormat.Bit, "Registers: width and kind of the number"),
        fields.Take("order", Shapes.Choice<WordOrder>(), WordOrder.Big, "Registers: order of the words; big: ABCD (the default), little: CDAB, big-byte-swapped: BADC, little-byte-swapped: DCBA"),
        fields.Take("scale", Shapes.Number(-HighestNumber, HighestNumber), 1, "Registers: what one step of the number is worth in the unit"),
        fields.Take("offset", Shapes.Number(-HighestNumber, HighestNumber), 0, "Registers: what the number 0 stands for in the unit"),
        fields.Take("unit", new UnitShape(quantity), Unit.Canonical(quantity), "The unit in which the device counts"),
        fields.Take("not-available", Shapes.OneOrMore(Shapes.Whole(0, ulong.MaxValue)), [], "Registers: patterns that mean \"no value\""));

    private static readonly Shape<ulong> Address = Shapes.Whole(0, ushort.MaxValue);

    private static readonly Shape<string> KernelFile = Shapes.TextLike(
        "the name of a file in the device's folder, for example \"temperature\"", "^[A-Za-z0-9_]+$", name => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    private static RegisterSelector In(RegisterSpace space, ulong address, RegisterEncoding encoding) => new RegisterSelector(space, (ushort)address, encoding);

    private static void CheckWire(Protocol protocol, Selector where, Fields fields)
    {
        var (fits, expected) = protocol switch
        {
            Protocol.Modbus => (where is RegisterSelector, "coil, discrete, holding or input: its protocol is modbus"),
            Protocol.Gpio => (where is LineSelector, "line: its protocol is gpio"),
            _ => (where is FileSelector, "file: its protocol is kernel"),
        };
        var key = Wires.FirstOrDefault(fields.Has);
        if (!fits && key is not null) fields.At(key).Wrong($"\"{key}\"", expected);
    }

    private static readonly ImmutableArray<string> Wires = ["coil", "discrete", "holding", "input", "line", "file"];
    private static readonly ImmutableArray<string> OfRegisters = ["as", "order", "scale", "offset", "not-available"];

    private static void CheckEncoding(Selector where, Quantity quantity, Fields fields)
    {
        if (fields.IsBlank) return;
        var isWord = where is RegisterSelector { Space: RegisterSpace.Holding or RegisterSpace.Input };
        if (where is RegisterSelector register) CheckRegister(register, isWord, fields);
        foreach (var key in OfRegisters)
            if (!isWord && fields.Has(key)) fields.At(key).Wrong($"\"{key}\"", "it only for holding and input registers");
        if (where is not FileSelector && fields.Has("power-on")) fields.At("power-on").Wrong("\"power-on\"", "it only for kernel files");
        if ((isWord || where is FileSelector) && quantity is not (Quantity.State or Quantity.Number) && !fields.Has("unit"))
            fields.Here.Wrong("no \"unit\"", $"unit: {new UnitShape(quantity).Expected}");
        if (!isWord && where is not LineSelector { Use: LineUse.Pulse } && where is not FileSelector && quantity != Quantity.State)
            fields.At("measures").Unexpected("state: a single bit is on or off");
    }

    private static void CheckRegister(RegisterSelector register, bool isWord, Fields fields)
    {
        if (isWord && !fields.Has("as"))
            fields.Here.Wrong("no \"as\"", $"as: {Shapes.Choice<RegisterFormat>().Expected}");
        else if (isWord && register.Encoding.Format == RegisterFormat.Bit)
            fields.At("as").Unexpected("u16 or another number: bits are those of coils and discrete inputs");
        if (register.Encoding.Scale == 0)
            fields.At("scale").Unexpected("a scale other than zero");
        if (register.Address + register.Encoding.Format.Words() > ushort.MaxValue + 1)
            fields.At("as").Unexpected("a number that ends before the last register, 65535");
        var bits = 16 * register.Encoding.Format.Words();
        if (bits < 64 && register.Encoding.NotAvailable.Any(p => p >> bits != 0))
            fields.At("not-available").Wrong("a pattern that is too wide", $"patterns of {bits} bits");
    }
}
