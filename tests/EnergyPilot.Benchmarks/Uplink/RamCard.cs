using System.Diagnostics;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>A file system in memory that can be filled, where root may mount one; else a folder that never is full.</summary>
internal sealed class RamCard : ICardUnderFire, IDisposable
{
    private const string Size = "size=1g";

    private readonly string mount = Directory.CreateTempSubdirectory("energypilot-card-").FullName;
    private readonly bool isMounted;

    public RamCard()
    {
        isMounted = Run("mount", "-t", "tmpfs", "-o", Size, "tmpfs", mount);
        Directory.CreateDirectory(Folder);
    }

    public string Folder => Path.Combine(mount, "data");

    private string Ballast => Path.Combine(mount, "ballast");

    public void Fill()
    {
        if (!isMounted) return;
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 * 1024];
        foreach (var length in (ReadOnlySpan<int>)[block.Length, 4096, 512])
            try
            {
                while (true) file.Write(block, 0, length);
            }
            catch (IOException)
            {
                // Full, for blocks of this length.
            }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (isMounted) Run("umount", mount);
        Directory.Delete(mount, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
