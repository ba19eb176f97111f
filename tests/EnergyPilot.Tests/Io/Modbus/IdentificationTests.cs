using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class IdentificationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly string Long = new('x', 200);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(IdentificationScope.Basic, new byte[] { 0, 1, 2 })]
    [InlineData(IdentificationScope.Regular, new byte[] { 0, 1, 2, 4, 5 })]
    [InlineData(IdentificationScope.Extended, new byte[] { 0, 1, 2, 4, 5, 128 })]
    public async Task Identification_is_read_in_as_many_answers_as_it_takes(IdentificationScope scope, byte[] ids)
    {
        var said = await Master(Named.Answer).ReadIdentification(1, scope, Second, Stop);

        said.Result.ShouldBe(ModbusResult.Good);
        said.Objects.Select(one => one.Id).ShouldBe(ids);
        (said.Vendor, said.ProductCode, said.Revision).ShouldBe(("Acme", "X1", "2.0"));
        if (scope == IdentificationScope.Extended)
            said.TextOf(5).ShouldBe(Long);
    }

    [Fact]
    public async Task Single_object_is_read_or_refused()
    {
        var master = Master(Named.Answer);

        (await master.ReadIdentificationObject(1, 4, Second, Stop)).TextOf(4).ShouldBe(Long);
        (await master.ReadIdentificationObject(1, 3, Second, Stop)).Result.ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));
    }

    [Fact]
    public async Task Unit_without_identification_does_not_know_the_function()
    {
        var said = await new ModbusMaster(MemoryWire.To(new Tables()), TimeProvider.System).ReadIdentification(1, IdentificationScope.Basic, Second, Stop);

        said.Result.ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalFunction));
    }

    [Theory]
    [InlineData(new byte[] { 43, 14, 1, 1, 0xFF, 0, 0 })]
    [InlineData(new byte[] { 43, 14, 1, 1, 0xFF, 0, 1, 0, 1, 65 })]
    [InlineData(new byte[] { 43, 14, 1, 1, 0, 0, 2, 0, 1, 65 })]
    [InlineData(new byte[] { 43, 14, 1, 1, 0, 0, 1, 0, 200, 65 })]
    [InlineData(new byte[] { 43, 14, 1, 1, 0, 0, 2, 1, 0, 1, 0 })]
    [InlineData(new byte[] { 43, 13, 1, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 43, 14, 1 })]
    public async Task Objects_that_do_not_fit_or_never_end_are_a_fault(byte[] answer)
    {
        var said = await new ModbusMaster(MemoryWire.Saying(answer), TimeProvider.System).ReadIdentification(1, IdentificationScope.Basic, Second, Stop);

        said.Result.Fault.ShouldBe(ModbusFault.BadObjects);
    }

    [Fact]
    public async Task Device_that_always_has_more_to_say_ends_after_256_objects()
    {
        var requests = 0;
        var master = Master((_, request, answer) =>
        {
            requests++;
            byte[] said = [43, 14, 3, 0x83, 0xFF, (byte)(request[3] + 1), 1, request[3], 0];
            said.CopyTo(answer);
            return said.Length;
        });

        (await master.ReadIdentification(1, IdentificationScope.Extended, Second, Stop)).Result.Fault.ShouldBe(ModbusFault.BadObjects);
        requests.ShouldBe(256);
    }

    [Fact]
    public void Any_bytes_are_an_answer_or_a_fault() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().ArrayOf().ToArbitrary(),
        bytes =>
        {
            byte[] answer = [43, 14, 1, 1, .. bytes];
            var found = System.Collections.Immutable.ImmutableArray.CreateBuilder<IdentificationObject>();
            IdentificationPdu.TryRead(answer, 0, found, out _);
            (ModbusRtuFrame.AnswerLength([1, .. answer]) is >= -1 and <= ModbusRtuFrame.MaxLength).ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Serial_frame_ends_where_its_objects_end()
    {
        var answer = new byte[ModbusPdu.MaxLength];
        var frame = new byte[ModbusRtuFrame.MaxLength];
        var length = ModbusRtuFrame.Encode(1, answer.AsSpan(0, Named.Answer(1, [43, 14, 1, 0], answer)), frame);

        for (var heard = 2; heard < length; heard++)
            ModbusRtuFrame.AnswerLength(frame.AsSpan(0, heard)).ShouldBeOneOf(0, length);
        ModbusRtuFrame.AnswerLength(frame.AsSpan(0, length)).ShouldBe(length);
    }

    [Fact]
    public void Text_is_printable_whatever_came() =>
        new IdentificationObject(0, new byte[] { 0, 32, 65, 7, 200, 66, 0 }).Text.ShouldBe("A??B");

    [Fact]
    public async Task Registers_are_written_and_read_in_one_request()
    {
        var tables = new Tables();
        var values = new ushort[3];

        (await new ModbusMaster(MemoryWire.To(tables), TimeProvider.System).ReadWriteRegisters(
            new(1, ModbusSpace.HoldingRegisters, 10), values, new(11, new ushort[] { 77 }), Second, Stop)).ShouldBe(ModbusResult.Good);

        values.ShouldBe([10, 77, 12]);
        tables.Holding[11].ShouldBe((ushort)77);
    }

    private static ModbusSlave Named => new(new Dictionary<byte, IModbusUnit> { [1] = new NamedUnit() }, UnknownUnit.Silence);

    private static ModbusMaster Master(MemoryWire.Answerer answerer) => new(new MemoryWire(answerer), TimeProvider.System);

    internal sealed class NamedUnit : IModbusUnit
    {
        private readonly Tables tables = new();

        public IReadOnlyList<IdentificationObject> Identification { get; } =
        [
            IdentificationObject.Of(0, "Acme"), IdentificationObject.Of(1, "X1"), IdentificationObject.Of(2, "2.0"),
            IdentificationObject.Of(4, Long), IdentificationObject.Of(5, Long), IdentificationObject.Of(128, "own"),
        ];

        public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values) => tables.ReadRegisters(space, address, values);

        public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => tables.WriteRegisters(address, values);

        public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values) => tables.ReadBits(space, address, values);

        public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => tables.WriteBits(address, values);
    }
}
