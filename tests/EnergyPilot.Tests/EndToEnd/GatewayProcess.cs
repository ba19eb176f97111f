using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The real program in a process of its own, as a user starts it, with a data folder of its own.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "energypilot.dll");

    // Another process has no event for "your page is up": look again a moment later.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private GatewayProcess(Process process, string folder) => (this.process, Folder) = (process, folder);

    public string Folder { get; }

    public HttpClient Http { get; private set; } = new();

    /// <summary>Everything it has written so far.</summary>
    public string Output => string.Join('\n', lines);

    public int ExitCode => process.ExitCode;

    public bool IsRunning => !process.HasExited;

    /// <summary>Resident memory [MB], by the kernel's account.</summary>
    public double ResidentMb => long.Parse(
        ResidentLine().Match(File.ReadAllText($"/proc/{process.Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Starts the gateway on a free port and waits until its page answers.</summary>
    public static async Task<GatewayProcess> Serving(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("energypilot-test-").FullName;
        return await Answering(Start(folder, [.. arguments, "--data", folder, "--url", "http://127.0.0.1:0"]));
    }

    /// <summary>The demo on these addresses, the first of which is http on this machine.</summary>
    public static async Task<GatewayProcess> ServingOn(string urls)
    {
        var folder = Directory.CreateTempSubdirectory("energypilot-test-").FullName;
        return await Answering(Start(folder, ["--data", folder, "--url", urls]));
    }

    /// <summary>The same with a data folder that stands elsewhere and stays.</summary>
    public static Task<GatewayProcess> ServingFrom(string data, params string[] arguments) =>
        Answering(Start(Directory.CreateTempSubdirectory("energypilot-test-").FullName, [.. arguments, "--data", data, "--url", "http://127.0.0.1:0"]));

    /// <summary>Waits until it ends by itself and says with what.</summary>
    public async Task<int> Ended()
    {
        return await Within(async stop =>
        {
            await process.WaitForExitAsync(stop);
            return process.ExitCode;
        });
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Ran(params string[] arguments)
    {
        await using var gateway = Start(Directory.CreateTempSubdirectory("energypilot-test-").FullName, arguments);
        return (await gateway.Ended(), gateway.Output);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit(Patience.Longest).ShouldBeTrue("a process that was killed ends");
    }

    /// <summary>Waits for a line that matches and returns its first group.</summary>
    public Task<string> Until(Regex wanted) => Within(async stop =>
    {
        while (true)
        {
            if (lines.Select(l => wanted.Match(l)).FirstOrDefault(m => m.Success) is { } match) return match.Groups[1].Value;
            if (process.HasExited) throw new InvalidOperationException($"The gateway ended with {process.ExitCode}:\n{Output}");
            await Task.Delay(Moment, stop);
        }
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience.Longest, CancellationToken.None);
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<GatewayProcess> Answering(GatewayProcess gateway)
    {
        try
        {
            gateway.Http = new HttpClient { BaseAddress = new Uri(await gateway.Until(Address())) };
            await gateway.Within(async stop =>
            {
                while (!(await gateway.Http.GetAsync(new Uri("/healthz", UriKind.Relative), stop)).IsSuccessStatusCode) await Task.Delay(Moment, stop);
                return true;
            });
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    private Task<T> Within<T>(Func<CancellationToken, Task<T>> work) => Patience.Within(work, () => Output, TestContext.Current.CancellationToken);

    private static GatewayProcess Start(string folder, string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder },
        };
        var gateway = new GatewayProcess(process, folder);
        process.OutputDataReceived += (_, e) => gateway.Take(e.Data);
        process.ErrorDataReceived += (_, e) => gateway.Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return gateway;
    }

    private void Take(string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }

    [GeneratedRegex(@"page on (http://\S+?),")]
    private static partial Regex Address();

    [GeneratedRegex(@"VmRSS:\s+(\d+) kB")]
    private static partial Regex ResidentLine();
}
