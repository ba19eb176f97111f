using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The last bit of a wait on a serial line. Timers are exact to a millisecond or two, silences between frames last 1.75 to 4 ms:
/// a line would stand idle for a good part of its time. The kernel's sleep is exact to a tenth of a millisecond and costs no processor time.
/// </summary>
internal static partial class LinePause
{
    /// <summary>What is left to <see cref="Sleep"/>, for its thread can do nothing else.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(2.5);

    /// <summary>Whether this clock and this system have an exact sleep.</summary>
    public static bool IsExact(TimeProvider time) => ReferenceEquals(time, TimeProvider.System) && OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Holds the thread for so long.</summary>
    public static void Sleep(TimeSpan duration)
    {
        var left = new Timespec(0, duration.Ticks * TimeSpan.NanosecondsPerTick);
        _ = NanoSleep(ref left, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(ref Timespec duration, nint remaining);

    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
