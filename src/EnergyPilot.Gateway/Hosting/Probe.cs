using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>How a look at a device ended.</summary>
internal enum ProbeState { Answers, Silent, NotPossible }

/// <summary>What a device said when it was asked once.</summary>
/// <param name="Found">What else was noticed; why nothing could be asked, and what to do instead.</param>
internal sealed record ProbeAnswer(ProbeState State, ImmutableArray<(Point Point, Reading Reading)> Readings, ImmutableArray<LineTrouble> Found)
{
    public static ProbeAnswer NotPossible(params ImmutableArray<LineTrouble> why) => new(ProbeState.NotPossible, [], why);
}

/// <summary>
/// Asks a device once that is not in the site yet, over the line that is open already: a serial line has room for one. One look at a time, so that
/// people who press a button again and again do not keep the line from the control. Nothing of it reaches the control.
/// </summary>
internal sealed class Probe(FieldView field, TimeProvider time)
{
    /// <summary>For a meter that waits for its turn on a slow line, a historic frame of an electricity meter, a radio sensor whose button is pressed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int looking;

    public async ValueTask<ProbeAnswer> Ask(Device device, CancellationToken stop)
    {
        if (field.Buses.FirstOrDefault(b => b.Bus.Id == device.Bus.Id) is not { } bus)
            return ProbeAnswer.NotPossible(new LineTrouble(LineFault.NotOpenYet, "The line is not open yet.", Fact.Of("bus", device.Bus.Id)));
        if (Interlocked.Exchange(ref looking, 1) == 1) return ProbeAnswer.NotPossible(new LineTrouble(LineFault.LookedAtByAnother, "Another look is under way."));
        try
        {
            return await Ask(bus, device, stop);
        }
        finally
        {
            Volatile.Write(ref looking, 0);
        }
    }

    private async ValueTask<ProbeAnswer> Ask(IFieldBus bus, Device device, CancellationToken stop)
    {
        var image = new ProcessImage(device.Points.ToDictionary(p => p.Id));
        // A device does not answer sooner because a virtual school lives faster.
        using var limit = new CancellationTokenSource(Patience, time is SteppedClock ? TimeProvider.System : time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var look = Look.Asked();
        try
        {
            look = await bus.Look(device, image, time.GetUtcNow(), enough.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // What came until then is told.
        }

        if (!look.WasAsked) return ProbeAnswer.NotPossible(look.Found);
        var frozen = image.Freeze(time.GetUtcNow(), []);
        var readings = device.Points.Where(p => p.Type.Access != Access.Write).Select(p => (p, frozen.Of(p.Id))).ToImmutableArray();
        return new(readings.Any(r => r.Item2.IsReliable) ? ProbeState.Answers : ProbeState.Silent, readings, look.Found);
    }
}
