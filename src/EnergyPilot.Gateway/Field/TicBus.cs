using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Tic;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// The customer output of an electricity meter: it speaks by itself, about once a second; polling takes what it said last.
/// A frame of another meter than the site file names is not believed: its index would make a jump in the consumption.
/// </summary>
internal sealed class TicBus(Bus bus, IEnumerable<Device> devices, ITicLine line, ProcessImage image) : IFieldBus
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ImmutableArray<Device> meters = [.. devices];
    private readonly CancellationTokenSource ending = new();
    private static readonly LineTrouble Silence = new(LineFault.MeterSilent, "The meter says nothing, or its line cannot be opened.");
    private Task listening = Task.CompletedTask;
    private DateTimeOffset taken;
    private DateTimeOffset heard;
    private long damaged;
    private bool isListening;

    public Bus Bus => bus;

    public FrameTrace? Trace { get; init; }

    public ImmutableArray<LineTrouble> Troubles { get; private set; } = [];

    public ImmutableDictionary<string, DeviceCounters> Counters { get; } = devices.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        if (listening.IsFaulted)
        {
            // A surprise is told once, and the meter is listened to again.
            var failed = listening;
            (listening, isListening) = (Task.CompletedTask, false);
            failed.GetAwaiter().GetResult();
        }

        if (!isListening)
        {
            (isListening, heard) = (true, at);
            listening = Task.Run(() => line.Run(ending.Token), CancellationToken.None);
        }

        var newlyDamaged = Damaged(line.Statistics) - damaged;
        damaged += newlyDamaged;
        if (line.Latest is { } arrival && arrival.At != taken)
        {
            (taken, heard) = (arrival.At, at);
            foreach (var meter in meters) Take(meter, arrival);
        }

        var isSilent = at - heard > Patience || at < heard;
        Troubles = isSilent ? [Silence] : [];
        foreach (var counters in Counters.Values)
        {
            for (; newlyDamaged > 0; newlyDamaged--) counters.Failed(Trouble.Checksum);
            if (isSilent) counters.Failed(Trouble.Timeout);
        }

        return ValueTask.CompletedTask;
    }

    // The meter speaks by itself: whoever looks hears the next frame of the line that is listened to anyway.
    public async ValueTask<Look> Look(Device device, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        TicArrival arrival;
        try
        {
            arrival = await line.Next(stop);
        }
        catch (OperationCanceledException)
        {
            return Field.Look.Asked(Silence);
        }

        if (IsFrom(device, arrival.Frame))
        {
            Put(device, arrival, other);
            return Field.Look.Asked();
        }

        return Field.Look.Asked(IdentityOf(arrival.Frame) is { Length: > 0 } heard
            ? new LineTrouble(LineFault.OtherMeter, $"The meter is {heard}.", Fact.Of("heard", heard), Fact.Of("wanted", device.Address))
            : new LineTrouble(LineFault.NoIdentity, "The frame does not say whose it is."));
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private static long Damaged(TicStatistics statistics) => statistics.BadChecksums + statistics.Malformed + statistics.Aborted;

    private void Take(Device meter, TicArrival arrival)
    {
        if (!IsFrom(meter, arrival.Frame))
        {
            Counters[meter.Id].Failed(Trouble.Foreign);
            foreach (var point in meter.Points) image.Put(point.Id, Reading.Unreliable(Reliability.ConfigurationError, arrival.At));
            return;
        }

        Counters[meter.Id].Heard(arrival.At);
        Put(meter, arrival, image);
    }

    private static void Put(Device meter, TicArrival arrival, ProcessImage into)
    {
        foreach (var point in meter.Points)
            if (point.Type.Where is GroupSelector where && arrival.Frame.TryGet(where.Label, out var group))
                into.Put(point, Value(where, group) * point.Factor, arrival.At);
    }

    // The first group of a frame says whose it is; without it (damaged on the way) the frame may be anyone's.
    private static bool IsFrom(Device meter, TicFrame frame) =>
        meter.Address == Device.AnyAddress || IdentityOf(frame) == meter.Address;

    private static string IdentityOf(TicFrame frame) => frame.TryGet("ADSC", out var address) || frame.TryGet("ADCO", out address) ? address.Value : "";

    // What is no number reaches the process image as such, and is marked there.
    private static double Value(GroupSelector where, TicGroup group) =>
        double.TryParse(group.Value.AsSpan().Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? where.Scaling.ToCanonical(number)
            : double.NaN;
}
