using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>How a look at a device ended.</summary>
internal enum ProbeState { Answers, Silent, NotPossible }

/// <summary>What a device said when it was asked once.</summary>
internal sealed record ProbeAnswer(ProbeState State, ImmutableArray<(Point Point, Reading Reading)> Readings)
{
    public static readonly ProbeAnswer NotPossible = new(ProbeState.NotPossible, []);
}

/// <summary>Asks a device once that is not in the site yet, over the line that is open already: a serial line has room for one. Nothing of it reaches the control.</summary>
internal sealed class Probe(FieldView field, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<ProbeAnswer> Ask(Device device, CancellationToken stop)
    {
        var image = new ProcessImage(device.Points.ToDictionary(p => p.Id));
        if (field.Buses.FirstOrDefault(b => b.Bus.Id == device.Bus.Id)?.Beside(device, image) is not { } beside) return ProbeAnswer.NotPossible;
        // A device does not answer sooner because a virtual school lives faster.
        using var limit = new CancellationTokenSource(Patience, time is SteppedClock ? TimeProvider.System : time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var at = time.GetUtcNow();
        try
        {
            await beside.Poll(at, enough.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // What came until then is told.
        }

        var frozen = image.Freeze(at, []);
        var readings = device.Points.Where(p => p.Type.Access != Access.Write).Select(p => (p, frozen.Of(p.Id))).ToImmutableArray();
        return new(readings.Any(r => r.Item2.IsReliable) ? ProbeState.Answers : ProbeState.Silent, readings);
    }
}
