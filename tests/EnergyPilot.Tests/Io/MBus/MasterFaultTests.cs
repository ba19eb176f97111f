using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>What bad lines and odd meters do, byte by byte.</summary>
public sealed class MasterFaultTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);
    private static readonly MBusLine Line = new(38_400, TimeSpan.Zero);

    // Volume 0.005 m³, without header.
    private static readonly byte[] Five = [0x78, 0x01, 0x13, 0x05];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Frame_count_bit_toggles_with_each_request_and_not_with_a_repetition()
    {
        var asked = 0;
        await using var line = new ScriptedLine(request => request[1] == 0x40 ? [0xE5] : ++asked == 2 ? [] : Response(1, Five));
        await using var master = Over(line);

        (await Read(master)).Fault.ShouldBe(MBusFault.None);
        (await Read(master)).Fault.ShouldBe(MBusFault.None);
        (await Read(master)).Fault.ShouldBe(MBusFault.None);

        line.Requests.Select(request => request[1]).ShouldBe([0x40, 0x7B, 0x5B, 0x5B, 0x7B]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Silent_meter_is_asked_three_times_and_no_more()
    {
        await using var line = new ScriptedLine(_ => []);
        await using var master = Over(line);

        (await Read(master)).Fault.ShouldBe(MBusFault.Timeout);
        line.Requests.Count(request => request[1] == 0x7B).ShouldBe(3);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(new byte[] { 0xFF, 0x00, 0x68 }, new byte[] { })]
    [InlineData(new byte[] { 0x68, 0x68, 0x10 }, new byte[] { 0x55, 0xE5 })]
    public async Task Noise_around_an_answer_is_passed_over(byte[] before, byte[] after)
    {
        await using var line = new ScriptedLine(request => request[1] == 0x40 ? [0xE5] : [.. before, .. Response(1, Five), .. after]);
        await using var master = Over(line);

        (await Read(master)).Telegram.ShouldNotBeNull().Records.ShouldHaveSingleItem().Number.ShouldBe(0.005);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Echo_of_the_request_is_no_answer()
    {
        await using var line = new ScriptedLine(request => request[1] == 0x40 ? [.. request, 0xE5] : [.. request, .. Response(1, Five)]);
        await using var master = Over(line);

        (await Read(master)).Fault.ShouldBe(MBusFault.None);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wrong_checksum_is_never_a_value()
    {
        await using var line = new ScriptedLine(request =>
        {
            var answer = Response(1, Five);
            answer[9] ^= 1;
            return request[1] == 0x40 ? [0xE5] : answer;
        });
        await using var master = Over(line);

        (await Read(master)).ShouldBe(new MBusReading(MBusFault.Garbled, null));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Answer_of_another_meter_is_never_a_value()
    {
        await using var line = new ScriptedLine(request => request[1] == 0x40 ? [0xE5] : Response(2, Five));
        await using var master = Over(line);

        (await Read(master)).Telegram.ShouldBeNull();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Late_answer_is_dropped_before_the_next_request()
    {
        var silent = true;
        await using var line = new ScriptedLine(request => silent || request[1] == 0x40 ? [] : Response(1, [0x78, 0x01, 0x13, 0x06]));
        await using var master = Over(line);
        (await Read(master)).Fault.ShouldBe(MBusFault.Timeout);

        line.Say(Response(1, Five));
        silent = false;

        (await Read(master)).Telegram.ShouldNotBeNull().Records[0].Number.ShouldBe(0.006);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(new byte[] { 0x70, 0x08 }, MBusFault.DeviceError)]
    [InlineData(new byte[] { 0x71, 0x08 }, MBusFault.BadTelegram)]
    [InlineData(new byte[] { 0x7A, 1, 0, 0x10, 5, 0xAA, 0xBB }, MBusFault.Encrypted)]
    public async Task Answers_without_readable_records_say_why(byte[] application, MBusFault fault)
    {
        await using var line = new ScriptedLine(request => request[1] == 0x40 ? [0xE5] : Response(1, application));
        await using var master = Over(line);

        (await Read(master)).Fault.ShouldBe(fault);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Other_meter_than_the_selected_one_is_refused()
    {
        await using var line = new ScriptedLine(request => request[0] == 0x68
            ? [0xE5]
            : Response(1, [0x72, 0x78, 0x56, 0x34, 0x12, 0x2D, 0x2C, 1, 4, 0, 0, 0, 0, 0x01, 0x13, 0x05]));
        await using var master = Over(line);

        (await master.Read(MBusAddress.Secondary(MBusIdentity.ByNumber(0x12345679)), Ample, Stop)).Fault.ShouldBe(MBusFault.WrongMeter);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Meter_that_never_comes_to_an_end_is_left()
    {
        byte n = 0;
        await using var line = new ScriptedLine(request => request[1] == 0x40 ? [0xE5] : Response(1, [0x78, 0x01, 0x13, n++, 0x1F]));
        await using var master = Over(line);

        var telegram = (await Read(master)).Telegram.ShouldNotBeNull();
        telegram.Records.Count.ShouldBe(MBusMaster.MaxTelegrams);
        telegram.MoreFollow.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Meter_that_ignores_the_frame_count_bit_is_not_heard_twice()
    {
        byte access = 0;
        await using var line = new ScriptedLine(request => request[1] == 0x40
            ? [0xE5]
            : Response(1, [0x72, 0x78, 0x56, 0x34, 0x12, 0x2D, 0x2C, 1, 4, access++, 0, 0, 0, 0x01, 0x13, 0x05, 0x1F]));
        await using var master = Over(line);

        (await Read(master)).Telegram.ShouldNotBeNull().Records.ShouldHaveSingleItem();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Babbling_line_costs_no_more_than_the_deadline()
    {
        await using var line = new ScriptedLine(_ => []);
        for (var n = 0; n < 10_000; n++)
            line.Say(new byte[200]);
        await using var master = Over(line);

        (await master.Read(MBusAddress.Primary(1), TimeSpan.FromMilliseconds(300), Stop)).Telegram.ShouldBeNull();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Lost_line_is_opened_again()
    {
        var opened = new List<ScriptedLine>();
        await using var master = new MBusMaster(
            _ =>
            {
                opened.Add(new ScriptedLine(request => request[1] == 0x40 ? [0xE5] : Response(1, Five)));
                return ValueTask.FromResult<Stream>(opened[^1]);
            },
            Line,
            TimeProvider.System);
        (await Read(master)).Fault.ShouldBe(MBusFault.None);

        opened[0].Cut();
        (await Read(master)).Fault.ShouldBe(MBusFault.Disconnected);
        (await Read(master)).Fault.ShouldBe(MBusFault.None);
        opened.Count.ShouldBe(2);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Line_that_cannot_be_opened_is_a_value_and_not_tried_without_pause()
    {
        var tries = 0;
        await using var master = new MBusMaster(_ => throw new IOException($"No such port, {++tries}."), Line, new ManualTime());

        for (var n = 0; n < 10; n++)
            (await Read(master)).Fault.ShouldBe(MBusFault.Disconnected);
        tries.ShouldBe(2);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cancellation_ends_a_reading_at_once()
    {
        await using var line = new ScriptedLine(_ => []);
        await using var master = new MBusMaster(_ => ValueTask.FromResult<Stream>(line), new MBusLine(300, TimeSpan.FromMinutes(1)), TimeProvider.System);
        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(async () => await master.Read(MBusAddress.Primary(1), Ample, ending.Token));
    }

    [Fact]
    public void Times_follow_the_baud_rate()
    {
        // EN 13757-2: 330 bit times and 50 ms; at 2400 Bd 187.5 ms.
        new MBusLine(2400, TimeSpan.Zero).AnswerTime.ShouldBe(TimeSpan.FromMilliseconds(187.5));
        new MBusLine(2400, TimeSpan.Zero).Frame(24).ShouldBe(TimeSpan.FromMilliseconds(110));
    }

    private static byte[] Response(byte address, byte[] application)
    {
        var frame = new byte[MBusFrame.MaxLength];
        return frame[..MBusFrame.WriteLong(MBusControl.Response, address, application, frame)];
    }

    private static MBusMaster Over(ScriptedLine line) => new(_ => ValueTask.FromResult<Stream>(line), Line, TimeProvider.System);

    private static ValueTask<MBusReading> Read(MBusMaster master) => master.Read(MBusAddress.Primary(1), Ample, Stop);
}
