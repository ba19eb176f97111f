using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Serial;

/// <summary>The system calls of Linux.</summary>
internal sealed partial class LinuxSerialKernel : ISerialKernel
{
    public int Open(string path) => Result(NativeOpen(path, SerialUapi.OpenFlags));

    public int Control(int file, uint request, Span<byte> argument) => Result(NativeControl(file, request, ref MemoryMarshal.GetReference(argument)));

    public int Control(int file, uint request, int argument) => Result(NativeControl(file, request, argument));

    public int Lock(int file) => Result(NativeLock(file, SerialUapi.LockExclusiveNow));

    public void Close(int file) => _ = NativeClose(file);

    /// <summary>Reads what is there without waiting.</summary>
    public static int Read(int file, Span<byte> buffer) => Result((int)NativeRead(file, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length));

    /// <summary>Writes what there is room for without waiting.</summary>
    public static int Write(int file, ReadOnlySpan<byte> data) => Result((int)NativeWrite(file, in MemoryMarshal.GetReference(data), (nuint)data.Length));

    private static int Result(int returned) => returned >= 0 ? returned : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeControl(int file, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeControl(int file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeLock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint NativeRead(int file, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint NativeWrite(int file, ref readonly byte data, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeClose(int file);
}
