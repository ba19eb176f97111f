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

    /// <summary>The process's number.</summary>
    public int Id => process.Id;

    /// <summary>The next line of output, as a port number.</summary>
    public async Task<int> Port(CancellationToken stop)
    {
        var line = await Line(stop);
        return int.TryParse(line, out var port)
            ? port
            : throw new InvalidOperationException($"Said '{line}' instead of a port. {await Within(process.StandardError.ReadToEndAsync, stop)}");
    }

    /// <summary>The next line of output; null when it has ended.</summary>
    public Task<string?> Line(CancellationToken stop) => Within(async limit => await process.StandardOutput.ReadLineAsync(limit), stop);

    /// <summary>Everything it says until it ends by itself.</summary>
    public Task<string> Output(CancellationToken stop) => Within(async limit =>
    {
        var errors = process.StandardError.ReadToEndAsync(limit);
        var output = await process.StandardOutput.ReadToEndAsync(limit);
        await process.WaitForExitAsync(limit);
        return output + await errors;
    }, stop);

    /// <summary>With what it ended by itself.</summary>
    public Task<int> Ended(CancellationToken stop) => Within(async limit =>
    {
        await process.WaitForExitAsync(limit);
        return process.ExitCode;
    }, stop);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience.Longest, CancellationToken.None);
        process.Dispose();
    }

    private Task<T> Within<T>(Func<CancellationToken, Task<T>> work, CancellationToken stop) => Patience.Within(work, () => $"{process.StartInfo.FileName}: nothing more", stop);
}
