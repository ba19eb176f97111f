using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EnergyPilot.Benchmarks.Uplink;

namespace EnergyPilot.Benchmarks.Delivery;

/// <summary>What a backfill was like.</summary>
/// <param name="Seconds">From the start of the uplink until everything was acknowledged.</param>
/// <param name="Delays">Of each live cycle meanwhile, from the beginning of its commit until its last sample had arrived [ms].</param>
/// <param name="WireBytes">Bytes that the gateway put on the line.</param>
/// <param name="Allocated">Bytes that it allocated per sample sent.</param>
/// <param name="ResidentMb">Its resident memory before.</param>
/// <param name="PeakMb">The most of it meanwhile.</param>
/// <param name="ProcessorSeconds">Processor time of the gateway.</param>
/// <param name="Again">Samples that came more than once.</param>
internal sealed record BackfillFigures(
    double Seconds, long Samples, double[] Delays, long WireBytes, double Allocated, double ResidentMb, double PeakMb, double ProcessorSeconds, long Stalls, long Again);

/// <summary>A city that comes back after days, over mosquitto, and a gateway in a process of its own.</summary>
internal sealed class Backfill(int port, string folder, long waiting)
{
    private readonly ConcurrentDictionary<long, long> arrivals = new();
    private readonly List<(long Sequence, long At)> commits = [];

    public async Task<BackfillFigures> Run(CancellationToken stop)
    {
        await using var relay = new Relay(port);
        await using var city = new CityStandIn(port, BackfillGateway.Group, TimeProvider.System) { New = Note };
        var done = await Gateway(relay.Port, stop);
        var delays = commits.Where(c => arrivals.ContainsKey(c.Sequence)).Select(c => Stopwatch.GetElapsedTime(c.At, arrivals[c.Sequence]).TotalMilliseconds).ToArray();
        var (stored, again) = city.Look(BackfillGateway.Node, node => (node.StoredThrough, node.Again));
        if (stored < waiting) throw new InvalidOperationException($"The city has samples up to {stored} of {waiting} only.");
        return new BackfillFigures(done[0], (long)done[1], delays, relay.Bytes, done[2], done[3], done[4], done[5], (long)done[6], again);
    }

    private void Note(CitySample sample)
    {
        if (sample.Sequence > waiting) arrivals[sample.Sequence] = Stopwatch.GetTimestamp();
    }

    private async Task<double[]> Gateway(int linePort, CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Backfill).Assembly.Location, UplinkBenchmark.GatewayVerb, folder, linePort.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in BackfillGateway.Limits) start.Environment[name] = value;
        using var gateway = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        double[] done = [];
        while (await gateway.StandardOutput.ReadLineAsync(stop) is { } line)
            if (line.Split(' ') is ["live", var sequence, var at]) commits.Add((long.Parse(sequence, CultureInfo.InvariantCulture), long.Parse(at, CultureInfo.InvariantCulture)));
            else if (line.Split(' ') is ["done", .. var figures]) done = [.. figures.Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        await gateway.WaitForExitAsync(stop);
        return done.Length > 0 ? done : throw new InvalidOperationException($"The gateway ended with {gateway.ExitCode}.");
    }
}
