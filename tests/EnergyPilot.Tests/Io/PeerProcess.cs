using System.Diagnostics;

namespace EnergyPilot.Tests.Io;

/// <summary>A program that a test started: it says a line when it is ready, and is ended with the test.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process process;

    private PeerProcess(Process process) => this.process = process;

    public static PeerProcess Start(string executable, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new PeerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{executable} did not start."));
    }

    /// <summary>The next line of output, as a port number.</summary>
    public async Task<int> Port(CancellationToken stop)
    {
        var line = await process.StandardOutput.ReadLineAsync(stop);
        return int.TryParse(line, out var port)
            ? port
            : throw new InvalidOperationException($"Said '{line}' instead of a port. {await process.StandardError.ReadToEndAsync(stop)}");
    }

    /// <summary>The next line of output; null when it has ended.</summary>
    public async Task<string?> Line(CancellationToken stop) => await process.StandardOutput.ReadLineAsync(stop);

    /// <summary>Everything it says until it ends by itself.</summary>
    public async Task<string> Output(CancellationToken stop)
    {
        var errors = process.StandardError.ReadToEndAsync(stop);
        var output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return output + await errors;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
