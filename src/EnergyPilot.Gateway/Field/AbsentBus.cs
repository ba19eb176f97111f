using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Field;

/// <summary>Stands in for a bus that cannot be opened as it is configured: its points have no readings, its outputs take nothing, and the page shows it.</summary>
internal sealed class AbsentBus(Bus bus, IEnumerable<Device> devices, LineTrouble why) : IFieldBus
{
    public Bus Bus => bus;

    public ImmutableDictionary<string, DeviceCounters> Counters { get; } = devices.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());

    public ImmutableArray<LineTrouble> Troubles => [why];

    public ValueTask<Look> Look(Device device, ProcessImage image, DateTimeOffset at, CancellationToken stop) => ValueTask.FromResult(Field.Look.NotPossible(why));

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        foreach (var counters in Counters.Values) counters.Failed(Trouble.Disconnected);
        return ValueTask.CompletedTask;
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
