using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Learning;

/// <summary>The last weeks of every zone in quarters of an hour: on the card of a gateway, in memory for a simulated season.</summary>
internal interface IQuarterBook
{
    void Append(ImmutableArray<ZoneQuarter> quarters);

    /// <summary>What is known of a zone since an instant, in order.</summary>
    Quarter[] Since(ZoneId zone, DateTimeOffset from);
}

/// <summary>Keeps them in memory.</summary>
internal sealed class QuartersInMemory : IQuarterBook
{
    private const int Kept = 22 * 96;
    private readonly Dictionary<ZoneId, Queue<Quarter>> zones = [];

    public void Append(ImmutableArray<ZoneQuarter> quarters)
    {
        foreach (var (zone, quarter) in quarters)
        {
            if (!zones.TryGetValue(zone, out var queue)) zones[zone] = queue = new Queue<Quarter>(Kept);
            if (queue.Count == Kept) queue.Dequeue();
            queue.Enqueue(quarter);
        }
    }

    public Quarter[] Since(ZoneId zone, DateTimeOffset from) =>
        zones.TryGetValue(zone, out var queue) ? [.. queue.Where(q => q.End > from)] : [];
}
