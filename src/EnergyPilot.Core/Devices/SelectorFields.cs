using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>The keys that say where on its wire a point is.</summary>
internal static class SelectorFields
{
    private const double HighestNumber = 1e12;
    private const ulong HighestStorage = 1_000_000;

    public static Selector Read(Protocol protocol, Quantity quantity, Access access, Fields fields)
    {
        var encoding = RegisterFields.Read(quantity, fields);
        var scaling = new Scaling(encoding.Scale, encoding.Offset, encoding.Unit);
        var powerOn = fields.Take("power-on", Shapes.Number(-HighestNumber, HighestNumber), double.NaN, "Kernel files: the number that stands in the file before the first measurement");
        var record = Record(fields);
        var message = Message(scaling, fields);
        Selector where = fields.OneOf<Selector>(new LineSelector(LineUse.Contact), "Where the value is; registers by their 0-based address on the wire",
            ("coil", Address.As<Selector>(a => In(RegisterSpace.Coil, a, encoding))),
            ("discrete", Address.As<Selector>(a => In(RegisterSpace.DiscreteInput, a, encoding))),
            ("holding", Address.As<Selector>(a => In(RegisterSpace.Holding, a, encoding))),
            ("input", Address.As<Selector>(a => In(RegisterSpace.Input, a, encoding))),
            ("line", Shapes.Choice<LineUse>().As<Selector>(use => new LineSelector(use))),
            ("file", KernelPath.As<Selector>(file => new FileSelector(file, encoding.Unit, powerOn))),
            ("channel", KernelPath.As<Selector>(channel => new ChannelSelector(channel, scaling))),
            ("record", Shapes.Choice<MeterRecord>().As<Selector>(r => record with { Record = r })),
            ("group", Label.As<Selector>(label => new GroupSelector(label, scaling))),
            ("json", JsonPath.As<Selector>(path => message with { Path = path })));

        CheckWire(protocol, where, fields);
        CheckKeys(where, quantity, fields);
        if (where is RegisterSelector register) RegisterFields.Check(register, fields);
        CheckCommand(where, access, fields);
        if (access != Access.Read && where is RegisterSelector { Encoding: { Format: not RegisterFormat.U16, Bits.Count: > 0 } })
            fields.At("bits").Unexpected($"bits of a u16, if they are to be written: longer numbers cannot be changed in one step");
        return where;
    }

    private static RecordSelector Record(Fields fields) => new(
        MeterRecord.Energy,
        fields.Take("function", Shapes.Choice<RecordFunction>(), RecordFunction.Instantaneous, "M-Bus: present value or an extreme; \"instantaneous\" when missing"),
        (uint)fields.Take("storage", Shapes.Whole(0, HighestStorage), 0UL, "M-Bus: storage number; 0, now, when missing"),
        (uint)fields.Take("tariff", Shapes.Whole(0, HighestStorage), 0UL, "M-Bus: tariff; 0, the sum, when missing"),
        (uint)fields.Take("subunit", Shapes.Whole(0, ushort.MaxValue), 0UL, "M-Bus: subunit; 0, the meter itself, when missing"));

    private static MessageSelector Message(Scaling scaling, Fields fields) => new(
        fields.Take("topic", Topic, "", "MQTT: topic below the device's own; that itself when missing"),
        "", scaling,
        fields.Take("on", Shapes.Text, "", "MQTT states: the word that means on; true, 1, on and ON when missing"),
        fields.Take("off", Shapes.Text, "", "MQTT states: the word that means off; false, 0, off and OFF when missing"),
        new CommandMessage(
            fields.Take("command", Topic, "", "MQTT outputs: the topic, below the device's own, on which it takes values"),
            fields.Take("payload", Shapes.Text, CommandMessage.Value, "MQTT outputs: the message, in which {value} stands for the number, or for the word of a state")));

    private static readonly Shape<ulong> Address = Shapes.Whole(0, ushort.MaxValue);

    private static readonly Shape<string> KernelPath = Shapes.TextLike(
        $"a file in the device's folder, for example \"temperature\" or \"hwmon/*/temp1_input\"", "^[A-Za-z0-9_:*-]+(/[A-Za-z0-9_:*-]+)*$",
        path => path.Length > 0 && path.Split('/').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || "_:*-".Contains(c, StringComparison.Ordinal))));

    private static readonly Shape<string> Label = Shapes.TextLike(
        $"a label of the télé-information, for example \"EAST\"", "^[A-Z0-9+-]{1,10}$",
        label => label.Length is > 0 and <= 10 && label.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '+' or '-'));

    private static readonly Shape<string> JsonPath = Shapes.TextLike(
        $"a path within the message, for example \"$.temperature\"", @"^\$.*$", path => path.StartsWith('$'));

    private static readonly Shape<string> Topic = Shapes.TextLike(
        $"a topic without wildcards, for example \"set\"", "^[^#+/][^#+]*$", topic => topic.Length > 0 && topic[0] != '/' && !topic.AsSpan().ContainsAny('#', '+'));

    private static RegisterSelector In(RegisterSpace space, ulong address, RegisterEncoding encoding) => new(space, (ushort)address, encoding);

    private static void CheckWire(Protocol protocol, Selector where, Fields fields)
    {
        (bool Fits, Saying Expected) wire = protocol switch
        {
            Protocol.Modbus => (where is RegisterSelector, $"coil, discrete, holding or input"),
            Protocol.Gpio => (where is LineSelector, $"line"),
            Protocol.Kernel => (where is FileSelector or ChannelSelector, $"file or channel"),
            Protocol.MBus => (where is RecordSelector, $"record"),
            Protocol.Tic => (where is GroupSelector, $"group"),
            _ => (where is MessageSelector, $"json"),
        };
        var key = Wires.FirstOrDefault(fields.Has);
        if (!wire.Fits && key is not null) fields.At(key).Wrong($"\"{key}\"", $"{wire.Expected}: its protocol is {Words<Protocol>.Of(protocol)}");
    }

    private static readonly ImmutableArray<string> Wires = ["coil", "discrete", "holding", "input", "line", "file", "channel", "record", "group", "json"];

    /// <summary>Keys that mean something for some kinds of place only, and which those are in words.</summary>
    private static readonly ImmutableArray<(string Key, Func<Selector, bool> Fits, Saying Where)> Particular =
    [
        ("as", RegisterFields.IsWord, $"holding and input registers"), ("order", RegisterFields.IsWord, $"holding and input registers"),
        ("bits", RegisterFields.IsWord, $"holding and input registers"), ("not-available", RegisterFields.IsWord, $"holding and input registers"),
        ("scale", IsScaled, $"holding and input registers, channels, groups and messages"), ("offset", IsScaled, $"holding and input registers, channels, groups and messages"),
        ("power-on", w => w is FileSelector, $"kernel files"),
        ("function", w => w is RecordSelector, $"records of M-Bus meters"), ("storage", w => w is RecordSelector, $"records of M-Bus meters"),
        ("tariff", w => w is RecordSelector, $"records of M-Bus meters"), ("subunit", w => w is RecordSelector, $"records of M-Bus meters"),
        ("topic", w => w is MessageSelector, $"messages of MQTT devices"), ("on", w => w is MessageSelector, $"messages of MQTT devices"),
        ("off", w => w is MessageSelector, $"messages of MQTT devices"),
        ("command", w => w is MessageSelector, $"messages of MQTT devices"), ("payload", w => w is MessageSelector, $"messages of MQTT devices"),
    ];

    private static bool IsScaled(Selector where) => RegisterFields.IsWord(where) || where is ChannelSelector or GroupSelector or MessageSelector;

    private static void CheckKeys(Selector where, Quantity quantity, Fields fields)
    {
        if (fields.IsBlank || !Wires.Any(fields.Has)) return;
        foreach (var (key, fits, places) in Particular)
            if (fields.Has(key) && !fits(where)) fields.At(key).Wrong($"\"{key}\"", $"it only for {places}");
        if (where is RecordSelector && fields.Has("unit"))
            fields.At("unit").Wrong($"a unit", $"none: a record of an M-Bus meter says its own");
        if ((IsScaled(where) || where is FileSelector) && quantity is not (Quantity.State or Quantity.Number) && !fields.Has("unit"))
            fields.Here.Wrong($"no \"unit\"", $"unit: {new UnitShape(quantity).Expected}");
        if (fields.Has("scale") && IsScaled(where) && Scale(where) == 0)
            fields.At("scale").Unexpected($"a scale other than zero");
        if (where is RegisterSelector { Encoding.Format: RegisterFormat.Bit } && !RegisterFields.IsWord(where) || where is LineSelector { Use: not LineUse.Pulse })
            if (quantity != Quantity.State) fields.At("measures").Unexpected($"state: a single bit is on or off");
    }

    private static double Scale(Selector where) => where switch
    {
        RegisterSelector register => register.Encoding.Scale,
        ChannelSelector channel => channel.Scaling.Scale,
        GroupSelector group => group.Scaling.Scale,
        MessageSelector message => message.Scaling.Scale,
        _ => 1,
    };

    private static void CheckCommand(Selector where, Access access, Fields fields)
    {
        if (where is not MessageSelector message) return;
        if (access != Access.Read && message.Command.Topic.Length == 0 && !fields.Has("command"))
            fields.Here.Wrong($"no \"command\"", $"command: the topic on which the device takes values, for example \"set\"");
        if (fields.Has("payload") && !message.Command.Payload.Contains(CommandMessage.Value, StringComparison.Ordinal))
            fields.At("payload").Unexpected($"a message with {CommandMessage.Value} where the number belongs");
        if (access == Access.Read && fields.Has("command"))
            fields.At("command").Wrong($"a command for a point that is only read", $"access: write or read-write, or no command");
    }
}
