using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Gateway.Field;

/// <summary>Sensors that kernel drivers show as files. Reading one may take as long as its measurement: such a bus needs a loop of its own.</summary>
internal sealed class KernelBus(Bus bus, IEnumerable<Device> devices, ISensorFiles files, ProcessImage image) : IFieldBus
{
    // Every master has this file that takes "trigger" since kernel 5.10 (Documentation/w1/slaves/w1_therm.rst).
    private const string BulkRead = "w1_bus_master*/therm_bulk_read";

    private readonly PollClock clock = new(bus.Interval);
    private readonly ImmutableArray<KernelSource> sources = [.. devices.SelectMany(d => d.Points, (d, p) => new KernelSource(d.Id, p, d.Address))];
    private ImmutableArray<string> masters = [];

    public Bus Bus => bus;

    public ImmutableDictionary<string, DeviceCounters> Counters { get; } = devices.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());

    public async ValueTask<Look> Look(Device device, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        await new KernelBus(bus, [device], files, other).Poll(at, stop);
        return Field.Look.Asked();
    }

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        for (var poll = PollClass.Fast; poll <= PollClass.Once; poll++)
        {
            if (!clock.IsDue(poll, at)) continue;
            MeasureTogether(poll);
            foreach (var source in sources)
            {
                stop.ThrowIfCancellationRequested();
                if (source.Point.Type.Poll == poll) Read(source, at);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Thirty sensors that measure one after the other take 23 s; together they take one measurement. Where the kernel or
    // our rights do not allow it, each read measures for itself.
    private void MeasureTogether(PollClass poll)
    {
        var count = 0;
        foreach (var source in sources)
            if (source.IsOneWire && source.Point.Type.Poll == poll) count++;
        if (count < 2) return;
        if (masters.IsEmpty) masters = [.. SensorPath.FindAll(files, BulkRead)];
        foreach (var master in masters)
            if (!files.TryWrite(master, "trigger\n"u8)) masters = [];
    }

    private void Read(KernelSource source, DateTimeOffset at)
    {
        var asked = TimeProvider.System.GetTimestamp();
        var value = source.Read(files);
        if (value.IsGood) Counters[source.Device].Good(at, TimeProvider.System.GetElapsedTime(asked));
        else Counters[source.Device].Failed(Kind(value.Fault));

        // Unplugged, or a CRC error: the last value grows old.
        if (value.Fault is SensorFault.Unreadable or SensorFault.Empty or SensorFault.BadChecksum) return;
        if (value.IsGood) image.Put(source.Point, value.Value * source.Point.Factor, at);
        else image.Put(source.Point.Id, Reading.Unreliable(Reliability.UnreliableOther, at));
    }

    private static Trouble Kind(SensorFault fault) => fault switch
    {
        SensorFault.BadChecksum => Trouble.Checksum,
        SensorFault.Unreadable or SensorFault.Empty => Trouble.Disconnected,
        _ => Trouble.Meaning,
    };
}
