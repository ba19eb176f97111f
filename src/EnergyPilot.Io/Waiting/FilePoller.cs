using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Waiting;

/// <summary>
/// One thread that waits for the files of the process that need it, serial ports and sockets (epoll), and tells each when bytes or room are there.
/// A file asks once per wait (EPOLLONESHOT), so a closed or silent one costs nothing. The thread only ever makes calls that do not wait.
/// </summary>
internal sealed partial class FilePoller
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

    private static readonly Lazy<FilePoller> TheOnly = new(() => new FilePoller());

    private readonly ConcurrentDictionary<long, Action<uint>> files = new();
    private readonly int poll;
    private long last;

    private FilePoller()
    {
        poll = Result(NativeCreate(CloseOnExec));
        new Thread(Wait, StackBytes) { IsBackground = true, Name = "files" }.Start();
    }

    public static FilePoller Shared => TheOnly.Value;

    /// <summary>Makes a file known; <paramref name="ready"/> is called on the thread, with the events. Throws <see cref="IOException"/>.</summary>
    public long Add(int file, Action<uint> ready)
    {
        // Numbers are never used twice: an event of a closed file cannot reach the next one that has its descriptor.
        var number = Interlocked.Increment(ref last);
        files[number] = ready;
        // One shot from the start: hanging up is reported unasked, and to a file that asks for nothing it would be for ever.
        if (Control(Adding, file, OneShot, number) >= 0)
            return number;
        files.TryRemove(number, out _);
        throw new IOException($"A file cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Asks for the next of the events; hanging up is always among them.</summary>
    public void Ask(int file, long number, uint events) => Control(Changing, file, events | OneShot, number);

    /// <summary>Forgets a file; a call to its <c>ready</c> may still be under way.</summary>
    public void Remove(int file, long number)
    {
        files.TryRemove(number, out _);
        Control(Removing, file, 0, number);
    }

    private void Wait()
    {
        Span<byte> events = stackalloc byte[EventsPerWait * EpollEvent.Size];
        while (true)
        {
            var count = NativeWait(poll, ref MemoryMarshal.GetReference(events), EventsPerWait, -1);
            for (var i = 0; i < count; i++)
            {
                var (happened, number) = EpollEvent.Read(events[(i * EpollEvent.Size)..]);
                if (files.TryGetValue(number, out var ready))
                    ready(happened);
            }
        }
    }

    private int Control(int operation, int file, uint events, long number)
    {
        Span<byte> asked = stackalloc byte[EpollEvent.Size];
        EpollEvent.Write(asked, events, number);
        return NativeControl(poll, operation, file, ref MemoryMarshal.GetReference(asked));
    }

    private static int Result(int returned) =>
        returned >= 0 ? returned : throw new IOException($"Files cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");

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
