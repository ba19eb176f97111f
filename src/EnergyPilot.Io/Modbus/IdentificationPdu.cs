using System.Collections.Immutable;

namespace EnergyPilot.Io.Modbus;

/// <summary>Requests and answers of function 43/14 (V1.1b3, 6.21): a head of seven bytes, then objects of number, length and value.</summary>
internal static class IdentificationPdu
{
    private const int HeadLength = 7;
    private const byte Individual = 4;
    private const byte MoreFollows = 0xFF;

    public static int WriteStreamRequest(Span<byte> pdu, IdentificationScope scope, byte from) => WriteRequest(pdu, (byte)scope, from);

    public static int WriteObjectRequest(Span<byte> pdu, byte id) => WriteRequest(pdu, Individual, id);

    /// <summary>
    /// Adds the objects of one answer. <paramref name="next"/> is where to go on, -1 at the end. Numbers must ascend from <paramref name="from"/>,
    /// within an answer and from one to the next: so a hostile device can say at most 256 objects.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> answer, byte from, ImmutableArray<IdentificationObject>.Builder objects, out int next)
    {
        next = -1;
        if (answer.Length < HeadLength || answer[1] != ModbusFunction.IdentificationInterface)
            return false;
        var at = HeadLength;
        int lowest = from;
        for (var left = answer[6]; left > 0; left--)
        {
            if (answer.Length < at + 2 || answer.Length < at + 2 + answer[at + 1] || answer[at] < lowest)
                return false;
            objects.Add(new IdentificationObject(answer[at], answer.Slice(at + 2, answer[at + 1]).ToArray()));
            lowest = answer[at] + 1;
            at += 2 + answer[at + 1];
        }

        if (answer[4] == MoreFollows)
            next = answer[5];
        return at == answer.Length && (next < 0 || next >= lowest && next > from);
    }

    /// <summary>Answers as a device that has these objects.</summary>
    public static ModbusExceptionCode Answer(
        IReadOnlyList<IdentificationObject> objects, ReadOnlySpan<byte> request, Span<byte> answer, out int length)
    {
        length = 0;
        if (objects.Count == 0 || request.Length >= 2 && request[1] != ModbusFunction.IdentificationInterface)
            return ModbusExceptionCode.IllegalFunction;
        if (request.Length != 4 || request[2] is < 1 or > Individual)
            return ModbusExceptionCode.IllegalDataValue;

        var (code, from) = (request[2], request[3]);
        var first = IndexOf(objects, from);
        if (first < 0 && code == Individual)
            return ModbusExceptionCode.IllegalDataAddress;
        // A stream that is to begin at an object that is not there begins with the first (V1.1b3, 6.21).
        first = Math.Max(first, 0);
        var last = code == Individual ? from : LastOf(code);

        (answer[0], answer[1], answer[2], answer[3], answer[4], answer[5], answer[6]) =
            (request[0], request[1], code, Conformity(objects), 0, 0, 0);
        length = HeadLength;
        for (var i = first; i < objects.Count && objects[i].Id <= last; i++)
            if (!TryAppend(objects[i], answer, ref length))
            {
                (answer[4], answer[5]) = (MoreFollows, objects[i].Id);
                break;
            }

        return ModbusExceptionCode.None;
    }

    private static int WriteRequest(Span<byte> pdu, byte code, byte id)
    {
        (pdu[0], pdu[1], pdu[2], pdu[3]) = (ModbusFunction.EncapsulatedInterface, ModbusFunction.IdentificationInterface, code, id);
        return 4;
    }

    private static bool TryAppend(IdentificationObject one, Span<byte> answer, ref int length)
    {
        var value = one.Value.Span[..Math.Min(one.Value.Length, IdentificationObject.MaxLength)];
        if (length + 2 + value.Length > ModbusPdu.MaxLength)
            return false;
        (answer[length], answer[length + 1]) = (one.Id, (byte)value.Length);
        value.CopyTo(answer[(length + 2)..]);
        length += 2 + value.Length;
        answer[6]++;
        return true;
    }

    // 0x80: also single objects can be asked for.
    private static byte Conformity(IReadOnlyList<IdentificationObject> objects) =>
        (byte)(0x80 | (objects[^1].Id switch { < 3 => 1, < 128 => 2, _ => 3 }));

    private static byte LastOf(byte code) => code switch { 1 => 2, 2 => 127, _ => 255 };

    private static int IndexOf(IReadOnlyList<IdentificationObject> objects, byte id)
    {
        for (var i = 0; i < objects.Count; i++)
            if (objects[i].Id == id)
                return i;
        return -1;
    }
}
