using System.Globalization;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>The keys that say how registers become a number; scale, offset and unit serve other wires as well.</summary>
internal static class RegisterFields
{
    private const double HighestNumber = 1e12;

    public static RegisterEncoding Read(Quantity quantity, Fields fields) => new(
        fields.Take("as", Shapes.Choice<RegisterFormat>(), RegisterFormat.Bit, "Registers: width and kind of the number"),
        fields.Take("order", Shapes.Choice<WordOrder>(), WordOrder.Big, "Registers: order of the words; big: ABCD (the default), little: CDAB, big-byte-swapped: BADC, little-byte-swapped: DCBA"),
        fields.Take("scale", Shapes.Number(-HighestNumber, HighestNumber), 1, "What one step of the number is worth in the unit"),
        fields.Take("offset", Shapes.Number(-HighestNumber, HighestNumber), 0, "What the number 0 stands for in the unit"),
        fields.Take("unit", new UnitShape(quantity), Unit.Canonical(quantity), "The unit in which the device counts"),
        fields.Take("not-available", Shapes.OneOrMore(Shapes.Whole(0, ulong.MaxValue)), [], "Registers: patterns that mean \"no value\""))
    {
        Bits = fields.Take("bits", new BitsShape(), BitRange.All, "Registers that several values share: the bits of this one, lowest first; 0 is the lowest of all"),
    };

    /// <summary>Whether a place holds whole registers, not single bits.</summary>
    public static bool IsWord(Selector where) => where is RegisterSelector { Space: RegisterSpace.Holding or RegisterSpace.Input };

    public static void Check(RegisterSelector register, Fields fields)
    {
        if (fields.IsBlank) return;
        var encoding = register.Encoding;
        if (IsWord(register) && !fields.Has("as"))
            fields.Here.Wrong($"no \"as\"", $"as: {Shapes.Choice<RegisterFormat>().Expected}");
        else if (IsWord(register) && encoding.Format == RegisterFormat.Bit)
            fields.At("as").Unexpected($"u16 or another number, with \"bits\" for a part of it: bit is for coils and discrete inputs");
        if (register.Address + encoding.Format.Words() > ushort.MaxValue + 1)
            fields.At("as").Unexpected($"a number that ends before the last register, 65535");
        CheckWidth(encoding, fields);
    }

    private static void CheckWidth(RegisterEncoding encoding, Fields fields)
    {
        var width = 16 * encoding.Format.Words();
        if (width < 64 && encoding.NotAvailable.Any(p => p >> width != 0))
            fields.At("not-available").Wrong($"a pattern that is too wide", $"patterns of {width} bits");
        if (encoding.Bits == BitRange.All) return;
        if (encoding.Format is not (RegisterFormat.U16 or RegisterFormat.U32 or RegisterFormat.U64))
            fields.At("bits").Unexpected($"it only with u16, u32 or u64");
        else if (encoding.Bits.First + encoding.Bits.Count > width)
            fields.At("bits").Unexpected($"bits from 0 to {width - 1}");
    }

    /// <summary>One bit, "3", or neighbouring ones, "4..7".</summary>
    private sealed class BitsShape : Shape<BitRange>
    {
        private const int Widest = 64;

        public override Saying Expected => $"a bit, for example 3, or neighbouring bits, for example 4..7";
        public override BitRange Blank => BitRange.All;

        public override BitRange Read(Spot spot)
        {
            var parts = spot.Node is TextNode text ? text.Text.Split("..") : [];
            if (parts.Length is 1 or 2 && TryBit(parts[0], out var low) && TryBit(parts[^1], out var high) && low <= high)
                return new BitRange(low, high - low + 1);
            spot.Unexpected(Expected);
            return Blank;
        }

        public override JsonObject Schema() => new() { ["type"] = new JsonArray("integer", "string"), ["pattern"] = @"^[0-9]+(\.\.[0-9]+)?$" };

        private static bool TryBit(string text, out int bit) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bit) && bit < Widest;
    }
}
