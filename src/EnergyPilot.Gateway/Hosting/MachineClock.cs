using System.Runtime.InteropServices;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>What the kernel knows of its clock.</summary>
internal static partial class MachineClock
{
    // adjtimex(2): the state of an unsynchronised clock. The structure is 208 bytes on 64-bit machines; all zeros only reads.
    private const int Unsynchronised = 5, Room = 512;
    private const string SynchronisedBySystemd = "/run/systemd/timesync/synchronized", BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>True when something keeps the wall clock right: systemd-timesyncd has, or chrony or ntpd says so to the kernel.</summary>
    public static bool IsSynchronised()
    {
        if (!OperatingSystem.IsLinux()) return true;
        if (File.Exists(SynchronisedBySystemd)) return true;
        Span<byte> timex = stackalloc byte[Room];
        timex.Clear();
        return AdjTimex(ref MemoryMarshal.GetReference(timex)) is >= 0 and not Unsynchronised;
    }

    /// <summary>The name of this run of the machine; of this run of the program where there is none.</summary>
    public static string Boot()
    {
        try
        {
            return File.ReadAllText(BootId).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid().ToString();
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdjTimex(ref byte timex);
}
