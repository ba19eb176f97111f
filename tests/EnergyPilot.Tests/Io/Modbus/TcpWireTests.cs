using EnergyPilot.Io.Modbus;
using Asked = EnergyPilot.Tests.Io.Modbus.FakeDevice.Asked;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>What real devices and networks do wrong: never a wrong value, never longer than the deadline, and the next call works.</summary>
public sealed class TcpWireTests : IAsyncDisposable
{
    // A test that would wait for ever fails instead.

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly FakeDevice device = new(FakeDevice.Framing.Tcp);
    private readonly ModbusTcpWire wire;
    private readonly ModbusMaster master;

    public TcpWireTests()
    {
        wire = new("127.0.0.1", device.Port, time);
        master = new(wire, time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await wire.DisposeAsync();
        await device.DisposeAsync();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Silent_device_costs_the_deadline_and_no_more()
    {
        device.ThenIsSilent();

        (await AskUntilDeadline(10)).Fault.ShouldBe(ModbusFault.Timeout);

        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Late_answer_is_never_the_next_answer()
    {
        device.ThenIsSilent();
        var call = Ask(10);
        var late = await device.NextAsked();
        time.Advance(Second);
        (await call).Fault.ShouldBe(ModbusFault.Timeout);

        device.Then(async request =>
        {
            await late.SayToWhomeverListens(late.RightAnswer());
            await request.Say(request.RightAnswer());
        });

        (await Ask(300)).Value.ShouldBe((ushort)300);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Late_answer_on_the_same_connection_is_passed_over()
    {
        Asked? first = null;
        device.Then(request => (first = request).Say(request.RightAnswer()));
        await Ask(10);
        device.ThenSays(request => [.. Late(first), .. request.RightAnswer()]);

        (await Ask(300)).Value.ShouldBe((ushort)300);
        device.Connections.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Duplicated_answer_is_never_the_next_answer()
    {
        device.ThenSays(request => [.. request.RightAnswer(), .. request.RightAnswer()]);

        (await Ask(10)).Value.ShouldBe((ushort)10);
        (await Ask(300)).Value.ShouldBe((ushort)300);
        device.Connections.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Foreign_transaction_is_not_an_answer()
    {
        await using var patient = new ModbusTcpWire("127.0.0.1", device.Port, TimeProvider.System);
        device.ThenSays(request => Asked.Changed(request.RightAnswer(), 1, 0x40));

        var result = await new ModbusMaster(patient, TimeProvider.System)
            .ReadRegisters(new(1, ModbusSpace.HoldingRegisters, 10), new ushort[1], TimeSpan.FromMilliseconds(300), Stop);

        result.Fault.ShouldBe(ModbusFault.BadTransaction);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Answer_of_another_unit_is_refused()
    {
        device.ThenSays(request => Asked.Changed(request.RightAnswer(), 6, 3));

        (await Ask(10)).Fault.ShouldBe(ModbusFault.BadUnit);
        await NextCallWorks();
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(4, 0, 5, 0, ModbusFault.BadLength)]
    [InlineData(4, 0, 5, 1, ModbusFault.BadLength)]
    [InlineData(4, 0xFF, 5, 0xFF, ModbusFault.BadLength)]
    [InlineData(2, 0, 3, 1, ModbusFault.BadProtocol)]
    public async Task Impossible_header_is_noticed_at_once(int at, byte one, int then, byte other, ModbusFault fault)
    {
        device.ThenSays(request => Asked.Changed(Asked.Changed(request.RightAnswer(), at, one), then, other));

        (await Ask(10)).Fault.ShouldBe(fault);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Garbage_is_not_an_answer()
    {
        device.ThenSays(_ => "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        (await Ask(10)).Fault.ShouldBe(ModbusFault.BadProtocol);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Truncated_answer_is_waited_for_until_the_deadline()
    {
        device.ThenSays(request => request.RightAnswer()[..^1]);

        (await AskUntilDeadline(10)).Fault.ShouldBe(ModbusFault.Timeout);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Answer_with_fewer_registers_than_its_byte_count_is_refused()
    {
        device.ThenSays(request => request.Framed(3, 2, 0));

        (await Ask(10)).Fault.ShouldBe(ModbusFault.BadByteCount);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Answer_that_comes_byte_by_byte_is_an_answer()
    {
        device.Then(request => request.SayOneByOne(request.RightAnswer()));

        (await Ask(10)).Value.ShouldBe((ushort)10);
        device.Connections.ShouldBe(1);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Exceptions_keep_the_connection(byte code)
    {
        device.ThenSays(request => request.Framed(0x83, code));

        (await Ask(10)).Result.ShouldBe(ModbusResult.Refused((ModbusExceptionCode)code));
        await NextCallWorks();
        device.Connections.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Reset_connection_is_opened_again_by_the_next_call()
    {
        device.Then(request =>
        {
            request.Line.LingerState = new(enable: true, seconds: 0);
            request.Line.Close();
            return Task.CompletedTask;
        });

        (await Ask(10)).Fault.ShouldBe(ModbusFault.Disconnected);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Connection_closed_in_the_middle_of_an_answer_is_opened_again()
    {
        device.Then(async request =>
        {
            await request.Say(request.RightAnswer()[..4]);
            request.Line.Close();
        });

        (await Ask(10)).Fault.ShouldBe(ModbusFault.Disconnected);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Connection_that_the_device_closed_while_idle_costs_no_request()
    {
        var closed = new TaskCompletionSource();
        device.Then(async request =>
        {
            await request.Say(request.RightAnswer());
            request.Line.Shutdown(System.Net.Sockets.SocketShutdown.Both);
            closed.SetResult();
        });
        await Ask(10);
        await closed.Task;

        (await Ask(300)).Value.ShouldBe((ushort)300);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Device_that_was_not_there_is_tried_again_with_pauses()
    {
        var port = device.Port;
        await device.DisposeAsync();
        for (var i = 0; i < 5; i++)
            (await Ask(1)).Fault.ShouldBe(ModbusFault.Disconnected);

        await using var back = new FakeDevice(FakeDevice.Framing.Tcp, port);
        (await Ask(1)).Fault.ShouldBe(ModbusFault.Disconnected);
        back.Connections.ShouldBe(0);

        time.Advance(TimeSpan.FromSeconds(30));
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cancelled_request_throws_and_its_answer_is_not_the_next()
    {
        device.ThenIsSilent();
        using var giveUp = new CancellationTokenSource();
        var call = master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, 10), new ushort[1], Second, giveUp.Token).AsTask();
        var late = await device.NextAsked();
        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);

        await late.SayToWhomeverListens(late.RightAnswer());
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Callers_at_the_same_time_get_their_own_answers()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => Ask((ushort)n), Stop)));

        calls.Select(call => call.Value).ShouldBe(Enumerable.Range(0, 200).Select(n => (ushort)n));
        device.Connections.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Waiting_for_the_turn_counts_against_the_deadline()
    {
        device.ThenIsSilent();
        var first = Ask(10);
        await device.NextAsked();
        var second = Ask(11);

        time.Advance(Second);

        (await first).Fault.ShouldBe(ModbusFault.Timeout);
        (await second).Fault.ShouldBe(ModbusFault.Timeout);
        await NextCallWorks();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Transaction_identifiers_wrap_around()
    {
        for (var i = 0; i < 100; i++)
            if ((await Ask((ushort)i)).Value != i)
                Assert.Fail($"Wrong value at request {i}.");
        device.Connections.ShouldBe(1);
    }

    private async Task<(ModbusResult Result, ModbusFault Fault, ushort Value)> Ask(ushort address)
    {
        ushort[] value = [0xDEAD];
        var result = await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, address), value, Second, Stop);
        if (!result.IsGood)
            value[0].ShouldBe((ushort)0xDEAD);
        return (result, result.Fault, value[0]);
    }

    private async Task<(ModbusResult Result, ModbusFault Fault, ushort Value)> AskUntilDeadline(ushort address)
    {
        var call = Ask(address);
        await device.NextAsked();
        call.IsCompleted.ShouldBeFalse();
        time.Advance(Second);
        return await call;
    }

    private async Task NextCallWorks() => (await Ask(777)).Value.ShouldBe((ushort)777);

    private static byte[] Late(Asked? request) => request?.RightAnswer() ?? [];
}
