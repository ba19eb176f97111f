using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Opens a bus itself, polls the site's devices on it and shows every frame.</summary>
internal static class OwnTrace
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <param name="rounds">0 for no end.</param>
    /// <param name="pcap">Empty for no capture.</param>
    public static async Task<int> Run(Target target, int rounds, string pcap, CancellationToken stop)
    {
        if (pcap.Length > 0 && target.Bus.Protocol != Protocol.Modbus) throw VerbTrouble.Asked("--pcap holds Modbus frames only.");
        var devices = target.Named.Length > 0 ? target.Named : target.Devices;
        if (devices.IsEmpty && target.Bus.Protocol != Protocol.Tic)
            throw VerbTrouble.Asked($"The site file knows no device on {target.Name}, so nothing would be asked. Name a bus of a site file (--site FILE), or use \"energypilot watch\".");
        if (target.Bus.Protocol is Protocol.Gpio or Protocol.Kernel or Protocol.Mqtt) throw VerbTrouble.Asked($"{target.Name} has no frames: \"energypilot watch\" shows its values.");
        await BusDoor.Try(target, stop);

        var image = new ProcessImage(devices.SelectMany(d => d.Points).ToDictionary(p => p.Id));
        await using var bus = FieldBuses.Open(target.Bus with { Interval = Pace }, Eager(devices), image, new Surroundings("", PulseCounts.Forgotten, NullLogger.Instance));
        var all = new List<TracedFrame>();
        try
        {
            using var timer = new PeriodicTimer(Pace);
            for (var done = 1; ; done++)
            {
                await bus.Poll(TimeProvider.System.GetUtcNow(), stop);
                Show(bus, all);
                if (done == rounds) break;
                await timer.WaitForNextTickAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && pcap.Length > 0)
        {
            // The capture of what was heard is wanted all the more.
        }

        if (pcap.Length > 0) await Capture(bus.Bus, all, pcap);
        return 0;
    }

    // Whatever the pace in operation: an installer waits for no slow point.
    private static IEnumerable<Device> Eager(IEnumerable<Device> devices) =>
        devices.Select(d => d with { Points = [.. d.Points.Select(p => p with { Type = p.Type with { Poll = PollClass.Fast } })] });

    private static void Show(IFieldBus bus, List<TracedFrame> all)
    {
        var last = all.Count > 0 ? all[^1] : null;
        var frames = bus.Trace?.Last(int.MaxValue) ?? [];
        var known = last is null ? 0 : frames.TakeWhile(f => f.At < last.At).Count() + frames.Count(f => f.At == last.At && all.Any(a => a.At == f.At && a.Bytes.Span.SequenceEqual(f.Bytes.Span)));
        foreach (var frame in frames.Skip(known))
        {
            all.Add(frame);
            Console.WriteLine(TraceText.Line(bus.Bus, frame));
        }
    }

    private static async Task Capture(Bus bus, List<TracedFrame> frames, string file)
    {
        using var capture = new MemoryStream();
        TcpPcapWriter.Write(capture, TraceText.CapturePort(bus), frames);
        await CaptureFile.Write(file, capture.ToArray(), CancellationToken.None);
    }
}
