using System.Globalization;
using EnergyPilot.Benchmarks.Page;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// What the page costs those who look, in Chromium with a processor four times slower, and the gateway: its processor time and memory with
/// fifty browsers watching, beside the same gateway with none, in turns.
/// </summary>
internal static class PageBenchmark
{
    private const int Browsers = 50;

    public static async Task<int> Run(Effort effort)
    {
        var (visits, rounds, watched) = effort == Effort.Full ? (7, 3, TimeSpan.FromMinutes(1)) : (2, 1, TimeSpan.FromSeconds(20));
        using var gateway = await GatewayAlone.Start(CancellationToken.None);
        await using var browser = await PageInBrowser.Start();
        _ = await browser.Visit(gateway.Address);
        var seen = new List<FirstVisit>();
        for (var i = 0; i < visits; i++) seen.Add(await browser.Visit(gateway.Address));

        var (alone, together) = (new List<double>(), new List<double>());
        var (before, most, events) = (gateway.ResidentMb, 0.0, 0L);
        for (var round = 0; round < rounds; round++)
        {
            alone.Add(await Share(gateway, watched));
            await using var watchers = new Watchers(gateway.Address, Browsers);
            await Task.Delay(TimeSpan.FromSeconds(12));
            together.Add(await Share(gateway, watched));
            (most, events) = (Math.Max(most, gateway.ResidentMb), events + watchers.Events);
        }

        var (paint, slowest) = (Median(seen.Select(v => v.PaintMs)), Median(seen.Select(v => v.InteractionMs)));
        var (kb, core) = (Median(seen.Select(v => v.Bytes)) / 1000, Median(together.Zip(alone, (t, a) => t - a)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"school page: {kb:0} kB over the line, first paint {paint:0} ms, slowest interaction {slowest:0} ms (processor 4 times slower, medians of {visits})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Browsers} browsers: {core:0.0%} of a core and {most - before:0} MB more ({Median(alone):0.0%} and {before:0} MB without them), {events} events"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"page_kb\":{kb:0.0},\"paint_ms\":{paint:0},\"interaction_ms\":{slowest:0},\"watchers_core\":{core:0.0000},\"watchers_mb\":{most - before:0.0}}}"));
        return 0;
    }

    private static async Task<double> Share(GatewayAlone gateway, TimeSpan time)
    {
        var (before, at) = (gateway.ProcessorSeconds, TimeProvider.System.GetTimestamp());
        await Task.Delay(time);
        return (gateway.ProcessorSeconds - before) / TimeProvider.System.GetElapsedTime(at).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
