using System.Collections.Immutable;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Tests.Io.Modbus;

namespace EnergyPilot.Tests.Io.Fuzz;

/// <summary>
/// Feeds every decoder of Modbus with random bytes and with sound frames that were mutated. Nothing may throw;
/// what is allocated is bounded.
/// </summary>
internal static class ModbusFuzz
{
    /// <summary>Objects of one identification answer, and one line of text, in bytes of memory.</summary>
    private const long MostForObjects = 32 * 1024, MostForMeaning = 64 * 1024;

    // Nothing, but for what is made at the first call.
    private const long MostForParsing = 1024;

    private const byte Unit = 1;

    private static readonly ModbusSlave Slave = new(new Dictionary<byte, IModbusUnit> { [Unit] = new Named(), [2] = new Tables() }, UnknownUnit.GatewayTargetFailed);

    private static readonly byte[] Functions = [1, 2, 3, 4, 5, 6, 15, 16, 22, 23, 43];

    /// <summary>Throws with the frame in hand when a decoder does what it must not.</summary>
    public static void Run(int seed, int count)
    {
        var random = new Random(seed);
        var frame = new byte[600];
        for (var i = 0; i < count; i++)
        {
            var length = Frame(random, frame);
            try
            {
                Feed(frame.AsSpan(0, length), Functions[random.Next(Functions.Length)]);
            }
            catch (Exception trouble)
            {
                throw new InvalidOperationException($"Seed {seed}, frame {i}: {Convert.ToHexString(frame, 0, length)}", trouble);
            }
        }
    }

    private static void Feed(ReadOnlySpan<byte> frame, byte function)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse(frame, function);
        Answer(frame);
        Spend(before, MostForParsing);

        before = GC.GetAllocatedBytesForCurrentThread();
        IdentificationPdu.TryRead(frame, frame.IsEmpty ? (byte)0 : frame[0], ImmutableArray.CreateBuilder<IdentificationObject>(), out _);
        Spend(before, MostForObjects);

        before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var framing in (ReadOnlySpan<ModbusFraming>)[ModbusFraming.Tcp, ModbusFraming.Rtu])
            if (ModbusMeaning.OfRequest(framing, frame).Length == 0 || ModbusMeaning.OfAnswer(framing, frame).Length == 0)
                throw new InvalidOperationException("A frame without a meaning.");
        Spend(before, MostForMeaning);
    }

    private static void Parse(ReadOnlySpan<byte> frame, byte function)
    {
        if (ModbusTcpFrame.TryReadHeader(frame, out var header) && header.Fault == ModbusFault.None && header.FrameLength > ModbusTcpFrame.MaxLength)
            throw new InvalidOperationException("A frame longer than there is room for.");
        Inside(RtuScan.FirstAnswer(frame, Unit, function), frame);
        Inside(RtuScan.LastChance(frame, Unit, function), frame);
        RtuScan.HasBeginning(frame, Unit, function);
        if (ModbusRtuFrame.AnswerLength(frame) > ModbusRtuFrame.MaxLength || ModbusRtuFrame.RequestLength(frame) > ModbusRtuFrame.MaxLength)
            throw new InvalidOperationException("A frame longer than there is room for.");
        ModbusRtuFrame.TryDecode(frame, out _, out _);
        ModbusPdu.CheckFunction(function, frame);
        ModbusPdu.CheckEcho(frame[..Math.Min(frame.Length, 5)], frame);
        if (ModbusPdu.CheckData(frame, 40).IsGood)
            ModbusPdu.UnpackRegisters(frame[2..], stackalloc ushort[20]);
    }

    private static void Answer(ReadOnlySpan<byte> frame)
    {
        Span<byte> answer = stackalloc byte[ModbusPdu.MaxLength];
        foreach (var unit in (ReadOnlySpan<byte>)[0, Unit, 2, 9])
            if (Slave.Answer(unit, frame, answer) is < 0 or > ModbusPdu.MaxLength)
                throw new InvalidOperationException("An answer longer than a frame.");
    }

    private static void Inside(Range? place, ReadOnlySpan<byte> frame)
    {
        if (place is { } found && !ModbusRtuFrame.HasGoodCrc(frame[found]))
            throw new InvalidOperationException("Found what is no frame.");
    }

    private static void Spend(long before, long most)
    {
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;
        if (spent > most)
            throw new InvalidOperationException($"{spent} bytes allocated, {most} allowed.");
    }

    /// <summary>Random bytes, or a request or answer that was sound before a few of its bytes were changed, lost or added.</summary>
    private static int Frame(Random random, Span<byte> frame)
    {
        if (random.Next(4) == 0)
        {
            var noise = random.Next(300);
            random.NextBytes(frame[..noise]);
            return noise;
        }

        Span<byte> pdu = stackalloc byte[ModbusPdu.MaxLength];
        var length = Pdu(random, pdu);
        length = random.Next(3) switch
        {
            0 => ModbusTcpFrame.Encode((ushort)random.Next(65536), Unit, pdu[..length], frame),
            1 => ModbusRtuFrame.Encode(Unit, pdu[..length], frame),
            _ => Copy(pdu[..length], frame),
        };
        return Mutated(random, frame, length);
    }

    private static int Pdu(Random random, Span<byte> pdu)
    {
        random.NextBytes(pdu);
        pdu[0] = Functions[random.Next(Functions.Length)];
        if (pdu[0] == 43)
            pdu[1] = 14;
        // Small addresses and counts, so that many requests are sound.
        if (random.Next(2) == 0)
            (pdu[1], pdu[3]) = (pdu[0] == 43 ? (byte)14 : (byte)random.Next(3), 0);
        if (random.Next(3) > 0)
            return random.Next(2) == 0 ? 5 : Slave.Answer(Unit, pdu[..5], pdu) is > 0 and var answered ? answered : 5;
        var counted = random.Next(120);
        (pdu[4], pdu[5]) = ((byte)counted, (byte)(2 * counted));
        return Math.Min(6 + (2 * counted), pdu.Length);
    }

    private static int Mutated(Random random, Span<byte> frame, int length)
    {
        for (var changes = random.Next(4); changes > 0 && length > 0; changes--)
            switch (random.Next(4))
            {
                case 0:
                    frame[random.Next(length)] = (byte)random.Next(256);
                    break;
                case 1:
                    frame[random.Next(length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    length = random.Next(length + 1);
                    break;
                default:
                    random.NextBytes(frame.Slice(length, 16));
                    length += random.Next(16);
                    break;
            }

        return length;
    }

    private static int Copy(ReadOnlySpan<byte> pdu, Span<byte> frame)
    {
        pdu.CopyTo(frame);
        return pdu.Length;
    }

    // A unit that also says what it is.
    private sealed class Named : IModbusUnit
    {
        private readonly Tables tables = new();

        public IReadOnlyList<IdentificationObject> Identification { get; } =
            [IdentificationObject.Of(0, "Maker"), IdentificationObject.Of(1, "Code"), IdentificationObject.Of(2, "1.0"), IdentificationObject.Of(128, new string('x', 240))];

        public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values) => tables.ReadRegisters(space, address, values);

        public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => tables.WriteRegisters(address, values);

        public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values) => tables.ReadBits(space, address, values);

        public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => tables.WriteBits(address, values);
    }
}
