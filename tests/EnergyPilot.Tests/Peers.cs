using System.Diagnostics;

namespace EnergyPilot.Tests;

/// <summary>
/// Programs that tests talk to. A missing one skips the test and names its Debian package;
/// with CI=true it fails, so that a build server never passes by testing nothing.
/// </summary>
internal static class Peers
{
    /// <summary>The path of an executable.</summary>
    public static string Need(string executable, string package) =>
        Find(executable) ?? throw Missing(executable, package);

    /// <summary>The path of a Python interpreter that has the module; Debian's own is asked first.</summary>
    public static string NeedPython(string module, string package) =>
        new[] { "/usr/bin/python3", Find("python3") }.OfType<string>().FirstOrDefault(python => File.Exists(python) && Imports(python, module))
        ?? throw Missing($"Python module {module}", package);

    /// <summary>Asks for a file, for example a header that a test compiles against.</summary>
    public static void NeedFile(string path, string package)
    {
        if (!File.Exists(path))
            throw Missing(path, package);
    }

    private static string? Find(string executable) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/bin"])
            .Select(folder => Path.Combine(folder, executable))
            .FirstOrDefault(File.Exists);

    private static bool Imports(string python, string module)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {module}"]) { RedirectStandardError = true });
        process?.StandardError.ReadToEnd();
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }

    private static InvalidOperationException Missing(string what, string package)
    {
        var message = $"{what} is missing: install the Debian package(s) {package}.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(message);
        Assert.Skip(message);
        return new InvalidOperationException(message);
    }
}
