using System.Diagnostics;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>A file system of its own, so small that it can be filled, which can be made read-only. It takes root.</summary>
internal sealed class SmallCard : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("energypilot-card-").FullName;

    public SmallCard(int megabytes)
    {
        var mount = Peers.Need("mount", "mount");
        if (Run(mount, "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0) return;
        Directory.Delete(folder);
        const string refused = "A file system can only be mounted by root.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(refused);
        Assert.Skip(refused);
    }

    /// <summary>A data folder on it, which is not made yet.</summary>
    public string Data => Path.Combine(folder, "data");

    private string Ballast => Path.Combine(folder, "ballast");

    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", folder).ShouldBe(0);

    public void MakeWritable() => Run("mount", "-o", "remount,rw", folder).ShouldBe(0);

    public void Dispose()
    {
        Run("umount", folder);
        Directory.Delete(folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true }).ShouldNotBeNull();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
