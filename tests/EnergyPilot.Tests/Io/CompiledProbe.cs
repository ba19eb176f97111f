namespace EnergyPilot.Tests.Io;

/// <summary>A small C program that a test compiles, runs and removes.</summary>
internal sealed class CompiledProbe : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("energypilot-probe").FullName;

    private CompiledProbe()
    {
    }

    public string Path => System.IO.Path.Combine(folder, "probe");

    public static async Task<CompiledProbe> Compile(string source, CancellationToken stop, params string[] libraries)
    {
        var compiler = Peers.Need("cc", "gcc");
        var probe = new CompiledProbe();
        var file = probe.Path + ".c";
        await File.WriteAllTextAsync(file, source, stop);
        await using var process = PeerProcess.Start(compiler, ["-o", probe.Path, file, .. libraries.Select(library => "-l" + library)]);
        var said = await process.Output(stop);
        return File.Exists(probe.Path) ? probe : throw new InvalidOperationException($"The probe does not compile: {said}");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
