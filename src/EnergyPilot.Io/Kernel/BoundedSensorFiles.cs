using System.Runtime.ExceptionServices;

namespace EnergyPilot.Io.Kernel;

/// <summary>
/// Sensor files of which each may take its time, but not everybody's: a read that has not come back within the limit counts as
/// failed, its thread is left to wait for it, and the file is not asked again before that one has ended. A driver that hangs cannot be
/// called off: the kernel does not let go of a thread in such a read.
/// </summary>
/// <param name="files">The files themselves.</param>
/// <param name="limit">How long one of them is waited for; a DS18B20 takes 0.75 s.</param>
public sealed class BoundedSensorFiles(ISensorFiles files, TimeSpan limit) : ISensorFiles
{
    /// <summary>So many reads may hang; with more, the whole bus does, and nothing is asked before one has ended.</summary>
    public const int MostHanging = 4;

    private const int StackBytes = 256 * 1024;

    private readonly Dictionary<string, Errand> hanging = [];
    private Errand? idle;

    /// <inheritdoc/>
    public bool TryRead(string path, Span<byte> buffer, out int length)
    {
        length = 0;
        if (!TryRun(path, buffer.Length, [], out var errand))
            return false;
        length = Math.Min(errand.Length, buffer.Length);
        errand.Buffer.AsSpan(0, length).CopyTo(buffer);
        return errand.IsGood;
    }

    /// <inheritdoc/>
    public bool TryWrite(string path, ReadOnlySpan<byte> command) =>
        TryRun(path, 0, command, out var errand) && errand.IsGood;

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => files.List(folder);

    private bool TryRun(string path, int room, ReadOnlySpan<byte> command, out Errand errand)
    {
        foreach (var (name, late) in hanging)
            if (late.HasEnded)
                hanging.Remove(name);
        errand = idle ?? new Errand(files);
        if (hanging.Count >= MostHanging || hanging.ContainsKey(path))
            return false;
        idle = null;
        errand.Begin(path, room, command);
        if (!errand.HasCome(limit))
        {
            hanging[path] = errand;
            return false;
        }

        idle = errand;
        return true;
    }

    private enum State { Idle, Asked, Done, Abandoned, Ended }

    /// <summary>A thread that reads or writes what it is given, one file after the other, until nobody waits for it any more.</summary>
    private sealed class Errand
    {
        private readonly object gate = new();
        private readonly ISensorFiles files;
        private string path = "";
        private State state;
        private Exception? surprise;

        public Errand(ISensorFiles files)
        {
            this.files = files;
            new Thread(Work, StackBytes) { IsBackground = true, Name = "sensor files" }.Start();
        }

        public byte[] Buffer { get; private set; } = [];

        public int Length { get; private set; }

        public bool IsGood { get; private set; }

        public bool HasEnded
        {
            get { lock (gate) return state == State.Ended; }
        }

        /// <summary>Writes the command, or reads where there is none.</summary>
        public void Begin(string of, int room, ReadOnlySpan<byte> command)
        {
            lock (gate)
            {
                path = of;
                Length = command.Length;
                if (Buffer.Length < room + command.Length)
                    Buffer = new byte[room + command.Length];
                command.CopyTo(Buffer);
                state = State.Asked;
                Monitor.PulseAll(gate);
            }
        }

        public bool HasCome(TimeSpan atMost)
        {
            lock (gate)
            {
                if (state == State.Asked)
                    Monitor.Wait(gate, atMost);
                if (state == State.Asked)
                    state = State.Abandoned;
                if (surprise is { } thrown)
                    ExceptionDispatchInfo.Throw(thrown);
                return state == State.Done;
            }
        }

        private void Work()
        {
            while (state != State.Ended)
            {
                lock (gate)
                    while (state != State.Asked)
                        Monitor.Wait(gate);
                Run();
                lock (gate)
                {
                    state = state == State.Abandoned ? State.Ended : State.Done;
                    Monitor.PulseAll(gate);
                }
            }
        }

        private void Run()
        {
            try
            {
                surprise = null;
                var length = Length;
                IsGood = length > 0 ? files.TryWrite(path, Buffer.AsSpan(0, length)) : files.TryRead(path, Buffer, out length);
                Length = length;
            }
            catch (Exception e)
            {
                // It belongs to whoever asked, not to this thread.
                surprise = e;
            }
        }
    }
}
