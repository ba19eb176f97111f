using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EnergyPilot.Benchmarks.Page;

/// <summary>The demo school in a process of its own, and what it costs: processor time and resident memory by the kernel's account.</summary>
internal sealed partial class GatewayAlone : IDisposable
{
    private static readonly double TicksPerSecond = 100;

    private readonly Process process;
    private readonly DirectoryInfo data;

    private GatewayAlone(Process process, DirectoryInfo data, Uri address) => (this.process, this.data, Address) = (process, data, address);

    public Uri Address { get; }

    /// <summary>Processor time since its start, in user and kernel mode [s].</summary>
    public double ProcessorSeconds
    {
        get
        {
            // proc(5): the name in brackets may hold blanks; utime and stime are the 14th and 15th field.
            var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    public double ResidentMb => long.Parse(Resident().Match(File.ReadAllText($"/proc/{process.Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture) / 1024.0;

    public static async Task<GatewayAlone> Start(CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("energypilot-page-");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "energypilot.dll"), "run", "--start", "2027-01-11T09:40", "--data", data.FullName, "--url", "http://127.0.0.1:0"]) { RedirectStandardOutput = true },
        };
        process.Start();
        while (await process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (Page().Match(line) is not { Success: true } match) continue;
            _ = process.StandardOutput.ReadToEndAsync(stop);
            var gateway = new GatewayAlone(process, data, new Uri(match.Groups[1].Value));
            await gateway.Ready(stop);
            return gateway;
        }

        throw new InvalidOperationException($"The gateway ended with {process.ExitCode} before its page was there.");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        data.Delete(recursive: true);
    }

    private async Task Ready(CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (!(await client.GetAsync(new Uri("/healthz", UriKind.Relative), stop)).IsSuccessStatusCode) await Task.Delay(100, stop);
    }

    [GeneratedRegex(@"page on (http://\S+?),")]
    private static partial Regex Page();

    [GeneratedRegex(@"VmRSS:\s+(\d+) kB")]
    private static partial Regex Resident();
}
