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
    private readonly PollClock clock = new(bus.Interval);
    private readonly ImmutableArray<Sensor> sensors = [.. devices.SelectMany(d => d.Points, (d, p) =>
        new Sensor(p, (FileSelector)p.Type.Where, $"{d.Address}/{((FileSelector)p.Type.Where).File}"))];

    public Bus Bus => bus;

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        for (var poll = PollClass.Fast; poll <= PollClass.Once; poll++)
        {
            if (!clock.IsDue(poll, at)) continue;
            foreach (var sensor in sensors)
            {
                stop.ThrowIfCancellationRequested();
                if (sensor.Point.Type.Poll == poll) Read(sensor, at);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Read(Sensor sensor, DateTimeOffset at)
    {
        var value = KernelSensor.Number(files, sensor.Path);

        // Unplugged, or a CRC error: the last value grows old.
        if (value.Fault is SensorFault.Unreadable or SensorFault.Empty) return;
        if (!value.IsGood || value.Value.Equals(sensor.Where.PowerOn))
            image.Put(sensor.Point.Id, Reading.Unreliable(Reliability.UnreliableOther, at));
        else
            image.Put(sensor.Point, sensor.Where.Unit.ToCanonical(value.Value) * sensor.Point.Factor, at);
    }

    private sealed record Sensor(Point Point, FileSelector Where, string Path);
}
