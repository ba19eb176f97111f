using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using EnergyPilot.Core.Devices;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Benchmarks.Load;

/// <summary>
/// The claim: a gateway that polls some 500 points every 10 s takes at most 3 % of one core in the steady state, and its memory does not grow.
/// The gateway is the real program in a process of its own; its devices are served from here, over TCP.
/// </summary>
internal static class LoadBenchmark
{
    // USER_HZ of every Linux that .NET runs on.
    private const double TicksPerSecond = 100;
    private const int PageKilobytes = 4;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5), Settled = TimeSpan.FromMinutes(1), Compared = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(Effort effort)
    {
        var lasting = TimeSpan.FromMinutes(effort == Effort.Quick ? 2 : 10);
        var folder = Directory.CreateTempSubdirectory("energypilot-load").FullName;
        var tally = new CountingUnit.Tally();
        var units = Enumerable.Range(1, 247).ToDictionary(unit => (byte)unit, unit => (IModbusUnit)new CountingUnit(new LoadUnit(unit, TimeProvider.System), tally));
        await using var server = ModbusTcpServer.Start(new ModbusSlave(units, UnknownUnit.Silence), new(IPAddress.Loopback, 0), 32, CancellationToken.None);
        var site = LoadSite.WriteTo(folder, server.Port);
        var points = Points(site);

        using var gateway = Start(site, folder);
        try
        {
            var samples = await Watch(gateway, lasting);
            Report(points, samples, tally.Reads / lasting.TotalSeconds);
            return 0;
        }
        finally
        {
            if (!gateway.HasExited) gateway.Kill();
            await gateway.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Points(string siteFile)
    {
        var parsed = ConfigFolder.Load(siteFile);
        if (!parsed.TryGet(out var site)) throw new InvalidOperationException($"The site has mistakes: {string.Join(Environment.NewLine, parsed.Mistakes)}");
        return site.Devices.SelectMany(d => d.Points).Count(p => p.Type.Poll == PollClass.Fast && p.Type.Access != Access.Write);
    }

    private static Process Start(string site, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "energypilot.dll"), "run", site, "--data", Path.Combine(folder, "data"), "--url", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var gateway = Process.Start(start) ?? throw new InvalidOperationException("The gateway did not start.");
        gateway.OutputDataReceived += static (_, _) => { };
        gateway.ErrorDataReceived += static (_, said) => { if (said.Data is { Length: > 0 } line) Console.Error.WriteLine(line); };
        gateway.BeginOutputReadLine();
        gateway.BeginErrorReadLine();
        return gateway;
    }

    private static async Task<List<Sample>> Watch(Process gateway, TimeSpan lasting)
    {
        List<Sample> samples = [];
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Beat);
        while (await timer.WaitForNextTickAsync() && Stopwatch.GetElapsedTime(began) is var age && age < lasting + Beat)
        {
            if (gateway.HasExited) throw new InvalidOperationException($"The gateway ended with {gateway.ExitCode}.");
            samples.Add(Look(gateway.Id, age));
        }

        return samples;
    }

    // proc(5): after the name in parentheses come state (3), …, utime (14), stime (15), …, rss (24).
    private static Sample Look(int process, TimeSpan age)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new Sample(age, (Field(14) + Field(15)) / TicksPerSecond, Field(24) * PageKilobytes / 1024.0);
    }

    private static void Report(int points, List<Sample> samples, double reads)
    {
        var settled = samples.First(s => s.Age >= Settled);
        var last = samples[^1];
        var cpu = (last.CpuSeconds - settled.CpuSeconds) / (last.Age - settled.Age).TotalSeconds * 100;
        var steady = samples.Where(s => s.Age >= Settled).ToArray();
        var lastQuarter = steady.Length * 3 / 4;
        // Resident memory is a saw: the collector lets go once a minute. What grows reaches new peaks again and again.
        var growth = steady[lastQuarter..].Max(s => s.ResidentMb) - steady[..lastQuarter].Max(s => s.ResidentMb);
        foreach (var sample in samples.Where((_, i) => i % 12 == 11))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Age.TotalMinutes,5:0.0} min {sample.CpuSeconds,8:0.00} s of CPU {sample.ResidentMb,8:0.0} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points} points, {reads:0.0} read requests per second; resident {Resident(samples, Settled * 2):0.0} MB at 2 min, {Resident(samples, last.Age):0.0} MB at the end; growth of the peak in the last quarter {growth:0.0} MB"));
        Console.WriteLine(JsonSerializer.Serialize(new { points, cpu_percent = Math.Round(cpu, 2), rss_mb = Math.Round(Resident(samples, last.Age), 1), growth_mb = Math.Round(growth, 1) }));
    }

    private static double Resident(List<Sample> samples, TimeSpan until)
    {
        var window = samples.Where(s => s.Age > until - Compared && s.Age <= until).Select(s => s.ResidentMb).Order().ToArray();
        return window[window.Length / 2];
    }

    private sealed record Sample(TimeSpan Age, double CpuSeconds, double ResidentMb);
}
