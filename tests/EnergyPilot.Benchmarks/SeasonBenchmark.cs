using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Seasons;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claim: a whole heating season of the demo school (1 October to 30 April, one-minute physics and control, every reading
/// through the bytes of its bus), the pilot and the reference clock side by side, takes at most 60 s on two cores.
/// </summary>
internal static class SeasonBenchmark
{
    private static readonly DateOnly From = new(2025, 10, 1), To = new(2026, 4, 30), QuickTo = new(2025, 10, 31);

    public static async Task<int> Run(Effort effort)
    {
        if (!ConfigFolder.Load(ConfigFolder.DemoSite).TryGet(out var site)) throw new InvalidOperationException("The demo site has mistakes.");
        var plan = new SeasonPlan(site, From, effort == Effort.Quick ? QuickTo : To, TimeSpan.FromMinutes(1), TypicalYear.Uccle, Seed: 1);
        var none = new Progress<double>();

        var (begin, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var season = await SeasonComparison.Of(plan, none, none, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        var rss = process.PeakWorkingSet64 / 1e6;

        var cycles = 2 * (plan.End - plan.Start).TotalMinutes;
        Print("wall clock", seconds, "s");
        Print("processor time, both runs", cpuSeconds, "s");
        Print("processor time per cycle", cpuSeconds / cycles * 1e6, "µs");
        Print("peak resident memory", rss, "MB");
        Print("gas, fixed clock", season.Clock.GasKwhPerM2, "kWh/m²");
        Print("gas, EnergyPilot", season.Pilot.GasKwhPerM2, "kWh/m²");
        Print("cold, EnergyPilot", season.Pilot.ColdKelvinHours, "K·h per zone");
        Console.WriteLine(JsonSerializer.Serialize(new { seconds = Math.Round(seconds, 1), rss_mb = Math.Round(rss, 1) }));
        return 0;
    }

    private static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28}{value,10:0.0} {unit}"));
}
