using System.Runtime.InteropServices;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>What the runtime does not do on Linux: a thread that only gets the time that nobody else wants.</summary>
internal static partial class ThreadPriorities
{
    // setpriority(2): PRIO_PROCESS with who = 0 is the calling thread on Linux (its section "C library/kernel differences").
    private const int Process = 0, CallingThread = 0, Nicest = 19;

    /// <summary>For the rest of the calling thread's life: it needs no right to become nicer, but one to come back.</summary>
    public static void GiveWay()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(Process, CallingThread, Nicest);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
