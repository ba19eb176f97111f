using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>Serial frames through a TCP tunnel, with what long cables and slow units do to them.</summary>
public sealed class RtuWireTests : IAsyncDisposable
{
    // A test that would wait for ever fails instead.

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly SerialLine Line = new(9600);

    private readonly FakeDevice device = new(FakeDevice.Framing.Rtu);
    private readonly ModbusRtuWire wire;
    private readonly ModbusMaster master;

    public RtuWireTests()
    {
        wire = ModbusRtuWire.OverTcp("127.0.0.1", device.Port, Line, TimeProvider.System);
        master = new(wire, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await wire.DisposeAsync();
        await device.DisposeAsync();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Unit_answers_again_and_again()
    {
        for (ushort address = 0; address < 10; address++)
            (await Ask(address)).Value.ShouldBe(address);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Answer_that_comes_byte_by_byte_is_an_answer()
    {
        device.Then(request => request.SayOneByOne(request.RightAnswer()));

        (await Ask(10)).Value.ShouldBe((ushort)10);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Noise_before_an_answer_is_passed_over()
    {
        device.ThenSays(request => [0xFF, 0x00, 0x7F, .. request.RightAnswer()]);

        (await Ask(10)).Value.ShouldBe((ushort)10);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Noise_that_begins_like_an_answer_costs_time_but_no_value()
    {
        device.ThenSays(request => [1, 3, 200, .. request.RightAnswer()]);

        (await Ask(10, Short)).Value.ShouldBe((ushort)10);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wrong_checksum_is_not_an_answer()
    {
        device.ThenSays(request => FakeDevice.Asked.Changed(request.RightAnswer(), 4, 0x55));

        (await Ask(10, Short)).Fault.ShouldBe(ModbusFault.BadChecksum);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Answer_of_another_unit_is_not_an_answer()
    {
        device.ThenSays(request => Reframed(request.RightAnswer(), unit: 2));

        (await Ask(10, Short)).Fault.ShouldBe(ModbusFault.BadChecksum);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Exceptions_come_through()
    {
        device.ThenSays(request => request.Framed(0x83, 2));

        (await Ask(10)).Result.ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Silent_unit_costs_the_deadline_and_no_more()
    {
        device.ThenIsSilent();

        (await Ask(10, Short)).Fault.ShouldBe(ModbusFault.Timeout);
        await NextCallWorks();
        device.Connections.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Late_answer_is_heard_and_dropped_before_the_next_question()
    {
        device.ThenIsSilent();
        (await Ask(10, Short)).Fault.ShouldBe(ModbusFault.Timeout);
        var late = await device.NextAsked();

        await late.Say(late.RightAnswer());

        (await Ask(300)).Value.ShouldBe((ushort)300);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Duplicated_answer_is_never_the_next_answer()
    {
        var said = new TaskCompletionSource();
        device.Then(async request =>
        {
            await request.Say([.. request.RightAnswer(), .. request.RightAnswer()]);
            said.SetResult();
        });

        (await Ask(10)).Value.ShouldBe((ushort)10);
        await said.Task;
        (await Ask(300)).Value.ShouldBe((ushort)300);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Lost_tunnel_is_opened_again_by_the_next_call()
    {
        device.Then(request =>
        {
            request.Line.Close();
            return Task.CompletedTask;
        });

        (await Ask(10)).Fault.ShouldBe(ModbusFault.Disconnected);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Nothing_is_sent_before_the_line_was_silent()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddDays(1));
        await using var line = new MemoryLine();
        await using var quiet = new ModbusRtuWire(_ => ValueTask.FromResult<Stream>(line), Line, time);

        var call = quiet.Exchange(1, new byte[] { 6, 0, 1, 0, 2 }, new byte[ModbusPdu.MaxLength], Ample, Stop).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(4));
        line.Heard(0x55);
        time.Advance(TimeSpan.FromMilliseconds(4));
        line.Written.ShouldBeEmpty();
        time.Advance(TimeSpan.FromMilliseconds(2));
        line.Written.ShouldNotBeEmpty();

        line.Heard([.. line.Written]);
        (await call).ShouldBe(WireAnswer.Of(5));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Broadcast_is_not_waited_for_but_units_get_time_to_act_on_it()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddDays(1));
        await using var line = new MemoryLine();
        await using var quiet = new ModbusRtuWire(_ => ValueTask.FromResult<Stream>(line), Line, time);
        byte[] write = [6, 0, 1, 0, 2];

        var first = quiet.Exchange(0, write, new byte[ModbusPdu.MaxLength], Ample, Stop).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(6));
        (await first).ShouldBe(WireAnswer.Unanswered);
        line.Written.Count.ShouldBe(8);
        var second = quiet.Exchange(1, write, new byte[ModbusPdu.MaxLength], Ample, Stop).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(105));
        line.Written.Count.ShouldBe(8);
        time.Advance(TimeSpan.FromMilliseconds(10));
        line.Written.Count.ShouldBe(16);

        line.Heard([.. line.Written[8..]]);
        (await second).ShouldBe(WireAnswer.Of(5));
        await Should.ThrowAsync<ArgumentException>(async () => await quiet.Exchange(0, new byte[] { 3, 0, 1, 0, 2 }, new byte[ModbusPdu.MaxLength], Ample, Stop));
    }

    [Fact]
    public async Task Connections_die_of_unacknowledged_data_after_five_seconds()
    {
        using var socket = await TcpConnection.Open("127.0.0.1", device.Port, Stop);
        var timeout = new byte[4];

        // TCP_USER_TIMEOUT of Linux, in milliseconds.
        socket.GetRawSocketOption(6, 18, timeout).ShouldBe(4);

        BitConverter.ToInt32(timeout).ShouldBe(5000);
    }

    private Task<(ModbusResult Result, ModbusFault Fault, ushort Value)> Ask(ushort address) => Ask(address, Ample);

    private async Task<(ModbusResult Result, ModbusFault Fault, ushort Value)> Ask(ushort address, TimeSpan deadline)
    {
        ushort[] value = [0xDEAD];
        var result = await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, address), value, deadline, Stop);
        if (!result.IsGood)
            value[0].ShouldBe((ushort)0xDEAD);
        return (result, result.Fault, value[0]);
    }

    private async Task NextCallWorks() => (await Ask(777)).Value.ShouldBe((ushort)777);

    private static byte[] Reframed(byte[] frame, byte unit)
    {
        frame[0] = unit;
        ModbusRtuFrame.AppendCrc(frame, frame.Length - 2);
        return frame;
    }
}
