using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Gpio;

/// <summary>The system calls of Linux.</summary>
internal sealed partial class LinuxGpioKernel : IGpioKernel
{
    private const int ReadWriteCloseOnExec = 0x80002;
    private const short PollIn = 1;

    public int Open(string path) => Result(NativeOpen(path, ReadWriteCloseOnExec));

    public int Control(int file, uint request, Span<byte> argument) => Result(NativeControl(file, request, ref MemoryMarshal.GetReference(argument)));

    public int Read(int file, Span<byte> buffer)
    {
        var waiting = new PollFile { File = file, Events = PollIn };
        var ready = Result(NativePoll(ref waiting, 1, 0));
        return ready <= 0 ? ready : Result((int)NativeRead(file, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length));
    }

    public void Close(int file) => _ = NativeClose(file);

    private static int Result(int returned) => returned >= 0 ? returned : -Marshal.GetLastPInvokeError();

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeControl(int file, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativePoll(ref PollFile files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint NativeRead(int file, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeClose(int file);
}
