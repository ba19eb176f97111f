namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>A serial line in memory: the test says what is heard, and sees what was sent, in the same instant.</summary>
internal sealed class MemoryLine : Stream
{
    private TaskCompletionSource<int>? reading;
    private Memory<byte> room;

    public List<byte> Written { get; } = [];

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Heard(params byte[] bytes)
    {
        bytes.CopyTo(room);
        var heard = reading ?? throw new InvalidOperationException("Nobody listens.");
        reading = null;
        heard.SetResult(bytes.Length);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        room = buffer;
        reading = new TaskCompletionSource<int>();
        return new ValueTask<int>(reading.Task);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written.AddRange(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
