using System.Runtime.InteropServices;
using EnergyPilot.Io.Waiting;

namespace EnergyPilot.Io.Serial;

/// <summary>
/// An open serial port. One read and one write may be under way at a time, each ends at once with its token or with disposal.
/// A read gives what is there, at least one byte. An unplugged port is an <see cref="IOException"/> from then on.
/// A write is done when the kernel has taken the bytes, which is before they are on the line. Neither allocates.
/// </summary>
public sealed class SerialStream : Stream
{
    private readonly Lock gate = new();
    private readonly ISerialKernel kernel;
    private readonly string path;
    private readonly FileWait reading;
    private readonly FileWait writing;
    private readonly long port;
    private readonly int file;
    private Memory<byte> room;
    private ReadOnlyMemory<byte> rest;
    private bool closed;

    internal SerialStream(ISerialKernel kernel, int file, string path, Rs485Support rs485)
    {
        (this.kernel, this.file, this.path, Rs485) = (kernel, file, path, rs485);
        reading = new FileWait(gate);
        writing = new FileWait(gate);
        port = FilePoller.Shared.Add(file, Ready);
    }

    /// <summary>Who turns an RS-485 transceiver round.</summary>
    public Rs485Support Rs485 { get; }

    /// <inheritdoc/>
    public override bool CanRead => !closed;

    /// <inheritdoc/>
    public override bool CanWrite => !closed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Drops what was received and not read yet.</summary>
    public void DiscardInput()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            kernel.Control(file, SerialUapi.Flush, SerialUapi.FlushInput);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        lock (gate)
        {
            Claim(reading);
            if (buffer.IsEmpty)
                return ValueTask.FromResult(0);
            var read = LinuxSerialKernel.Read(file, buffer.Span);
            if (read > 0)
                return ValueTask.FromResult(read);
            if (!MustWait(read))
                return ValueTask.FromException<int>(Lost(read));
            room = buffer;
            reading.Begin(cancellationToken);
            Ask();
        }

        reading.StopWith(cancellationToken);
        return new ValueTask<int>(reading, reading.Token);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        lock (gate)
        {
            Claim(writing);
            rest = buffer;
            var written = WriteRest();
            if (rest.IsEmpty)
                return ValueTask.CompletedTask;
            if (!MustWait(written))
                return ValueTask.FromException(Lost(written));
            writing.Begin(cancellationToken);
            Ask();
        }

        writing.StopWith(cancellationToken);
        return new ValueTask(writing, writing.Token);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Does nothing: nothing is held back.</summary>
    public override void Flush()
    {
    }

    /// <summary>Does nothing: nothing is held back.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes at once; a read or write under way ends as disposed, bytes not sent yet are dropped.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            FilePoller.Shared.Remove(file, port);
            SerialSetup.Close(kernel, file);
            Abandon(new ObjectDisposedException(nameof(SerialStream)));
        }
    }

    /// <summary>On the poller's thread.</summary>
    private void Ready(uint events)
    {
        lock (gate)
        {
            if (closed)
                return;
            if (reading.IsWaiting)
                GoOnReading();
            if (writing.IsWaiting)
                GoOnWriting();
            if ((events & (FilePoller.HungUp | FilePoller.Error)) != 0)
                Abandon(Lost(0));
            else
                Ask();
        }
    }

    private void GoOnReading()
    {
        var read = LinuxSerialKernel.Read(file, room.Span);
        if (read > 0)
            reading.Succeed(read);
        else if (!MustWait(read))
            reading.Fail(Lost(read));
    }

    private void GoOnWriting()
    {
        var written = WriteRest();
        if (rest.IsEmpty)
            writing.Succeed(0);
        else if (!MustWait(written))
            writing.Fail(Lost(written));
    }

    private int WriteRest()
    {
        var written = 0;
        while (!rest.IsEmpty)
        {
            written = LinuxSerialKernel.Write(file, rest.Span);
            if (written <= 0)
                break;
            rest = rest[written..];
        }

        return written;
    }

    private void Ask()
    {
        var events = (reading.IsWaiting ? FilePoller.CanRead : 0) | (writing.IsWaiting ? FilePoller.CanWrite : 0);
        if (events != 0)
            FilePoller.Shared.Ask(file, port, events);
    }

    private void Claim(FileWait wait)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (wait.IsWaiting)
            throw new InvalidOperationException("The serial port is already being read or written.");
    }

    private void Abandon(Exception trouble)
    {
        reading.Fail(trouble);
        writing.Fail(trouble);
    }

    private static bool MustWait(int result) => result is -SerialUapi.TryAgain or -SerialUapi.Interrupted;

    private IOException Lost(int result) => new($"Serial port {path} is gone" + (result < 0 ? $": {Marshal.GetPInvokeErrorMessage(-result)}." : "."));
}
