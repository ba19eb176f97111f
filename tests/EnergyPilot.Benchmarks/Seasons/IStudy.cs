using EnergyPilot.Core.Control;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>
/// The side of a control that learns and plans: what the gateway does around the pure decision. One per run; it may keep what it likes.
/// Its time is counted apart from that of the decision.
/// </summary>
internal interface IStudy
{
    /// <summary>Adds what is known by now (models, outlook) to a snapshot before the decision.</summary>
    Snapshot Before(Snapshot snapshot);

    /// <summary>Takes note of what was seen and decided. The snapshot's readings are overwritten in the next minute: copy what shall stay.</summary>
    void After(Snapshot snapshot, Decision decision);
}

/// <summary>A control that neither learns nor plans.</summary>
internal sealed class NoStudy : IStudy
{
    public Snapshot Before(Snapshot snapshot) => snapshot;

    public void After(Snapshot snapshot, Decision decision)
    {
    }
}
