using System.Threading.Channels;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>A line in memory: each request that is written gets the bytes that the script says.</summary>
internal sealed class ScriptedLine(Func<byte[], byte[]> script) : Stream
{
    private readonly Channel<byte[]> answers = Channel.CreateUnbounded<byte[]>();

    public List<byte[]> Requests { get; } = [];

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that nobody asked for.</summary>
    public void Say(params byte[] bytes) => answers.Writer.TryWrite(bytes);

    /// <summary>The line is cut.</summary>
    public void Cut() => answers.Writer.TryComplete(new IOException("The line was cut."));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await answers.Reader.ReadAsync(cancellationToken);
            answer.CopyTo(buffer);
            return answer.Length;
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException ?? closed;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Requests.Add(buffer.ToArray());
        if (script(buffer.ToArray()) is { Length: > 0 } answer)
            answers.Writer.TryWrite(answer);
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
