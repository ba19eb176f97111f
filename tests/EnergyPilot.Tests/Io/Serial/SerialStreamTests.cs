using System.Diagnostics;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Tests.Io.Serial;

/// <summary>A port over a pseudo-terminal of the kernel.</summary>
public sealed class SerialStreamTests : IDisposable
{
    // A test that would wait for ever fails instead.

    private readonly PtyPair pty = new();
    private readonly SerialStream port;
    private readonly byte[] buffer = new byte[64];

    public SerialStreamTests() => port = SerialPort.Open(pty.Path, new(19200, SerialParity.Even));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        port.Dispose();
        pty.Dispose();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Every_byte_passes_both_ways()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(n => (byte)n)];

        await pty.Far.WriteAsync(all, Stop);
        (await Read(port, 256)).ShouldBe(all);
        await port.WriteAsync(all, Stop);
        (await Read(pty.Far, 256)).ShouldBe(all);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Read_gives_what_is_there_and_does_not_wait_for_more()
    {
        var read = port.ReadAsync(buffer, Stop);
        read.IsCompleted.ShouldBeFalse();

        await pty.Far.WriteAsync(new byte[] { 1, 2, 3 }, Stop);

        (await read).ShouldBe(3);
        buffer[..3].ShouldBe([1, 2, 3]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cancelled_read_ends_at_once_and_loses_nothing()
    {
        using var giveUp = new CancellationTokenSource();
        var read = port.ReadAsync(buffer, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await read);

        await pty.Far.WriteAsync(new byte[] { 7 }, Stop);

        (await port.ReadAsync(buffer, Stop)).ShouldBe(1);
        buffer[0].ShouldBe((byte)7);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cancellation_that_races_with_bytes_loses_none()
    {
        const int rounds = 2_000;
        var received = 0;
        for (var round = 0; round < rounds; round++)
        {
            using var giveUp = new CancellationTokenSource();
            var read = port.ReadAsync(buffer, giveUp.Token);
            await Task.WhenAll(Task.Run(giveUp.Cancel, Stop), Task.Run(() => pty.Far.Write([1], 0, 1), Stop));
            try
            {
                received += await read;
            }
            catch (OperationCanceledException)
            {
            }
        }

        while (received < rounds)
            received += await port.ReadAsync(buffer, Stop);
        received.ShouldBe(rounds);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Token_cancelled_before_reads_nothing()
    {
        await pty.Far.WriteAsync(new byte[] { 7 }, Stop);

        await Should.ThrowAsync<OperationCanceledException>(async () => await Hear(new CancellationToken(canceled: true)));

        (await port.ReadAsync(buffer, Stop)).ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Disposal_ends_a_read_under_way()
    {
        var read = port.ReadAsync(buffer, Stop);

        await port.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await read);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await Hear(Stop));
        port.Dispose();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Write_into_a_stuck_line_waits_and_goes_on()
    {
        var much = new byte[200_000];
        Random.Shared.NextBytes(much);
        var write = port.WriteAsync(much, Stop);
        write.IsCompleted.ShouldBeFalse();

        (await Read(pty.Far, much.Length)).ShouldBe(much);
        await write;
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Stuck_write_ends_with_its_token_and_disposal_does_not_hang()
    {
        using var giveUp = new CancellationTokenSource();
        var write = port.WriteAsync(new byte[200_000], giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await write);
        var second = port.WriteAsync(new byte[200_000], Stop);

        await port.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await second);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Read_and_write_may_wait_together_but_two_reads_may_not()
    {
        var read = port.ReadAsync(buffer, Stop);
        var write = port.WriteAsync(new byte[200_000], Stop);
        await Should.ThrowAsync<InvalidOperationException>(async () => await Hear(Stop));

        await pty.Far.WriteAsync(new byte[] { 9 }, Stop);
        (await read).ShouldBe(1);
        await Read(pty.Far, 200_000);
        await write;
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Unplugged_port_fails_the_read_under_way_and_every_later_call()
    {
        var read = port.ReadAsync(buffer, Stop);

        pty.Dispose();

        await Should.ThrowAsync<IOException>(async () => await read);
        await Should.ThrowAsync<IOException>(async () => await Hear(Stop));
        await Should.ThrowAsync<IOException>(async () => await port.WriteAsync(buffer, Stop));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Discarded_input_is_not_read()
    {
        await pty.Far.WriteAsync(new byte[] { 1, 2, 3 }, Stop);
        // The kernel passes bytes on in a worker of its own: the first read shows that they are through.
        (await port.ReadAsync(buffer.AsMemory(0, 1), Stop)).ShouldBe(1);

        port.DiscardInput();

        await pty.Far.WriteAsync(new byte[] { 4 }, Stop);
        (await port.ReadAsync(buffer, Stop)).ShouldBe(1);
        buffer[0].ShouldBe((byte)4);
    }

    [Fact]
    public void Port_belongs_to_one_at_a_time_and_is_free_after_disposal()
    {
        Should.Throw<IOException>(() => SerialPort.Open(pty.Path, new(9600))).Message.ShouldContain("in use by another program");

        port.Dispose();

        SerialPort.Open(pty.Path, new(9600)).Dispose();
    }

    [Fact]
    public void File_that_is_no_port_says_so()
    {
        Should.Throw<IOException>(() => SerialPort.Open("/dev/null", new(9600))).Message.ShouldContain("not a serial port");
        Should.Throw<IOException>(() => SerialPort.Open("/dev/ttyNothing", new(9600))).Message.ShouldContain("not plugged in");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Waiting_for_bytes_allocates_nothing()
    {
        using var giveUp = new CancellationTokenSource();
        await Task.Run(() => AllocatedByReads(giveUp.Token), Stop);

        (await Task.Run(() => AllocatedByReads(giveUp.Token), Stop)).ShouldBe(0);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Byte_is_there_before_a_timer_of_a_millisecond_would_have_looked()
    {
        byte[] one = [1];
        var (waits, ticks) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < 500; round++)
        {
            var read = port.ReadAsync(buffer, Stop);
            var start = Stopwatch.GetTimestamp();
            await pty.Far.WriteAsync(one, Stop);
            await read;
            waits.Add(Stopwatch.GetElapsedTime(start));
            start = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Stop);
            ticks.Add(Stopwatch.GetElapsedTime(start));
        }

        waits.Sort();
        ticks.Sort();
        TestContext.Current.SendDiagnosticMessage("serial latency: p50 {0:F0} µs, p99 {1:F0} µs", waits[250].TotalMicroseconds, waits[495].TotalMicroseconds);
        waits[250].ShouldBeLessThan(ticks[250]);
    }

    private long AllocatedByReads(CancellationToken stop)
    {
        byte[] one = [1];
        long before = 0;
        for (var round = 0; round < 300; round++)
        {
            if (round == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            var read = port.ReadAsync(buffer, stop);
            pty.Far.Write(one, 0, 1);
            while (!read.IsCompleted)
                Thread.SpinWait(20);
            if (read.Result != 1)
                return -1;
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // One read, however little it gives.
    private ValueTask<int> Hear(CancellationToken stop) => port.ReadAsync(buffer, stop);

    private static async Task<byte[]> Read(SerialStream from, int count)
    {
        var bytes = new byte[count];
        await from.ReadExactlyAsync(bytes, Stop);
        return bytes;
    }
}
