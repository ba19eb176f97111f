using System.Runtime.InteropServices;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Processor time of the running thread: what others do on the machine does not count.</summary>
internal static class ThreadTime
{
    // clock_gettime(2)
    private const int ThreadClock = 3;

    public static TimeSpan Now
    {
        get
        {
            if (ClockGetTime(ThreadClock, out var time) != 0) throw new InvalidOperationException("The kernel has no clock for threads.");
            return TimeSpan.FromTicks(time.Seconds * TimeSpan.TicksPerSecond + time.Nanoseconds / TimeSpan.NanosecondsPerTick);
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out KernelTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct KernelTime
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
