using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Serial;

/// <summary>
/// One thread that waits for all serial ports of the process (epoll) and tells each when bytes or room are there.
/// A port asks once per wait (EPOLLONESHOT), so a closed or silent one costs nothing. The thread only ever makes calls that do not wait.
/// </summary>
internal sealed partial class SerialPoller
{
    public const uint CanRead = 0x1;
    public const uint CanWrite = 0x4;
    public const uint Error = 0x8;
    public const uint HungUp = 0x10;

    public const uint OneShot = 1u << 30;
    private const int CloseOnExec = 0x80000;
    private const int Adding = 1;
    private const int Removing = 2;
    private const int Changing = 3;
    private const int EventsPerWait = 16;
    private const int StackBytes = 128 * 1024;

    private static readonly Lazy<SerialPoller> TheOnly = new(() => new SerialPoller());

    private readonly ConcurrentDictionary<long, Action<uint>> ports = new();
    private readonly int poll;
    private long last;

    private SerialPoller()
    {
        poll = Result(NativeCreate(CloseOnExec));
        new Thread(Wait, StackBytes) { IsBackground = true, Name = "serial ports" }.Start();
    }

    public static SerialPoller Shared => TheOnly.Value;

    /// <summary>Makes a file known; <paramref name="ready"/> is called on the thread, with the events. Throws <see cref="IOException"/>.</summary>
    public long Add(int file, Action<uint> ready)
    {
        // Numbers are never used twice: an event of a closed file cannot reach the next one that has its descriptor.
        var port = Interlocked.Increment(ref last);
        ports[port] = ready;
        if (Control(Adding, file, 0, port) >= 0)
            return port;
        ports.TryRemove(port, out _);
        throw new IOException($"A serial port cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Asks for the next of the events; hanging up is always among them.</summary>
    public void Ask(int file, long port, uint events) => Control(Changing, file, events | OneShot, port);

    /// <summary>Forgets a file; a call to its <c>ready</c> may still be under way.</summary>
    public void Remove(int file, long port)
    {
        ports.TryRemove(port, out _);
        Control(Removing, file, 0, port);
    }

    private void Wait()
    {
        Span<byte> events = stackalloc byte[EventsPerWait * EpollEvent.Size];
        while (true)
        {
            var count = NativeWait(poll, ref MemoryMarshal.GetReference(events), EventsPerWait, -1);
            for (var i = 0; i < count; i++)
            {
                var (happened, port) = EpollEvent.Read(events[(i * EpollEvent.Size)..]);
                if (ports.TryGetValue(port, out var ready))
                    ready(happened);
            }
        }
    }

    private int Control(int operation, int file, uint events, long port)
    {
        Span<byte> asked = stackalloc byte[EpollEvent.Size];
        EpollEvent.Write(asked, events, port);
        return NativeControl(poll, operation, file, ref MemoryMarshal.GetReference(asked));
    }

    private static int Result(int returned) =>
        returned >= 0 ? returned : throw new IOException($"Serial ports cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeControl(int poll, int operation, int file, ref byte asked);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeWait(int poll, ref byte events, int most, int milliseconds);
}
