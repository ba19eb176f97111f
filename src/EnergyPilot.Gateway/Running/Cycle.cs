using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Running;

/// <summary>One turn of the control: freeze, decide, write, and hand the record on. Live gateways, fast demos and simulated seasons all run this one.</summary>
/// <param name="live">Asked once at the beginning of each cycle.</param>
/// <param name="overridesAt">The wishes by hand that hold at an instant.</param>
/// <param name="decide">The control; the pilot, or the clock that it is compared with.</param>
internal sealed class Cycle(
    LiveSite live, ProcessImage image, Outputs outputs, Func<DateTimeOffset, ImmutableArray<Override>> overridesAt, Decide decide)
{
    private Func<Knowledge> knowledge = () => Knowledge.None;

    public Memory Memory { get; private set; } = Memory.Empty;

    /// <summary>Goes on from what an earlier run remembered.</summary>
    public Cycle From(Memory memory)
    {
        Memory = memory;
        return this;
    }

    /// <summary>Each cycle freezes what slow work knows at its beginning.</summary>
    public Cycle Knowing(Func<Knowledge> source)
    {
        knowledge = source;
        return this;
    }

    /// <summary>Forgets everything: times that it remembers lie in the future now.</summary>
    public void StartAnew() => Memory = Memory.Empty;

    /// <exception cref="Exception">Whatever the control threw, after the outputs went to their safe values: surprise must be loud.</exception>
    public async ValueTask<CycleRecord> Run(DateTimeOffset at, CancellationToken stop)
    {
        var edition = live.Now;
        var snapshot = image.Freeze(at, overridesAt(at)) with { Knowledge = knowledge() };
        Decision decision;
        try
        {
            decision = decide(edition.Site, snapshot, Memory);
        }
        catch
        {
            await outputs.FailSafe(at, stop);
            throw;
        }

        await outputs.Apply(snapshot, decision, stop);
        Memory = decision.Memory;
        return new CycleRecord(edition.Site.With(snapshot.Knowledge.Added), snapshot, decision) { Sources = edition.Sources, Version = edition.Version };
    }
}
