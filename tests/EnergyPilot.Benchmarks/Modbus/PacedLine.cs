using System.Diagnostics;
using System.Threading.Tasks.Sources;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Benchmarks.Modbus;

/// <summary>
/// A serial line with its units, as slow as the wire and no slower: characters of 11 bits leave and come one by one, a unit answers after
/// the t3.5 by which it knows that the request has ended. A thread of its own keeps time, and spins for the last bit; its error is measured.
/// </summary>
internal sealed class PacedLine : Stream, IValueTaskSource<int>
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 1000;

    private readonly Lock gate = new();
    private readonly AutoResetEvent asked = new(initialState: false);
    private readonly SerialLine line;
    private readonly ModbusSlave units;
    private readonly Thread thread;
    private readonly byte[] request = new byte[ModbusRtuFrame.MaxLength];
    private readonly byte[] ready = new byte[ModbusRtuFrame.MaxLength];
    private ManualResetValueTaskSourceCore<int> reading;
    private Memory<byte> room;
    private int readyLength;
    private int requestLength;
    private long requestAt;
    private bool isReading;
    private volatile bool closed;

    public PacedLine(SerialLine line, ModbusSlave units)
    {
        (this.line, this.units) = (line, units);
        thread = new Thread(Keep) { IsBackground = true, Name = "paced line", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    /// <summary>Exchanges, and by how much the last characters of their answers came too late in all: the line's own error.</summary>
    public (int Exchanges, TimeSpan Late, TimeSpan Latest) Error { get; private set; }

    /// <summary>Requests that began before the line had been silent for t3.5.</summary>
    public int Collisions { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Forget() => Error = default;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        requestAt = Stopwatch.GetTimestamp();
        buffer.CopyTo(request);
        requestLength = buffer.Length;
        asked.Set();
        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (readyLength > 0)
                return ValueTask.FromResult(Drain(buffer));
            reading.Reset();
            (room, isReading) = (buffer, true);
            return new ValueTask<int>(this, reading.Version);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => reading.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => reading.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        reading.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        closed = true;
        asked.Set();
    }

    private void Keep()
    {
        var answer = new byte[ModbusRtuFrame.MaxLength];
        var character = Ticks(line.Character);
        long freeAt = 0;
        while (true)
        {
            asked.WaitOne();
            if (closed)
                return;
            if (requestAt < freeAt) Collisions++;
            var due = requestAt + (requestLength * character) + Ticks(line.Silence);
            var length = Answer(answer);
            for (var i = 0; i < length; i++)
            {
                due += character;
                Until(due);
                if (i == length - 1) Count(Stopwatch.GetElapsedTime(due));
                Say(answer[i]);
            }

            freeAt = due + Ticks(line.Silence);
        }
    }

    private int Answer(Span<byte> answer)
    {
        Span<byte> pdu = stackalloc byte[ModbusPdu.MaxLength];
        return ModbusRtuFrame.TryDecode(request.AsSpan(0, requestLength), out var unit, out var asking)
            ? ModbusRtuFrame.Encode(unit, pdu[..units.Answer(unit, asking, pdu)], answer)
            : 0;
    }

    private static void Until(long due)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var left)
            if (left > SpinTicks) Thread.Sleep(TimeSpan.FromTicks((left - SpinTicks) * TimeSpan.TicksPerSecond / Stopwatch.Frequency));
            else Thread.SpinWait(20);
    }

    private void Say(byte one)
    {
        lock (gate)
        {
            ready[readyLength++] = one;
            if (!isReading)
                return;
            isReading = false;
        }

        reading.SetResult(Drain(room));
    }

    private int Drain(Memory<byte> to)
    {
        lock (gate)
        {
            var length = readyLength;
            ready.AsSpan(0, length).CopyTo(to.Span);
            readyLength = 0;
            return length;
        }
    }

    private void Count(TimeSpan late) => Error = (Error.Exchanges + 1, Error.Late + late, late > Error.Latest ? late : Error.Latest);

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
