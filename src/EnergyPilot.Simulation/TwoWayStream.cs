namespace EnergyPilot.Simulation;

/// <summary>One end of a line in memory: reads from one stream, writes to another.</summary>
/// <param name="asked">Runs before something is said, so that whoever answers is up to date.</param>
internal sealed class TwoWayStream(Stream incoming, Stream outgoing, Action asked) : Stream
{
    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => incoming.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        asked();
        return outgoing.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => outgoing.FlushAsync(cancellationToken);
    public override int Read(byte[] buffer, int offset, int count) => incoming.Read(buffer, offset, count);
    public override void Write(byte[] buffer, int offset, int count) => outgoing.Write(buffer, offset, count);
    public override void Flush() => outgoing.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            incoming.Dispose();
            outgoing.Dispose();
        }

        base.Dispose(disposing);
    }
}
