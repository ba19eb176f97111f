using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Gateway.Running;

/// <summary>Runs a school on a clock that it moves itself: poll every bus, then one cycle, at each step. The same inputs give the same course, as fast as the machine can.</summary>
internal sealed class SteppedDrive(SteppedClock clock, IReadOnlyList<IFieldBus> buses, Cycle cycle)
{
    public async ValueTask<CycleRecord> Step(TimeSpan step, CancellationToken stop)
    {
        clock.Advance(step);
        var at = clock.GetUtcNow();
        foreach (var bus in buses) await bus.Poll(at, stop);
        return await cycle.Run(at, stop);
    }
}
