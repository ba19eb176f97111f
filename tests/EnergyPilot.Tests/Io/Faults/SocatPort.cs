using System.Diagnostics;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>A serial port that is the end of a TCP connection: socat with a pseudo-terminal. Ending it is pulling the adapter's plug.</summary>
internal sealed class SocatPort : IAsyncDisposable
{
    private const string Announcement = " PTY is ";

    private readonly Process process;

    private SocatPort(Process process, string path) => (this.process, Path) = (process, path);

    public string Path { get; }

    public static async Task<SocatPort> To(string socat, int port, CancellationToken stop)
    {
        var start = new ProcessStartInfo(socat, ["-d", "-d", "PTY,raw,echo=0", $"TCP:127.0.0.1:{port},nodelay"]) { RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("socat did not start.");
        while (await process.StandardError.ReadLineAsync(stop) is { } line)
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is > 0 and var at)
                return new SocatPort(process, line[(at + Announcement.Length)..].Trim());

        throw new InvalidOperationException("socat ended without a pseudo-terminal.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
