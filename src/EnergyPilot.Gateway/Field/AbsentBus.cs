using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Field;

/// <summary>Stands in for a bus that cannot be opened as it is configured: its points have no readings, its outputs take nothing, and the page shows it.</summary>
internal sealed class AbsentBus(Bus bus, IEnumerable<Device> devices, string why) : IFieldBus
{
    public Bus Bus => bus;

    public ImmutableDictionary<string, DeviceCounters> Counters { get; } = devices.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());

    public string Trouble => why;

    public LineFault Fault => LineFault.NotSetUp;

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        foreach (var counters in Counters.Values) counters.Failed(Field.Trouble.Disconnected);
        return ValueTask.CompletedTask;
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
