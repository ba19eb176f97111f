using System.Buffers.Binary;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Reads a Protocol Buffers message field by field where it lies. The first fault sticks and ends the reading.
/// Written by hand because the schema has a few dozen fields: generated classes make an object of every metric, name and
/// property, know no limit on their number, and bring a library that is larger than the rest of this assembly.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaxFieldNumber = (1 << 29) - 1;

    private ReadOnlySpan<byte> rest = message;

    public SparkplugFault Fault { get; private set; }

    public int Field { get; private set; }

    public ProtobufWire Wire { get; private set; }

    /// <summary>The value of a number; of a floating-point one, its bits.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The next field; false at the end and at the first fault.</summary>
    public bool TryRead()
    {
        if (rest.IsEmpty || Fault != SparkplugFault.None)
            return false;
        var tag = Varint();
        if (tag >> 3 is 0 or > MaxFieldNumber)
            Fail(SparkplugFault.FieldNumber);
        Field = (int)(tag >> 3);
        Wire = (ProtobufWire)(tag & 7);
        Bytes = default;
        Number = Wire switch
        {
            ProtobufWire.Varint => Varint(),
            ProtobufWire.Fixed32 => Fixed(4),
            ProtobufWire.Fixed64 => Fixed(8),
            ProtobufWire.LengthDelimited => Varint(),
            // Groups (3 and 4) were given up before this schema was written.
            _ => Fail(SparkplugFault.WireType),
        };
        if (Wire == ProtobufWire.LengthDelimited)
            Bytes = Take(Number);
        return Fault == SparkplugFault.None;
    }

    /// <summary>How many numbers follow each other in a packed list, or a fault.</summary>
    public static int CountPacked(ReadOnlySpan<byte> list, out SparkplugFault fault)
    {
        var reader = new ProtobufReader(list);
        var count = 0;
        while (reader.TryReadPacked(out _))
            count++;
        fault = reader.Fault;
        return count;
    }

    /// <summary>The next number of a packed list.</summary>
    public bool TryReadPacked(out ulong number)
    {
        number = 0;
        if (rest.IsEmpty || Fault != SparkplugFault.None)
            return false;
        number = Varint();
        return Fault == SparkplugFault.None;
    }

    private ulong Varint()
    {
        var value = 0ul;
        for (var n = 0; n < rest.Length && n < 10; n++)
        {
            value |= (ulong)(rest[n] & 0x7F) << 7 * n;
            if (rest[n] >= 0x80)
                continue;
            // The tenth byte has room for one bit.
            if (n == 9 && rest[n] > 1)
                break;
            rest = rest[(n + 1)..];
            return value;
        }

        return Fail(rest.Length < 10 ? SparkplugFault.Truncated : SparkplugFault.VariableInteger);
    }

    private ulong Fixed(int length)
    {
        var bytes = Take((ulong)length);
        if (bytes.IsEmpty)
            return 0;
        return length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
        {
            Fail(SparkplugFault.Truncated);
            return default;
        }

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private ulong Fail(SparkplugFault why)
    {
        if (Fault == SparkplugFault.None)
            Fault = why;
        return 0;
    }
}
