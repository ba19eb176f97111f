using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// The lines of a GPIO chip: contacts, pulses of meters, relays. A chip or a line that is not there keeps nobody from running:
/// its points have no reading, the log says why, and it is looked for again. A line that another program holds costs only itself.
/// </summary>
internal sealed partial class GpioBus : IFieldBus
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    // Longer than a contact bounces, shorter than the shortest S0 pulse (30 ms, DIN 43864).
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LeastPulse = TimeSpan.FromMilliseconds(25);

    private readonly Func<IGpioBoard> open;
    private readonly ProcessImage image;
    private readonly PulseCounts counts;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private readonly ImmutableArray<Line> lines;
    private readonly GpioEdge[] edges = new GpioEdge[256];
    private IGpioBoard? board;
    private bool isEnded;
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;

    /// <param name="open">Opens the chip.</param>
    /// <param name="counts">The pulses that meters had counted before the last restart, and where they are kept for the next.</param>
    public GpioBus(Bus bus, IEnumerable<Device> devices, Func<IGpioBoard> open, ProcessImage image, PulseCounts counts, ILogger log)
    {
        (Bus, this.open, this.image, this.counts, this.log) = (bus, open, image, counts, log);
        Device[] all = [.. devices];
        Counters = all.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());
        lines = [.. all.SelectMany(d => d.Points, (d, p) => Installed(d.Id, p, int.Parse(d.Address, CultureInfo.InvariantCulture), counts))];
    }

    public Bus Bus { get; }

    public ImmutableArray<LineTrouble> Troubles { get; private set; } = [];

    /// <summary>Pulses that were too short, or whose records were lost, count as damaged.</summary>
    public ImmutableDictionary<string, DeviceCounters> Counters { get; }

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        lock (gate)
        {
            Look(at);
            foreach (var line in lines)
                if (board is not null && line.IsOpen) Poll(board, line, at);
                else Counters[line.Device].Failed(Trouble.Disconnected);
        }

        // A card may take its time: relays must not wait for it.
        counts.Keep(at);
        return ValueTask.CompletedTask;
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop)
    {
        lock (gate)
        {
            var line = lines.First(l => l.Point.Id == point.Id);
            return ValueTask.FromResult(line.IsOpen && board?.TryWrite(line.Number, Level(point, value)) == true ? WriteResult.Done : WriteResult.Failed);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isEnded = true;
            board?.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static Line Installed(string device, Point point, int number, PulseCounts counts)
    {
        var use = ((LineSelector)point.Type.Where).Use;
        return new Line(device, point, number, use, new PulseCounter(use == LineUse.Pulse ? counts.Of(point) : 0, LeastPulse));
    }

    // What is missing is looked for every half minute.
    private void Look(DateTimeOffset at)
    {
        if (board is not null && lines.All(l => l.IsOpen)) return;
        if (at - lookedAt < LookAgain && at >= lookedAt) return;
        lookedAt = at;
        List<LineTrouble> troubles = [];
        try
        {
            board ??= open();
            foreach (var line in lines)
                if (!line.IsOpen) TryOpen(board, line, troubles);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            troubles.Add(Told(e));
        }

        Troubles = [.. troubles];
    }

    private void TryOpen(IGpioBoard board, Line line, List<LineTrouble> troubles)
    {
        try
        {
            Open(board, line);
            line.IsOpen = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            troubles.Add(Told(e));
        }
    }

    private LineTrouble Told(Exception e)
    {
        var fault = e is GpioException { Fault: var gpio } ? gpio switch
        {
            GpioFault.ChipMissing => LineFault.ChipMissing,
            GpioFault.ChipNotAllowed => LineFault.ChipNotAllowed,
            GpioFault.LineMissing => LineFault.PinMissing,
            GpioFault.LineTaken => LineFault.PinTaken,
            GpioFault.LineBroken => LineFault.PinBroken,
            _ => LineFault.ChipBroken,
        } : LineFault.ChipBroken;
        return new(fault, e.Message, Fact.Of("chip", Bus.Where), Fact.Of("line", e is GpioException { Line: >= 0 and var line } ? $"{line}" : ""), Fact.Of("why", e is GpioException g ? g.Why : ""));
    }

    private static bool Read(IGpioBoard board, Line line, ProcessImage into, DateTimeOffset at)
    {
        if (!board.TryRead(line.Number, out var level)) return false;
        var value = level == GpioLevel.Active ? 1.0 : 0.0;
        into.Put(line.Point, line.Point.Wiring == Wiring.NormallyClosed ? 1 - value : value, at);
        return true;
    }

    private void Take(IGpioBoard board, Line line)
    {
        for (int taken; (taken = board.TakeEdges(line.Number, edges)) > 0;) line.Counter.Add(edges.AsSpan(0, taken));
    }

    // Contacts and open-collector pulse outputs connect the line to ground; the pull-up makes the other level.
    private static void Open(IGpioBoard board, Line line)
    {
        if (line.Use == LineUse.Relay)
            board.OpenOutput(line.Number, new GpioOutput(GpioPolarity.ActiveHigh, Level(line.Point, line.Point.Type.Safe)));
        else
            board.OpenInput(line.Number, new GpioInput(GpioPolarity.ActiveLow, GpioBias.PullUp, Debounce));
    }

    private void Poll(IGpioBoard board, Line line, DateTimeOffset at)
    {
        if (line.Use == LineUse.Pulse) Count(board, line);
        var isRead = line.Use == LineUse.Pulse ? board.TryRead(line.Number, out _) : Read(board, line, image, at);
        if (!isRead)
        {
            Counters[line.Device].Failed(Trouble.Disconnected);
            return;
        }

        Counters[line.Device].Heard(at);
        // A chip that does not answer counts nothing: its index must not look fresh.
        if (line.Use == LineUse.Pulse) image.Put(line.Point, line.Counter.Count * line.Point.Factor, at);
    }

    private void Count(IGpioBoard board, Line line)
    {
        var (before, lost, bad) = (line.Counter.Count, line.Counter.Lost, line.Counter.Lost + line.Counter.Rejected);
        Take(board, line);
        if (line.Counter.Count != before) counts.Take(line.Point, line.Counter.Count);
        for (; bad < line.Counter.Lost + line.Counter.Rejected; bad++) Counters[line.Device].Failed(Trouble.Checksum);
        if (line.Counter.Lost != lost) LogLost(log, line.Point.Id.Name, line.Counter.Lost - lost);
    }

    private static GpioLevel Level(Point point, double value) =>
        (value >= 0.5) == (point.Wiring == Wiring.NormallyOpen) ? GpioLevel.Active : GpioLevel.Inactive;

    [LoggerMessage(LogLevel.Warning, "Meter {Point}: the records of {Pulses} pulses were lost; they count by their numbers, but not by their time")]
    private static partial void LogLost(ILogger log, string point, long pulses);

    private sealed record Line(string Device, Point Point, int Number, LineUse Use, PulseCounter Counter)
    {
        public bool IsOpen { get; set; }
    }
}
