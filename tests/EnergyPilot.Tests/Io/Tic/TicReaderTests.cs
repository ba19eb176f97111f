using EnergyPilot.Io.Serial;
using EnergyPilot.Io.Tic;
using EnergyPilot.Tests.Io.Serial;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>A meter that speaks at one end of a line and our reader at the other.</summary>
public sealed class TicReaderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(TicMode.Historic, "BASE", "PAPP")]
    [InlineData(TicMode.Standard, "EAST", "SINSTS")]
    public async Task Meter_is_heard_over_a_serial_port(TicMode mode, string index, string power)
    {
        var time = new ManualTime();
        using var pty = new PtyPair();
        var reader = new TicReader([TicReader.Port(pty.Path, mode)], time);
        var meter = new TicEmitter(mode, time) { EnergyWattHours = 1_000_012_345, PowerVoltAmperes = 2340 };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var next = reader.Next(Stop);
        var run = reader.Run(end.Token);

        await pty.Far.WriteAsync(TicEncoder.Encode(meter.Frame()), Stop);
        var arrival = await next;

        arrival.At.ShouldBe(time.GetUtcNow());
        arrival.Frame.Mode.ShouldBe(mode);
        arrival.Frame.Groups.ShouldBe(meter.Frame().Groups);
        arrival.Frame.TryRead(index, out var energy).ShouldBeTrue();
        energy.ShouldBe(12_345);
        arrival.Frame.TryRead(power, out var drawn).ShouldBeTrue();
        drawn.ShouldBe(2340);
        reader.Latest.ShouldBe(arrival);
        reader.Statistics.ShouldBe(new TicStatistics(1, 0, 0, 0));
        await end.CancelAsync();
        await run;
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Meter_speaks_again_and_again()
    {
        var time = new ManualTime();
        using var pty = new PtyPair();
        using var port = SerialPort.Open(pty.Path, new(9600, SerialParity.Even, DataBits: 7));
        var reader = new TicReader([_ => ValueTask.FromResult<Stream>(port)], time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var first = reader.Next(Stop);
        var reading = reader.Run(end.Token);
        var meter = new TicEmitter(TicMode.Standard, time);
        var speaking = meter.Run(pty.Far, end.Token);
        await first;

        meter.EnergyWattHours = 7;
        var second = reader.Next(Stop);
        time.Advance(TimeSpan.FromSeconds(1.5));

        (await second).Frame.TryRead("EAST", out var energy).ShouldBeTrue();
        energy.ShouldBe(7);
        await end.CancelAsync();
        await reading;
        await Should.ThrowAsync<OperationCanceledException>(speaking);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Line_that_was_pulled_is_opened_again()
    {
        var first = new PtyPair();
        using var second = new PtyPair();
        var paths = new Queue<string>([first.Path, "/dev/ttyNothing", second.Path]);
        var reader = new TicReader([stop => TicReader.Port(paths.Dequeue(), TicMode.Historic)(stop)], TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var next = reader.Next(Stop);
        var run = reader.Run(end.Token);
        await first.Far.WriteAsync(TicSamples.Bytes(TicSamples.HistoricBase), Stop);
        await next;

        next = reader.Next(Stop);
        first.Dispose();
        while (!next.IsCompleted)
        {
            await second.Far.WriteAsync(TicSamples.Bytes(TicSamples.HistoricHours), Stop);
            await Task.WhenAny(next, Task.Delay(20, Stop));
        }

        (await next).Frame.TryRead("HCHC", out _).ShouldBeTrue();
        reader.Failures.ShouldBe(2);
        await end.CancelAsync();
        await run;
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Speed_that_brings_no_frame_gives_way_to_the_other()
    {
        var time = new ManualTime();
        await using var wrong = new SilentLine();
        var right = new MemoryStream(TicSamples.Bytes(TicSamples.HistoricBase));
        var reader = new TicReader([_ => ValueTask.FromResult<Stream>(wrong), _ => ValueTask.FromResult<Stream>(right)], time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var next = reader.Next(Stop);
        var run = reader.Run(end.Token);
        await wrong.Listened;

        time.Advance(TimeSpan.FromSeconds(14.9));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.2));

        (await next).Frame.Groups.Count.ShouldBe(9);
        await end.CancelAsync();
        await run;
    }

    [Fact]
    public void Meter_too_big_for_its_fields_keeps_its_form()
    {
        var meter = new TicEmitter(TicMode.Historic, new ManualTime()) { PowerVoltAmperes = 1e9 };

        new TicParser().TakeAll(TicEncoder.Encode(meter.Frame()))[0].TryGet("PAPP", out var power).ShouldBeTrue();

        power.Value.ShouldBe("99999");
    }

    /// <summary>A line on which nothing is ever heard.</summary>
    private sealed class SilentLine : Stream
    {
        private readonly TaskCompletionSource listened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Listened => listened.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            listened.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
