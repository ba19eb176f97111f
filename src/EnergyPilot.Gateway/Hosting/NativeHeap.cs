using System.Runtime.InteropServices;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// The heap of the C library, in which the runtime compiles and SQLite works. It keeps one arena for each thread that ever allocated, and
/// what was freed in them; on a gateway that was some 8 MB for nothing. Other C libraries than glibc manage without advice.
/// </summary>
internal static partial class NativeHeap
{
    // mallopt(3): M_ARENA_MAX.
    private const int MostArenas = -8;

    /// <summary>Two arenas are enough for a gateway's threads, which seldom allocate at once.</summary>
    public static void LimitArenas() => Advise(static () => _ = MallOpt(MostArenas, 2));

    /// <summary>Gives freed memory back to the system.</summary>
    public static void Trim() => Advise(static () => _ = MallocTrim(0));

    private static void Advise(Action advice)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            advice();
        }
        catch (EntryPointNotFoundException)
        {
            // musl has neither.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint pad);
}
