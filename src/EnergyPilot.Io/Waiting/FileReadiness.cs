namespace EnergyPilot.Io.Waiting;

/// <summary>
/// Waits until a file can be read or written, without a thread. One caller at a time; a wait may end early, the caller tries and asks again.
/// Dispose it before the file is closed. Waiting allocates nothing.
/// </summary>
internal sealed class FileReadiness : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileWait wait;
    private readonly int file;
    private readonly long number;
    private bool closed;

    /// <summary>Throws <see cref="IOException"/> for a file that cannot be waited for.</summary>
    public FileReadiness(int file)
    {
        (this.file, wait) = (file, new FileWait(gate));
        number = FilePoller.Shared.Add(file, Ready);
    }

    /// <summary>Until one of the events, trouble on the file, disposal (<see cref="ObjectDisposedException"/>) or <paramref name="stop"/>.</summary>
    public ValueTask Until(uint events, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return ValueTask.FromCanceled(stop);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            wait.Begin(stop);
            FilePoller.Shared.Ask(file, number, events);
        }

        wait.StopWith(stop);
        return new ValueTask(wait, wait.Token);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            FilePoller.Shared.Remove(file, number);
            wait.Fail(new ObjectDisposedException(nameof(FileReadiness)));
        }
    }

    /// <summary>On the poller's thread.</summary>
    private void Ready(uint events)
    {
        lock (gate)
            wait.Succeed(0);
    }
}
